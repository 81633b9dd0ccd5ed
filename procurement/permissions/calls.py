"""Who may do what on a call: plain functions of the call and the person. A missing permission means refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.enums import Role
from accounts.queries import held_by
from procurement.enums import AFTER_AWARD, CallState, Seat
from procurement.permissions.seats import has_seat, has_taken_seat, seats_of

if TYPE_CHECKING:
    from procurement.models import Call

LEADERS = (Seat.CHAIR, Seat.SECRETARY)
CLOCK = None  # the actor of what time alone brings about


def has_role(call: Call, user: Any, *roles: Role) -> bool:
    """Tell whether a person holds, now, one of these roles in the organisation of the call."""
    held = held_by(user)
    return any((call.organisation_id, role) in held for role in roles)


def holds_key(call: Call, user: Any) -> bool:
    """Tell whether a person is a key holder of the call."""
    return bool(user is not None and call.key_holders.filter(member__user=user, member__ended_at=None).exists())


def is_officer(call: Call, user: Any) -> bool:
    """Officers of the organisation run its calls."""
    return has_role(call, user, Role.OFFICER)


def draft_call(call: Call, user: Any) -> bool:
    """Officers draft and change drafts."""
    return is_officer(call, user)


def return_call(call: Call, user: Any) -> bool:
    """The approver sends back; the officer may take a draft back."""
    return has_role(call, user, Role.APPROVER, Role.OFFICER)


def approve_call(call: Call, user: Any) -> bool:
    """An approver who did not draft the call: four eyes."""
    return has_role(call, user, Role.APPROVER) and call.created_by_id != user.pk


def publish_call(call: Call, user: Any) -> bool:
    """The officer, or the clock at the instant chosen."""
    return user is CLOCK or is_officer(call, user)


def suspend_call(call: Call, user: Any) -> bool:
    """The approver suspends and resumes."""
    return has_role(call, user, Role.APPROVER)


def close_call(call: Call, user: Any) -> bool:
    """Nobody but the clock."""
    return user is CLOCK


def start_opening(call: Call, user: Any) -> bool:
    """The secretary starts the session."""
    return has_seat(call, user, Seat.SECRETARY)


def open_envelopes(call: Call, user: Any) -> bool:
    """The secretary opens, once the quorum of key holders is present."""
    return has_seat(call, user, Seat.SECRETARY)


def attend_opening(call: Call, user: Any) -> bool:
    """Key holders and observers confirm their presence, each in their own account."""
    return has_seat(call, user, Seat.OBSERVER) or holds_key(call, user)


def declare_impartiality(call: Call, user: Any) -> bool:
    """Every member, for themselves."""
    return has_seat(call, user)


def lead_committee(call: Call, user: Any) -> bool:
    """The chair leads the stages; the secretary may act for the chair."""
    return has_seat(call, user, Seat.CHAIR, Seat.SECRETARY)


def has_declared(call: Call, user: Any) -> bool:
    """Tell whether a person sits on the committee and declared no conflict with this list of applicants."""
    return any(sitting.conflict is False for sitting in seats_of(call, user))


def check_compliance(call: Call, user: Any) -> bool:
    """The chair and the secretary check documents, once they have declared their impartiality."""
    return has_seat(call, user, Seat.CHAIR, Seat.SECRETARY) and has_declared(call, user)


def disclose_marks(call: Call, user: Any) -> bool:
    """The clock when the last sheet is signed, or the chair."""
    return user is CLOCK or lead_committee(call, user)


def settle_consensus(call: Call, user: Any) -> bool:
    """Only the chair writes the consensus."""
    return has_seat(call, user, Seat.CHAIR)


def rank_applications(call: Call, user: Any) -> bool:
    """The secretary or the chair runs the engine."""
    return lead_committee(call, user)


def propose_award(call: Call, user: Any) -> bool:
    """The chair proposes for the committee."""
    return has_seat(call, user, Seat.CHAIR)


def decide_award(call: Call, user: Any) -> bool:
    """The authority of the organisation."""
    return has_role(call, user, Role.AUTHORITY)


def send_letters(call: Call, user: Any) -> bool:
    """The officer sends; the last letter sent begins the standstill, by the clock."""
    return user is CLOCK or is_officer(call, user)


def record_contract(call: Call, user: Any) -> bool:
    """The officer records the contract."""
    return is_officer(call, user)


def archive_call(call: Call, user: Any) -> bool:
    """The officer archives."""
    return is_officer(call, user)


def declare_unsuccessful(call: Call, user: Any) -> bool:
    """The chair declares that nobody is left; the authority may too."""
    return has_seat(call, user, Seat.CHAIR) or has_role(call, user, Role.AUTHORITY)


def ask_cancellation(call: Call, user: Any) -> bool:
    """The officer asks, the authority decides."""
    return is_officer(call, user)


def cancel_call(call: Call, user: Any) -> bool:
    """The authority, at the request of another person."""
    return has_role(call, user, Role.AUTHORITY) and call.cancellation_asked_by_other(user)


def drop_cancellation(call: Call, user: Any) -> bool:
    """Who asked may take the request back; the authority may decline it. Refused where nothing is pending."""
    request = getattr(call, "cancellation", None)
    if request is None or request.decided_at is not None:
        return False
    return bool(request.asked_by_id == user.pk or has_role(call, user, Role.AUTHORITY))


def appoint_committee(call: Call, user: Any) -> bool:
    """The officer appoints and replaces members."""
    return is_officer(call, user)


def ask_drill(call: Call, user: Any) -> bool:
    """The officer, or the secretary who will open."""
    return is_officer(call, user) or has_seat(call, user, Seat.SECRETARY)


def see_drills(call: Call, user: Any) -> bool:
    """The officer, the secretary and the auditor see who opened the dummy envelope."""
    return ask_drill(call, user) or has_role(call, user, Role.AUDITOR)


def decide_late(call: Call, user: Any) -> bool:
    """Two persons of the organisation: one asks that a late application be opened, another decides."""
    return has_role(call, user, Role.OFFICER, Role.APPROVER, Role.AUTHORITY)


def work_on_call(call: Call, user: Any) -> bool:
    """Anybody who has to do with running the call: roles in the organisation, seats on the committee."""
    return has_role(call, user, Role.OFFICER, Role.APPROVER, Role.AUTHORITY, Role.AUDITOR) or has_seat(call, user)


def see_applicants(call: Call, user: Any) -> bool:
    """After the opening: members who accepted their seat, the officer and the auditor see who applied (§8.2)."""
    if call.state in (CallState.CANCELLED, CallState.UNSUCCESSFUL) and call.opened_at is None:
        return False
    if call.opened_at is None:
        return False
    return has_taken_seat(call, user) or has_role(call, user, Role.OFFICER, Role.AUDITOR)


def read_applications(call: Call, user: Any) -> bool:
    """Who reads what applicants sent in (§8.2): chair and secretary once declared, evaluators from the evaluation on,
    the auditor what is open, the officer after the award. Observers and approvers never."""
    if call.opened_at is None:
        return False
    if has_declared(call, user):
        evaluating = call.state not in (CallState.OPENED, CallState.COMPLIANCE)
        return has_seat(call, user, *LEADERS) or (evaluating and has_seat(call, user, Seat.EVALUATOR))
    if has_seat(call, user):
        return False
    return has_role(call, user, Role.AUDITOR) or (call.state in AFTER_AWARD and is_officer(call, user))


def read_prices(call: Call, user: Any) -> bool:
    """Who sees opened prices (§8.2): the committee that declared and the auditor; the others with the signed report."""
    if call.prices_opened_at is None:
        return False
    if has_seat(call, user):
        return has_declared(call, user) and not has_seat(call, user, Seat.OBSERVER)
    if has_role(call, user, Role.AUDITOR):
        return True
    reported = (
        call.state == CallState.AWARD_PROPOSED or call.state == CallState.AWARD_DECIDED or call.state in AFTER_AWARD
    )
    return reported and has_role(call, user, Role.OFFICER, Role.APPROVER, Role.AUTHORITY)
