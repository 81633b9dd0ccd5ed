"""Tabs of a call's file, for the person who looks at it."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from procurement import permissions
from procurement.enums import AFTER_DISCLOSURE, AFTER_OPENING, AFTER_PRICES, CallState, Seat
from procurement.models import Call

# name, label, address name, who (function of call and user)
TABS = [
    ("overview", _("Where we are"), "call_overview"),
    ("draft", _("Notice"), "call_draft"),
    ("committee", _("Committee"), "call_committee"),
    ("opening", _("Opening"), "call_opening"),
    ("compliance", _("Compliance"), "call_compliance"),
    ("evaluation", _("Evaluation"), "call_evaluation"),
    ("ranking", _("Ranking"), "call_ranking"),
    ("award", _("Award"), "call_award"),
    ("letters", _("Letters"), "call_letters"),
    ("papers", _("Papers"), "call_papers"),
    ("log", _("Log"), "call_log"),
]
STAFF = (Role.OFFICER, Role.APPROVER, Role.AUTHORITY, Role.AUDITOR)


def tabs_for(call: Call, user: Any, *, current: str) -> list[dict[str, Any]]:
    """Return the tabs this person may open now."""
    return [
        {"label": label, "url": url, "current": name == current}
        for name, label, address in TABS
        if may_open(name, call, user) and (url := _url(address, call))
    ]


def may_open(name: str, call: Call, user: Any) -> bool:
    """Tell whether a tab exists for this person in the present state; pages ask the same question."""
    return bool(WHEN[name](call) and WHO[name](call, user))


def _url(address: str, call: Call) -> str:
    try:
        return reverse(address, args=[call.reference])
    except NoReverseMatch:
        return ""


def _staff(call: Call, user: Any) -> bool:
    return permissions.has_role(call, user, *STAFF)


def _committee(call: Call, user: Any) -> bool:
    return permissions.has_seat(call, user)


def _leaders_and_control(call: Call, user: Any) -> bool:
    return permissions.has_taken_seat(call, user, Seat.CHAIR, Seat.SECRETARY) or permissions.has_role(
        call, user, Role.OFFICER, Role.AUDITOR
    )


def _panel_and_control(call: Call, user: Any) -> bool:
    return permissions.has_taken_seat(call, user, Seat.CHAIR, Seat.SECRETARY, Seat.EVALUATOR) or permissions.has_role(
        call, user, Role.AUDITOR
    )


def _ranking_readers(call: Call, user: Any) -> bool:
    """The panel and the auditor from the opening of the prices on; observers and the others with the signed report."""
    if _panel_and_control(call, user):
        return True
    others = permissions.has_taken_seat(call, user) or permissions.has_role(
        call, user, Role.OFFICER, Role.AUTHORITY, Role.APPROVER
    )
    return call.state in SIGNED_REPORT and others


SIGNED_REPORT = (
    CallState.AWARD_PROPOSED,
    CallState.AWARD_DECIDED,
    CallState.STANDSTILL,
    CallState.AWARDED,
    CallState.CONTRACTED,
    CallState.ARCHIVED,
)


def _always(call: Call) -> bool:
    return True


def _either(call: Call, user: Any) -> bool:
    return _staff(call, user) or _committee(call, user)


WHO = {
    "overview": _either,
    "draft": _staff,
    "committee": _either,
    "opening": _either,
    "compliance": _leaders_and_control,
    "evaluation": _panel_and_control,
    "ranking": _ranking_readers,
    "award": _ranking_readers,
    "letters": lambda call, user: permissions.has_role(call, user, Role.OFFICER, Role.AUTHORITY, Role.AUDITOR),
    "papers": _either,
    "log": lambda call, user: permissions.has_role(call, user, Role.OFFICER, Role.AUDITOR),
}
WHEN = {
    "overview": _always,
    "draft": _always,
    "committee": _always,
    "opening": lambda call: call.published_at is not None,
    "compliance": lambda call: call.state in AFTER_OPENING[1:],
    "evaluation": lambda call: call.state in AFTER_OPENING[2:],
    "ranking": lambda call: call.state in (*AFTER_PRICES, CallState.TECHNICAL_SIGNED),
    "award": lambda call: call.state in AFTER_PRICES[1:],
    "letters": lambda call: (
        call.state in SIGNED_REPORT[1:] or call.state in (CallState.CANCELLED, CallState.UNSUCCESSFUL)
    ),
    "papers": _always,
    "log": _always,
}
DISCLOSED = AFTER_DISCLOSURE
