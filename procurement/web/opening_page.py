"""What the page of the opening shows, to whom, before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from procurement import permissions as may
from procurement.demo.keys import PASSPHRASE
from procurement.enums import ApplicationState, CallState, EnvelopeKind, PaperKind, Seat
from procurement.models import Call, CommitteeMember, OpeningSession, Paper
from procurement.models.facts.attendance import attendance_facts, signing_facts
from procurement.models.facts.opening import remaining
from procurement.queries.applicants import arrivals
from procurement.queries.impartiality import committee_of, seat_of
from procurement.queries.opening import running_session
from procurement.rules import attendance as attendance_rules
from procurement.rules import opening as rules
from procurement.rules import signing
from procurement.web.acts import Button, button, reasons_against
from procurement.web.conditions import attendance, conditions
from procurement.web.links import address
from procurement.web.unsealing import late_shown, release_of, short_of, unsealings

START = {EnvelopeKind.TECHNICAL: rules.START_TECHNICAL, EnvelopeKind.FINANCIAL: rules.START_FINANCIAL}
START_MORE = {EnvelopeKind.TECHNICAL: rules.START_MORE, EnvelopeKind.FINANCIAL: rules.START_MORE_PRICES}
MORE = {CallState.OPENED: EnvelopeKind.TECHNICAL, CallState.FINANCIAL_OPENED: EnvelopeKind.FINANCIAL}
MORE_GUARDS = {EnvelopeKind.TECHNICAL: rules.MORE_TECHNICAL, EnvelopeKind.FINANCIAL: rules.MORE_FINANCIAL}
ACT = {EnvelopeKind.TECHNICAL: "open_technical", EnvelopeKind.FINANCIAL: "open_financial"}


def opening_context(call: Call, user: Any, *, now: datetime) -> dict[str, Any]:
    """Return the context of the page: the next opening with its conditions, and what earlier ones brought."""
    kind = next_opening(call)
    more = kind is not None and call.state in MORE
    context: dict[str, Any] = {"now": now, "kind": kind, "more": more, "seat": seat_of(call, user)}
    if kind:
        context |= _before(call, user, kind=kind, seat=context["seat"], now=now)
    if call.opened_at and may.see_applicants(call, user):
        context |= _after(call, user, seat=context["seat"], now=now)
    return context


def next_opening(call: Call) -> EnvelopeKind | None:
    """Return the envelopes that the call will open next, None when it opens none from here."""
    if call.state in MORE:
        return MORE[CallState(call.state)] if remaining(call) else None
    if call.state in (CallState.PUBLISHED, CallState.SUSPENDED, CallState.CLOSED):
        return EnvelopeKind.TECHNICAL
    if call.state == CallState.TECHNICAL_SIGNED and call.two_envelopes:
        return EnvelopeKind.FINANCIAL
    return None


def _before(
    call: Call, user: Any, *, kind: EnvelopeKind, seat: CommitteeMember | None, now: datetime
) -> dict[str, Any]:
    members = list(committee_of(call))
    session = running_session(call, kind)
    there = attendance(members, session=session)
    committee_url = address("call_committee", call.reference) if may.appoint_committee(call, user) else ""
    return {
        "session": session,
        "presences": list(session.presences.select_related("member__user")) if session else [],
        "short": short_of(session) if session and may.open_envelopes(call, user) else 0,
        "conditions": conditions(
            call,
            kind=kind,
            members=members,
            there=there,
            committee_url=committee_url,
            passed=_passed(call, user, kind=kind),
            now=now,
        ),
        "start": _start(call, user, kind=kind, now=now) if session is None else None,
        "may_end": session is not None and may.start_opening(call, user),
        "open": _open(call, user, kind=kind, now=now),
        "presence": _presence(call, seat, session=session, present=[m.pk for m in there.present]),
        "release": release_of(call, seat, session=session),
        "released": seat is not None and seat in there.released,
        "demo_passphrase": PASSPHRASE,
    }


def _passed(call: Call, user: Any, *, kind: EnvelopeKind) -> list[str] | None:
    """The labels above the threshold, for those who know the marks before the prices: not the officer."""
    if kind != EnvelopeKind.FINANCIAL or not (may.has_declared(call, user) or may.has_role(call, user, Role.AUDITOR)):
        return None
    return list(call.applications.filter(state=ApplicationState.PASSED).order_by("id").values_list("label", flat=True))


def _start(call: Call, user: Any, *, kind: EnvelopeKind, now: datetime) -> Button:
    permitted = may.start_opening(call, user)
    call.ask(now=now)
    guards = (START_MORE if call.state in MORE else START)[kind]
    against = reasons_against(guards, call.facts("opening")) if permitted else []
    return Button(_("Start the session"), reverse("opening_session", args=[call.reference]), permitted, against)


def _open(call: Call, user: Any, *, kind: EnvelopeKind, now: datetime) -> Button:
    if call.state in MORE:
        return _open_more(call, user, kind=kind, now=now)
    financial = kind == EnvelopeKind.FINANCIAL
    url = reverse("opening_financial" if financial else "opening_technical", args=[call.reference])
    label = _("Open the financial envelopes") if financial else _("Open the technical envelopes")
    if call.state in (CallState.PUBLISHED, CallState.SUSPENDED):
        return Button(label, url, permitted=False)
    return button(call, ACT[kind], user, now=now, url=url, label=label)


def _open_more(call: Call, user: Any, *, kind: EnvelopeKind, now: datetime) -> Button:
    permitted = may.open_envelopes(call, user)
    call.ask(now=now)
    against = reasons_against(MORE_GUARDS[kind], call.facts("opening")) if permitted else []
    return Button(_("Open what remains"), reverse("opening_remaining", args=[call.reference]), permitted, against)


def _presence(
    call: Call, seat: CommitteeMember | None, *, session: OpeningSession | None, present: list[int]
) -> Button | None:
    """The button to confirm one's own presence; none for those who are here, or who need not be."""
    if session is None or seat is None or seat.pk in present:
        return None
    if seat.seat != Seat.OBSERVER and not hasattr(seat, "key"):
        return None
    against = reasons_against(attendance_rules.CONFIRM, attendance_facts(seat, session=session))
    return Button(_("Confirm my presence"), reverse("opening_presence", args=[call.reference]), True, against)


