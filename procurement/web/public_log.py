"""The seal of each day of the log, the public keys, and the program that verifies: for everybody to keep."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from procurement.sealing import verify_receipt
from workflow import signing
from workflow.log import anchors, notes, verify_log

PER_PAGE = 31
TEXT = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@never_cache
def days(request: HttpRequest) -> HttpResponse:
    """List the days with the fingerprint of their checkpoint; how many entries the log has is not said."""
    page = Paginator(anchors.days(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"seal": seal, "fingerprint": notes.fingerprint(seal.note).hex()} for seal in page]
    return render(request, "procurement/public_log.html", {"page": page, "rows": rows})


@login_not_required
@require_safe
def day_file(request: HttpRequest, day: str) -> HttpResponse:
    """Give the anchor of a day as a signed note."""
    seal = anchors.days().filter(day=_day(day)).first()
    if seal is None:
        raise Http404
    return _file(anchors.anchor_of(seal), name=f"{seal.day}.txt")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


@login_not_required
@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """Give the program that verifies an export without this service."""
    return _file(Path(verify_log.__file__).read_text(encoding="utf-8"), name="verify_log.py")


@login_not_required
@require_safe
def receipt_program(request: HttpRequest) -> HttpResponse:
    """Give the program that verifies a receipt without this service."""
    return _file(Path(verify_receipt.__file__).read_text(encoding="utf-8"), name="verify_receipt.py")


@login_not_required
@require_safe
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """Show the public keys in use and those of before."""
    purposes = [(gettext("Checkpoints of the log"), signing.LOG), (gettext("Receipts"), signing.RECEIPTS)]
    used = [{"purpose": purpose, "key": signing.public_key(name)} for purpose, name in purposes]
    retired = [{"purpose": gettext("Used before"), "key": key} for key in signing.retired_keys()]
    return render(request, "procurement/public_keys.html", {"rows": [*used, *retired]})


@login_not_required
@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """Give the public keys, one a line, in the usual form of verifier keys."""
    return _file("".join(f"{key}\n" for key in signing.public_keys()), name="keys.txt")


def _file(text: str, *, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=TEXT, headers={"Content-Disposition": f'attachment; filename="{name}"'})
