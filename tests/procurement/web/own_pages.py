"""The pages of an applicant's own applications."""

from __future__ import annotations

from django.urls import reverse

KEY = "a" * 32


def page(client, name, *args):
    """Ask for a page by its name."""
    return client.get(reverse(name, args=args))
