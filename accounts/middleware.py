"""What each request needs to know of the person."""

from __future__ import annotations


class TwoFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


class TimezoneMiddleware(TwoFactorMiddleware):
    pass
