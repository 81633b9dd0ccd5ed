"""The conditions of an opening as a task list: met or missing, with the fact behind each and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.enums import EnvelopeKind, Seat
from procurement.models import Call, CommitteeMember, OpeningSession
from workflow.templatetags.durations import distance_text
from workflow.templatetags.instants import instant_text


@dataclass(frozen=True)
class Condition:
    """One row: `kind` is done or warn; `url` leads to where somebody who may can meet it."""

    label: str
    hint: str
    state: str
    kind: str
    url: str = ""
    way_out: str = ""


@dataclass(frozen=True)
class Attendance:
    """Who holds a key or observes, and who of them is here."""

    session: OpeningSession | None
    present: tuple[CommitteeMember, ...]
    expected: tuple[CommitteeMember, ...]
    released: tuple[CommitteeMember, ...] = ()

    @property
    def keys(self) -> int:
        """Return how many keys are here."""
        return sum(hasattr(member, "key") for member in self.present)


def attendance(members: Iterable[CommitteeMember], *, session: OpeningSession | None) -> Attendance:
    """Split the key holders and observers into those who confirmed their presence and those awaited."""
    here = dict(session.presences.values_list("member_id", "released_at")) if session else {}
    expected = [m for m in members if hasattr(m, "key") or m.seat == Seat.OBSERVER]
    return Attendance(
        session=session,
        present=tuple(m for m in expected if m.pk in here),
        expected=tuple(m for m in expected if m.pk not in here),
        released=tuple(m for m in expected if here.get(m.pk)),
    )


def conditions(
    call: Call,
    *,
    kind: EnvelopeKind,
    members: list[CommitteeMember],
    there: Attendance,
    committee_url: str,
    passed: list[str] | None,
    now: datetime,
) -> list[Condition]:
    """Return the conditions of the next opening, in the order in which they are met.

    `passed` holds the labels above the threshold, for those who may know them before the prices are opened.
    """
    hour = call.opening_at if kind == EnvelopeKind.TECHNICAL else call.financial_opening_at
    rows = [_deadline(call, now=now)] if kind == EnvelopeKind.TECHNICAL else []
    rows += [_hour(call, hour, now=now)] if hour else []
    rows += [_session(call, there.session), _quorum(call, there), _pieces(call, there)]
    if passed is not None:
        rows.append(_passed(passed))
    if kind == EnvelopeKind.TECHNICAL:
        rows.append(_complete(call, members, committee_url=committee_url))
    return rows


def met() -> tuple[str, str]:
    """Return the badge of a condition that holds."""
    return _("Met"), "done"


def _deadline(call: Call, *, now: datetime) -> Condition:
    latest = call.latest_deadline()
    if latest is None:
        return Condition(_("Deadline passed"), _("The call is not published."), _("Not published"), "warn")
    written = instant_text(latest, zone=call.timezone, style="seconds")
    hint = _("%(deadline)s, by the clock of the database") % {"deadline": written}
    state = met() if now > latest else (_capital(distance_text(latest, now=now)), "warn")
    return Condition(_("Deadline passed"), hint, *state)


def _hour(call: Call, hour: datetime, *, now: datetime) -> Condition:
    written, present = (instant_text(one, zone=call.timezone) for one in (hour, now))
    if now >= hour:
        return Condition(_("Hour of the opening"), _("set for %(hour)s") % {"hour": written}, *met())
    hint = _("set for %(hour)s; it is %(now)s") % {"hour": written, "now": present}
    return Condition(_("Hour of the opening"), hint, _capital(distance_text(hour, now=now)), "warn")


def _session(call: Call, session: OpeningSession | None) -> Condition:
    if session is None:
        return Condition(
            _("Session started"),
            _("The secretary starts it; the others then confirm their presence."),
            _("To start"),
            "warn",
        )
    started = instant_text(session.started_at, zone=call.timezone, style="seconds")
    hint = _("since %(started)s, by %(person)s") % {"started": started, "person": session.started_by}
    return Condition(_("Session started"), hint, *met())


def _quorum(call: Call, there: Attendance) -> Condition:
    missing = call.quorum - there.keys
    label = _("Quorum of key holders: %(present)s present of %(quorum)s") % {
        "present": there.keys,
        "quorum": call.quorum,
    }
    hint = _("Present: %(present)s. Awaited: %(expected)s.") % {
        "present": _names(m for m in there.present if hasattr(m, "key")),
        "expected": _names(m for m in there.expected if hasattr(m, "key")),
    }
    if missing <= 0:
        return Condition(label, hint, *met())
    return Condition(
        label, hint, ngettext("%(count)s key missing", "%(count)s keys missing", missing) % {"count": missing}, "warn"
    )


def _pieces(call: Call, there: Attendance) -> Condition:
    missing = call.quorum - len(there.released)
    label = _("Pieces released: by %(released)s key holders of %(quorum)s") % {
        "released": len(there.released),
        "quorum": call.quorum,
    }
    hint = _("Released: %(released)s. The server lock answers once the quorum has released.") % {
        "released": _names(there.released)
    }
    if missing <= 0:
        return Condition(label, hint, *met())
    return Condition(
        label, hint, ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing}, "warn"
    )


def _passed(labels: list[str]) -> Condition:
    label = _("Applications above the threshold")
    if not labels:
        return Condition(label, _("None: there is no price to open."), _("None"), "warn")
    hint = _("%(labels)s. The others stay sealed for ever.") % {"labels": ", ".join(labels)}
    return Condition(label, hint, *met())


def _complete(call: Call, members: list[CommitteeMember], *, committee_url: str) -> Condition:
    waiting = [member for member in members if member.accepted_at is None]
    invited: list[Any] = list(call.seat_invitations.filter(taken_at=None, withdrawn_at=None))
    if not waiting and not invited:
        return Condition(_("Committee complete"), _("Every member accepted the appointment."), *met())
    labels = ", ".join(_(one.label) for one in (*waiting, *invited))
    return Condition(
        _("Committee complete"),
        _("%(names)s must accept the appointment, or be replaced.") % {"names": _names(waiting, *invited)},
        _("Awaits %(labels)s") % {"labels": labels},
        "warn",
        url=committee_url,
        way_out=_("Remind or replace"),
    )


def _names(members: Iterable[CommitteeMember], *invited: Any) -> str:
    named = [f"{_(member.label)} ({member.organisation_name or member.user})" for member in members]
    return ", ".join((*named, *(_(one.label) for one in invited))) or _("nobody")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
