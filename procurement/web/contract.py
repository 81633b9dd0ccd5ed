"""The contract and the archive of a call."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from procurement import permissions
from procurement.actions.archive_call import archive_call
from procurement.actions.record_contract import record_contract
from procurement.actions.write_archive_index import write_archive_index
from procurement.enums import CallState, PaperKind
from procurement.models import Call
from procurement.rules.file_names import clean_name
from procurement.rules.files import MEDIA_TYPES
from procurement.web.acts import Button, button
from procurement.web.award_page import closes_file, live_award
from procurement.web.forms.award import ContractForm
from procurement.web.public import word_file
from procurement.web.readings import note_if_auditor
from procurement.web.tabs import may_open
from procurement.web.workspace import load_call, render_page
from workflow import clock, storage
from workflow.inspection import look_into
from workflow.models import StoredFile
from workflow.refusals import NotPermitted, Refused
from workflow.storage import StoreAway
from workflow.uploads import Arrived, PartUploadHandler, arriving

AFTER_CONTRACT = (CallState.CONTRACTED, CallState.ARCHIVED)


def load(request: HttpRequest, reference: str) -> Call:
    """Return an awarded call to those who close its file."""
    call = load_call(request, reference)
    if call.state not in (CallState.AWARDED, *AFTER_CONTRACT) or not closes_file(call, request.user):
        raise Http404
    return call


@csrf_exempt  # reading the token reads the file: it is checked inside
@require_http_methods(["GET", "POST"])
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the contract, or the form that records it."""
    if request.method == "POST":
        with arriving(request) as handler:
            return _record(request, handler, reference)
    call = load(request, reference)
    note_if_auditor(request, call, page="contract")
    return _page(request, call, ContractForm(initial=_usual(call)))


def _usual(call: Call) -> dict[str, Any]:
    award = live_award(call)
    return {"amount": award.amount if award else None}


@csrf_protect
def _record(request: HttpRequest, handler: PartUploadHandler, reference: str) -> HttpResponse:
    call = load(request, reference)
    form = ContractForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, call, form, status=400)
    if handler.store_away:
        raise StoreAway(reference)
    stored = _stored(form.cleaned_data["file"])
    try:
        record_contract(
            call=call, signed_on=form.cleaned_data["signed_on"], amount=form.cleaned_data["amount"], stored=stored,
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except (Refused, NotPermitted) as refusal:
        with suppress(StoreAway):  # parts that nothing points at are harmless
            storage.discard(stored)
        if isinstance(refusal, NotPermitted):
            raise
        return _page(request, load(request, reference), form, status=409, refused=refusal.reasons)
    messages.success(request, _("The contract is recorded."))
    return redirect("call_contract", reference)


def _stored(file: Arrived | None) -> StoredFile | None:
    """Keep the file with the type that its bytes say."""
    if file is None:
        return None
    stored = file.store()
    stored.media_type = MEDIA_TYPES.get(look_into(stored).kind, stored.media_type)
    stored.name = clean_name(stored.name)
    stored.save(update_fields=["media_type", "name"])
    return stored


def _page(
    request: HttpRequest, call: Call, form: ContractForm, *, status: int = 200, refused: Any = ()
) -> HttpResponse:
    permitted = call.state == CallState.AWARDED and permissions.record_contract(call, request.user)
    context = {
        "form": form,
        "refused": refused,
        "award": live_award(call),
        "contract": getattr(call, "contract", None),
        "permitted": permitted,
    }
    return render_page(request, call, "procurement/contract.html", context, tab="award", status=status)


@require_safe
def contract_file(request: HttpRequest, reference: str) -> Any:
    """Give the signed contract."""
    call = load(request, reference)
    note_if_auditor(request, call, page="contract file")
    return word_file(request, getattr(call, "contract", None))


@require_GET
def archive(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the index of the file, and the acts that close it."""
    call = load(request, reference)
    if call.state not in AFTER_CONTRACT:
        raise Http404
    note_if_auditor(request, call, page="archive")
    index = call.papers.filter(kind=PaperKind.ARCHIVE_INDEX).select_related("file", "call").order_by("-number").first()
    args = [reference]
    permitted = call.state == CallState.CONTRACTED and permissions.archive_call(call, request.user)
    now = clock.now()
    context = {
        "now": now,
        "index": index,
        "documents": index.facts["documents"] if index else [],
        "log_sha256": index.facts["log_sha256"] if index else "",
        "write": Button(_("Write the index"), reverse("archive_index", args=args), permitted),
        "archive": button(
            call,
            "archive",
            request.user,
            now=now,
            url=reverse("archive_closing", args=args),
            label=_("Archive the file"),
        ),
        "papers_open": may_open("papers", call, request.user),
    }
    return render_page(request, call, "procurement/archive.html", context, tab="award")


@require_POST
def archive_index(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the index written."""
    call = load(request, reference)
    write_archive_index(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The index is being written."))
    return redirect("call_archive", reference)


@require_POST
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """Archive the file."""
    call = load(request, reference)
    archive_call(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The file is archived."))
    return redirect("call_archive", reference)
