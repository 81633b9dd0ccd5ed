"""The acts of applicants, of the panel and of the award in words; those of the preparation stand in acts_shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from procurement.enums import ApplicationState, CallState, LetterState, Seat, SheetState
from procurement.web.acts_shown import act_shown

ACTS: dict[str, Any] = {
    "start_application": _("Application begun"),
    "submit": _("Application submitted"),
    "submit_again": _("Application submitted again"),
    "record_late": _("Late application recorded"),
    "withdraw": _("Application withdrawn"),
    "attach_document": _("Document attached"),
    "remove_document": _("Document removed"),
    "save_part": _("Part saved"),
    "open": _("Envelope opened"),
    "open_price": _("Price opened"),
    "answer_completion": _("Completion answered"),
    "accept": _("Found compliant"),
    "reject": _("Found not compliant"),
    "reconsider": _("Decision taken back"),
    "take_back_decision": _("Decision taken back"),
    "save_mark": _("Mark saved"),
    "reopen_sheet": _("Score sheet reopened"),
    "save_consensus_mark": _("Consensus mark saved"),
    "schedule_interview": _("Interview scheduled"),
    "clear_threshold": _("Above the threshold"),
    "miss_threshold": _("Below the threshold"),
    "run_engine": _("Calculation stored"),
    "exclude": _("Excluded"),
    "record_draw": _("Lots drawn"),
    "award_to": _("Award recorded"),
    "win": _("Awarded"),
    "lose": _("Not selected"),
    "draft_letter": _("Letter drafted"),
    "edit_letter": _("Letter changed"),
    "take_back": _("Letter taken back"),
    "send": _("Letter sent"),
    "withdraw_award": _("Award withdrawn"),
    "return_to_race": _("Returned to the race"),
    "keep_contract": _("Contract kept"),
    "read_document": _("Document read"),
    "note_reading": _("Page read by the auditor"),
    "retry_message": _("Message sent again"),
    "save_identity": _("Identity saved"),
    "save_price": _("Price saved"),
    "change_applicant": _("Applicant changed"),
    "accept_items": _("Documents checked together"),
    "create_sheets": _("Score sheets handed over"),
    "supersede": _("Score sheet replaced"),
    "void": _("Score sheet void"),
    "note_code": _("Access code noted"),
    "renew_access": _("Access code made anew"),
    "keep_code": _("Access code kept with the account"),
    "open_kept_code": _("Application opened with the password of the account"),
    "rewrap_code": _("Kept access code sealed under the new password"),
    "lose_code": _("Kept access code lost with the password"),
    "forget_code": _("Access code no longer kept with the account"),
    "invite_to_interview": _("Invited to an interview"),
}


OF_LETTERS = {"approve": _("Letter read and approved"), "send": _("Letter sent")}


def name_of(act: str, *, subject: str = "") -> str:
    """Return the words of an act; `subject` is the table of what it was done on, for acts of the same name."""
    if subject == "procurement_letter" and act in OF_LETTERS:
        return str(OF_LETTERS[act])
    return str(ACTS[act]) if act in ACTS else act_shown(act)


STATES: dict[str, Any] = {
    "procurement_call": CallState,
    "procurement_application": ApplicationState,
    "procurement_letter": LetterState,
    "procurement_scoresheet": SheetState,
    "procurement_committeemember": Seat,
    "procurement_seatinvitation": Seat,
}


def state_name(table: str, state: str) -> str:
    """Return the words of a state of a row of one table, the state itself where it has none."""
    known = STATES.get(table)
    return str(known(state).label) if known and state in known.values else state
