"""Pages about the service itself: accessibility, personal data, legal notice."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


def _page(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template, {"contact": settings.CONTACT_EMAIL})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the service follows WCAG 2.2 AA, and whom to tell of an obstacle."""
    return _page(request, "accounts/pages/accessibility.html")


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, for how long, and their rights."""
    return _page(request, "accounts/pages/personal_data.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Lead from the address people guess to the page."""
    return redirect("personal_data", permanent=True)


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Who runs the service and who answers for what is published."""
    return _page(request, "accounts/pages/legal.html")
