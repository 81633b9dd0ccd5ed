"""Who may open what, when: one table, written by hand (reference §8.2). Default is deny.

A page: for each stage, who gets it; everybody else gets 404, and an anonymous visitor the way to log in.
An act: who may try; for everybody else it does not exist, at any stage.
"""

from __future__ import annotations

STAFF = {"officer", "approver", "authority", "auditor"}
LEADERS = {"chair", "secretary"}
VOTING = {"V1"}
PANEL = LEADERS | VOTING
COMMITTEE = PANEL | {"observer"}
WORK = STAFF | COMMITTEE
SIGNED_IN = WORK | {"stranger", "E3", "E4", "outsider"}
EVERYBODY = SIGNED_IN | {"anonymous"}
NOBODY: set[str] = set()

STAGES = ["published", "evaluation", "ranked", "standstill"]
OPENED = STAGES[1:]
PRICED = STAGES[2:]
TOLD = STAGES[3:]


def always(people: set[str]) -> dict[str, set[str]]:
    return dict.fromkeys(STAGES, people)


def during(stages: list[str], people: set[str]) -> dict[str, set[str]]:
    return dict.fromkeys(stages, people)


PAGES: dict[str, dict[str, set[str]]] = {
    # public
    "public_calls": always(EVERYBODY),
    "public_call": always(EVERYBODY),
    "public_notice_file": always(EVERYBODY),
    "public_call_dates": always(EVERYBODY),
    "public_feed": always(EVERYBODY),
    "public_awards": always(EVERYBODY),
    "public_log": always(EVERYBODY),
    "public_log_program": always(EVERYBODY),
    "public_keys": always(EVERYBODY),
    "public_receipt_program": always(EVERYBODY),
    "public_keys_file": always(EVERYBODY),
    "subscribe": always(EVERYBODY),
    "demo_clock": always(EVERYBODY),
    # everybody's own
    "desk": always(SIGNED_IN),
    "calls": always(SIGNED_IN),
    "my_applications": always(SIGNED_IN),
    "call_new": always({"officer", "outsider"}),
    # the file of the call
    "call_overview": always(WORK),
    "call_committee": always(WORK),
    "call_keys": always(WORK),
    "call_key": always({"V1"} | LEADERS),
    "call_key_sheet": always({"V1"} | LEADERS),
    "call_opening": always(WORK),
    "opening_pieces": always({"V1"} | LEADERS),
    "call_papers": always(WORK),
    "call_draft": always(STAFF),
    "call_preview": always(STAFF),
    "call_notice_file": always(STAFF),
    "call_review": always(STAFF),
    "call_log": always({"officer", "auditor"}),
    "call_log_export": always({"officer", "auditor"}),
    "call_messages": always({"officer", "auditor"}),
    # after the opening only
    "call_log_proof": during(OPENED, {"officer", "auditor"}),
    "call_applicants": during(OPENED, {"officer", "auditor"} | COMMITTEE),
    "call_declarations": during(OPENED, {"officer", "auditor"} | COMMITTEE),
    "call_compliance": during(OPENED, {"officer", "auditor"} | LEADERS),
    "compliance_application": during(OPENED, {"officer", "auditor"} | LEADERS),
    "call_document": {**during(OPENED, {"auditor"} | PANEL), "standstill": {"officer", "auditor"} | PANEL},
    "call_evaluation": during(OPENED, {"auditor"} | PANEL),
    "evaluation_desk": during(OPENED, VOTING),
    "call_consensus": {"ranked": PANEL, "standstill": {"officer", "auditor"} | PANEL},
    "call_interviews": {"ranked": PANEL, "standstill": {"officer", "auditor"} | PANEL},
    "call_technical_report": {"ranked": PANEL, "standstill": {"officer", "auditor"} | PANEL},
    # after the second opening only
    "call_prices": {"ranked": {"auditor"} | PANEL, "standstill": WORK - {"observer"}},
    "call_ranking": {"ranked": {"auditor"} | PANEL, "standstill": WORK},
    "ranking_problem": {"ranked": {"auditor"} | PANEL, "standstill": WORK},
    "ranking_record": {"ranked": {"auditor"} | PANEL, "standstill": WORK},
    "call_award": {"ranked": {"auditor"} | PANEL, "standstill": WORK},
    "call_letters": during(TOLD, {"officer", "authority", "auditor"}),
    "call_letter": during(TOLD, {"officer", "authority", "auditor"}),
    "call_exclusion": {"evaluation": LEADERS, "ranked": LEADERS},
    "call_extension": during(["published"], {"officer", "approver"}),
    "call_cancellation": always({"officer", "authority"}),
    "call_unsuccessful": always({"chair", "authority"}),
    # the applicant’s own
    "application": always({"E3"}),
    "application_receipt": always({"E3"}),
    "application_receipt_file": always({"E3"}),
    "application_receipt_signed": always({"E3"}),
    "application_code": always({"E3"}),
    "application_code_renewal": always({"E3"}),
    "application_file": always({"E3"}),
    "application_forms": always({"E3"}),
    "application_forms_json": always({"E3"}),
    "application_forms_word": always({"E3"}),
}