def _after(call: Call, user: Any, *, seat: CommitteeMember | None, now: datetime) -> dict[str, Any]:
    came = arrivals(user, call=call)
    return {
        "arrivals": came,
        "opened_count": sum(not one.sealed for one in came),
        "late_count": sum(one.sealed for one in came),
        "reports": [report_of(paper, user, seat=seat) for paper in _reports(call)],
        "undeclared": list(committee_of(call).filter(declaration=None)),
        "prices_readable": may.read_prices(call, user),
        "unsealings": unsealings(call, user),
        "late": late_shown(call, user),
        "begin": button(
            call, "start_compliance", user, now=now,
            url=reverse("compliance_beginning", args=[call.reference]), label=_("Begin the compliance check"),
        )
        if call.state == CallState.OPENED
        else None,
    }  # fmt: skip


def _reports(call: Call) -> Any:
    kinds = (PaperKind.OPENING_REPORT, PaperKind.FINANCIAL_OPENING_REPORT)
    return (
        call.papers.filter(kind__in=kinds).select_related("call", "file").prefetch_related("signatures__member__user")
    )


def report_of(paper: Paper, user: Any, *, seat: CommitteeMember | None) -> dict[str, Any]:
    """Return a paper with its signatures, those still expected, and the button to sign it for this person."""
    signed = list(paper.signatures.all())
    seats = may.SIGNERS.get(PaperKind(paper.kind), ())
    expected = [m for m in committee_of(paper.call).filter(seat__in=seats) if m.pk not in {s.member_id for s in signed}]
    mine = seat is not None and any(member.pk == seat.pk for member in expected)
    return {
        "paper": paper,
        "url": address("call_paper", paper.call.reference, paper.pk),
        "signatures": signed,
        "expected": expected,
        "sign": Button(
            _("Sign the report"),
            reverse("paper_signature", args=[paper.call.reference, paper.pk]),
            permitted=mine,
            objections=reasons_against(signing.SIGN, signing_facts(paper, member=seat)) if mine else [],
        ),
    }
