"""What every page needs: the theme, the demonstration's banner and clock, and the navigation of this person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the base template."""
    theme = request.COOKIES.get("theme", "")
    return {"demo": settings.DEMO, "theme": theme if theme in {"light", "dark"} else "", "site_url": settings.SITE_URL}