# What only the person of the right role may try; for others the act does not exist (404) or is not theirs (403).
ACTS: dict[str, set[str]] = {
    "call_preset": {"officer"},
    "call_return": {"officer", "approver"},
    "call_approval": {"approver"},
    "call_publication": {"officer"},
    "call_cancellation_decision": {"authority"},
    "call_extension_decision": {"approver"},
    "call_extension_end": {"officer", "approver"},
    "call_cancellation_end": {"officer", "authority"},
    "call_seats": {"officer"},
    "call_seat_acceptance": {"V1"},
    "call_seat_reminder": {"officer"},
    "call_seat_invitation": {"officer"},
    "call_key_keeping": {"V1"} | LEADERS,
    "call_key_confirmation": {"V1"} | LEADERS,
    "call_key_drill": {"V1"} | LEADERS,
    "call_keys_drill": {"officer", "secretary"},
    "call_key_replacement_decision": {"officer", "approver", "authority"},
    "application_applicant": {"E3"},
    "application_code_noted": {"E3"},
    "application_code_keeping": {"E3"},
    "application_code_password": {"E3"},
    "application_code_forgetting": {"E3"},
    "application_upload": {"E3"},
    "application_price_place": {"E3"},
    "application_uploads": {"E3"},
    "application_file_removal": {"E3"},
    "application_submission": {"E3"},
    "application_completion_answer": {"E3"},
    "application_resupply_code": {"E3"},
    "application_resupply_receipt": {"E3"},
    "application_resupply_file": {"E3"},
    "application_resupply_form": {"E3"},
    "application_completion_upload": {"E3"},
    "application_completion_uploads": {"E3"},
    "opening_session": {"secretary"},
    "opening_end": {"secretary"},
    "opening_presence": COMMITTEE,
    "opening_release": {"V1"} | LEADERS,
    "opening_technical": {"secretary"},
    "opening_financial": {"secretary"},
    "opening_remaining": {"secretary"},
    "call_late_decision": {"officer", "approver", "authority"},
    "paper_signature": COMMITTEE,
    "call_declaration": COMMITTEE,
    "compliance_beginning": LEADERS,
    "compliance_evaluation": LEADERS,
    "compliance_items": LEADERS,
    "compliance_acceptance": LEADERS,
    "compliance_completion": LEADERS,
    "compliance_decision": LEADERS,
    "compliance_reconsideration": LEADERS,
    "evaluation_consensus": LEADERS,
    "evaluation_marks": VOTING,
    "evaluation_signature": VOTING,
    "evaluation_reopening": {"chair", "officer"},
    "consensus_marks": {"chair"},
    "consensus_settlement": {"chair"},
    "consensus_reopening": {"chair"},
    "interviews_beginning": LEADERS,
    "interviews_end": LEADERS,
    "interviews_hour": LEADERS,
    "technical_report_writing": LEADERS,
    "technical_report_settlement": LEADERS,
    "ranking_run": LEADERS,
    "ranking_again": LEADERS,
    "ranking_draw": LEADERS,
    "award_report": LEADERS,
    "award_proposal": {"chair"},
    "award_decision": {"authority"},
    "award_return": {"authority"},
    "award_withdrawal": {"authority"},
    "letters_drafts": {"officer"},
    "letter_approval": {"officer"},
    "letter_draft": {"officer"},
    "archive_index": {"officer"},
    "archive_closing": {"officer"},
    "message_retry": {"officer"},
}

# Pages whose answer depends on the one who asks within one state, tested in their own rooms.
ELSEWHERE = {
    "call_draft_part": "redirects once the call is no draft",
    "call_suspension": "the approver’s, while the call is published",
    "call_resumption": "the approver’s, while the call is suspended",
    "call_seat": "the officer’s, for a live seat",
    "call_late": "two persons of the body, between the opening and the compliance check",
    "call_key_replacement": "who asks and who decides, between publication and deadline",
    "seat_invitation": "whoever holds the link",
    "subscription_confirm": "whoever holds the link",
    "subscription_leave": "whoever holds the link",
    "application_start": "everybody who may apply",
    "application_identity": "redirects after the deadline",
    "application_price": "redirects after the deadline",
    "application_price_kept": "the applicant’s browser, where it seals the price",
    "application_price_file": "the applicant’s browser, where it seals the price",
    "application_receipt_price": "the applicant’s browser, where it sealed the price",
    "application_document": "redirects after the deadline",
    "application_check": "the applicant’s, until the opening",
    "application_withdrawal": "the applicant’s, until the deadline",
    "application_abandonment": "the applicant’s, before the first submission",
    "application_letter": "the applicant’s, once a letter was sent",
    "application_resupply": "the applicant’s, once something did not open",
    "application_completion": "the applicant’s, once asked",
    "application_upload_parts": "the applicant’s, while a file is under way: tests of the uploads",
    "application_upload_attachment": "the applicant’s, while a file is under way: tests of the uploads",
    "application_upload_removal": "the applicant’s, while a file is under way: tests of the uploads",
    "call_document_file": "as call_document, each reading logged",
    "evaluation_sheet": "the author’s, and the panel’s once the marks are shared",
    "letters_sending": "the officer’s, once the letters are approved",
    "call_paper": "depends on the paper: tests of the papers",
    "call_paper_words": "depends on the paper: tests of the papers",
    "public_log_day": "everybody, for a day that was sealed",
    "public_award_file": "everybody, once the award is final",
    "public_end_file": "everybody, once the call has ended without award",
    "call_contract": "from the final award on",
    "call_contract_file": "from the contract on",
    "call_archive": "from the contract on",
}
