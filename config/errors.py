"""Answers when something does not go on: each a page with a sentence and a way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: the session ended, or the page came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
