"""The letters of a call: draft them, read each one as it will go, approve, send them all, and see that they left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions
from procurement.actions.approve_letter import approve_letter
from procurement.actions.draft_letters import draft_letters
from procurement.actions.edit_letter import edit_letter
from procurement.actions.send_letters import send_letters
from procurement.actions.take_back_letter import take_back_letter
from procurement.enums import CallState, LetterState
from procurement.letters import registry
from procurement.models import Call, Letter
from procurement.models.facts.letters import letter_facts
from procurement.queries.letters import earlier_letters, letters_visible_to, sendings
from procurement.queries.paper_words import Block, blocks_of
from procurement.queries.papers.letters import letter_paper, notification
from procurement.queries.standstill import standstill_end
from procurement.rules import notifying
from procurement.web.acts import Button, reasons_against
from procurement.web.forms.award import NoteForm
from procurement.web.forms.sheets import plain
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow import clock, storage
from workflow.refusals import Refused


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose letters this person may read now."""
    return load_call(request, reference, tab="letters")


def load_letter(request: HttpRequest, reference: str, label: str) -> Letter:
    """Return the letter to one applicant in the present round."""
    call = load(request, reference)
    return get_object_or_404(letters_visible_to(request.user, call=call), application__label=label)


@require_GET
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """List the letters of the present round with their state and the proof of sending."""
    call = load(request, reference)
    note_if_auditor(request, call, page="letters")
    rows = list(letters_visible_to(request.user, call=call))
    mails = sendings(rows)
    facts = letter_facts(call)
    context = {
        "letters": [(one, mails.get(one.pk, [])) for one in rows],
        "earlier": list(earlier_letters(request.user, call=call)),
        "drafting": _drafting(call, request.user, facts),
        "sending": _sending(call, request.user, facts),
        "read": sum(one.state != LetterState.DRAFT for one in rows),
        "ended": call.state in (CallState.CANCELLED, CallState.UNSUCCESSFUL),
    }
    return render_page(request, call, "procurement/letters.html", context, tab="letters")


def _drafting(call: Call, user: Any, facts: notifying.LetterFacts) -> Button:
    """The button that writes the drafts: while an applicant has none."""
    permitted = permissions.send_letters(call, user) and bool(facts.missing or not facts.letters)
    url = reverse("letters_drafts", args=[call.reference])
    return Button(_("Draft the letters"), url, permitted, reasons_against(notifying.DRAFTABLE, facts))


def _sending(call: Call, user: Any, facts: notifying.LetterFacts) -> Button:
    permitted = permissions.send_letters(call, user) and bool(facts.unread or facts.unsent)
    url = reverse("letters_sending", args=[call.reference])
    return Button(_("Send all the letters"), url, permitted, reasons_against(notifying.SENDABLE, facts))


@require_POST
def drafts(request: HttpRequest, reference: str) -> HttpResponse:
    """Draft a letter for each applicant who must be told."""
    call = load(request, reference)
    draft_letters(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The letters are drafted. Read each one before it goes."))
    return redirect("call_letters", reference)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Read one letter as it will go, and write the paragraph of one's own."""
    one = load_letter(request, reference, label)
    form = NoteForm(request.POST or None, initial={"note": one.note})
    if request.method == "POST" and form.is_valid():
        try:
            edit_letter(letter=one, note=form.cleaned_data["note"], actor=request.user, now=clock.now())
        except Refused as refusal:
            return _letter(request, one, form, status=409, refused=refusal.reasons)
        messages.success(request, _("Your paragraph is kept. Read the letter again before you approve it."))
        return redirect("call_letter", reference, label)
    return _letter(request, one, form, status=400 if form.errors else 200)


def _letter(request: HttpRequest, one: Letter, form: NoteForm, *, status: int, refused: Any = ()) -> HttpResponse:
    call = one.call
    now = clock.now()
    note_if_auditor(request, call, page=f"letter {one.application.label}")
    labels = list(letters_visible_to(request.user, call=call).values_list("application__label", "state"))
    context = {
        "now": now,
        "letter": one,
        "blocks": blocks(one, now=now),
        "form": form,
        "refused": refused,
        "writes": permissions.letters_of(one, request.user),
        "following": next(
            (label for label, state in labels if state == LetterState.DRAFT and label != one.application.label), ""
        ),
    }
    return render_page(request, call, "procurement/letter.html", context, tab="letters", status=status)


def blocks(one: Letter, *, now: datetime) -> list[Block]:
    """Return the words of a letter: of its Word file once sent, else of the file it would be if it went now."""
    if one.paper and one.paper.file:
        return blocks_of(storage.read(one.paper.file))
    _template, written = letter_paper(one, notification(one.call, now=now))
    return blocks_of(registry.render_paper(paper=written))


@require_POST
def approval(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Say that the letter was read and may go; lead on to the next one that was not.

    A paragraph that was changed and not kept is kept instead: nobody approves words that they have not seen in the letter.
    """
    one = load_letter(request, reference, label)
    if _changed(one, request.POST.get("note")):
        return letter(request, reference, label)
    approve_letter(letter=one, actor=request.user, now=clock.now())
    messages.success(request, _("The letter to %(label)s is approved.") % {"label": label})
    rest = letters_visible_to(request.user, call=one.call).filter(state=LetterState.DRAFT).first()
    return redirect("call_letter", reference, rest.application.label) if rest else redirect("call_letters", reference)


def _changed(one: Letter, note: str | None) -> bool:
    return note is not None and plain(note) != plain(one.note)


@require_POST
def draft_again(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Take an approved letter back to change it."""
    one = load_letter(request, reference, label)
    take_back_letter(letter=one, actor=request.user, now=clock.now())
    messages.success(request, _("The letter to %(label)s is a draft again.") % {"label": label})
    return redirect("call_letter", reference, label)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sending(request: HttpRequest, reference: str) -> HttpResponse:
    """Check who will be told, then send all the letters in one act."""
    call = load(request, reference)
    if not permissions.send_letters(call, request.user):
        raise Http404
    if request.method == "POST":
        send_letters(call=call, actor=request.user, now=clock.now())
        messages.success(request, _("The letters are on their way. This page shows the proof of sending of each."))
        return redirect("call_letters", reference)
    now = clock.now()
    facts = letter_facts(call)
    context = {
        "now": now,
        "letters": list(letters_visible_to(request.user, call=call)),
        "sending": _sending(call, request.user, facts),
        "until": standstill_end(call, start=now)
        if call.state == CallState.AWARD_DECIDED and call.standstill_days
        else None,
    }
    return render_page(request, call, "procurement/letters_sending.html", context, tab="letters")
