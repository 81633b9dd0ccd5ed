"""Acts of the log in words."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTS = {
    "draft_call": _("Draft begun"),
    "copy_call": _("Copied from an earlier call"),
    "change_draft": _("Draft changed"),
    "keep_typed": _("Draft changed, something is not readable yet"),
    "replace_criteria": _("Criteria changed"),
    "replace_requirements": _("Required documents changed"),
    "replace_deliverables": _("Deliverables changed"),
    "set_rules": _("Rules changed"),
    "appoint_member": _("Member appointed"),
    "invite_to_seat": _("Member invited by mail"),
    "withdraw_seat_invitation": _("Invitation withdrawn"),
    "take_up_invitation": _("Invitation taken up"),
    "accept_seat": _("Appointment accepted"),
    "end_seat": _("Seat ended"),
    "remind_member": _("Reminder sent"),
    "name_key_holders": _("Key holders named"),
    "keep_key": _("Key made"),
    "confirm_key": _("Key confirmed"),
    "replace_key_holder": _("Key holder replaced"),
    "send_to_review": _("Sent to the approver"),
    "return_to_draft": _("Returned to the draft"),
    "approve": _("Approved, rules frozen"),
    "publish": _("Published"),
    "suspend": _("Suspended"),
    "resume": _("Resumed"),
    "close": _("Closed"),
    "ask_cancellation": _("Cancellation asked for"),
    "drop_cancellation": _("Request to cancel ended"),
    "cancel": _("Cancelled"),
    "declare_unsuccessful": _("Declared unsuccessful"),
    "write_paper": _("Paper asked for"),
    "store_paper": _("Paper written in Word"),
    "start_session": _("Opening session started"),
    "confirm_presence": _("Presence and key confirmed"),
    "end_session": _("Opening session ended"),
    "open_technical": _("Technical envelopes opened"),
    "open_financial": _("Financial envelopes opened"),
    "declare_impartiality": _("Impartiality declared"),
    "start_compliance": _("Compliance check started"),
    "check_item": _("Document checked"),
    "ask_completion": _("File to be completed"),
    "decide_compliance": _("Compliance decided"),
    "start_evaluation": _("Evaluation started"),
    "sign_sheet": _("Score sheet signed"),
    "sign": _("Score sheet signed"),
    "start_consensus": _("Marks shared for the consensus"),
    "settle_consensus": _("Consensus settled"),
    "start_interviews": _("Interviews started"),
    "end_interviews": _("Interviews ended"),
    "sign_technical": _("Technical marks settled"),
    "sign_paper": _("Paper signed"),
    "rank": _("Applications ranked"),
    "propose_award": _("Award proposed"),
    "return_proposal": _("Proposal returned"),
    "decide_award": _("Award decided"),
    "start_standstill": _("Standstill begun"),
    "award": _("Award final"),
    "reopen_ranking": _("Ranking reopened"),
    "record_contract": _("Contract recorded"),
    "archive": _("Archived"),
}


def act_shown(act: str) -> str:
    """Name an act; one that has no name here is shown by its verb and noun."""
    return str(ACTS.get(act) or gettext(act.replace("_", " ").capitalize()))
