"""Addresses for the tests of the fresh second factor: a page with a button, and the act behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.second_factor import fresh_second_factor
from config.urls import urlpatterns as real


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the page with the button")


@fresh_second_factor
def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"done: {request.POST.get('reason')}")


urlpatterns = [path("acts/", page), path("acts/publication/", act), *real]
