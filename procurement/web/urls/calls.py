"""Addresses of the people who run calls: the desk, the list, the file of a call, its draft and its committee."""

from django.urls import path

from procurement.web import (
    calls,
    committee,
    desk,
    draft,
    extension,
    holder_key,
    key_replacement,
    keys,
    review,
    seat_invitations,
    serious,
)

CALL = "calls/<slug:reference>/"
DRAFT = f"{CALL}draft/"
SEAT = f"{CALL}committee/<slug:label>/"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new, name="call_new"),
    path(CALL, calls.overview, name="call_overview"),
    path(DRAFT, draft.tasks, name="call_draft"),
    path(f"{DRAFT}preview/", review.preview, name="call_preview"),
    path(f"{DRAFT}preset", draft.preset, name="call_preset"),
    path(f"{DRAFT}<slug:name>/", draft.part, name="call_draft_part"),
    path(f"{CALL}notice.docx", review.notice_file, name="call_notice_file"),
    path(f"{CALL}review/", review.review, name="call_review"),
    path(f"{CALL}return", review.return_to_draft, name="call_return"),
    path(f"{CALL}approval", review.approval, name="call_approval"),
    path(f"{CALL}publication", review.publication, name="call_publication"),
    path(f"{CALL}suspension/", serious.suspension, name="call_suspension"),
    path(f"{CALL}resumption/", serious.resumption, name="call_resumption"),
    path(f"{CALL}extension/", extension.extension, name="call_extension"),
    path(f"{CALL}extension/decision", extension.extension_decision, name="call_extension_decision"),
    path(f"{CALL}extension/end", extension.extension_end, name="call_extension_end"),
    path(f"{CALL}cancellation/", serious.cancellation, name="call_cancellation"),
    path(f"{CALL}cancellation/decision", serious.cancellation_decision, name="call_cancellation_decision"),
    path(f"{CALL}cancellation/end", serious.cancellation_end, name="call_cancellation_end"),
    path(f"{CALL}committee/", committee.committee, name="call_committee"),
    path(f"{CALL}committee/seats", committee.seats, name="call_seats"),
    path(f"{SEAT}", committee.seat, name="call_seat"),
    path(f"{SEAT}acceptance", committee.acceptance, name="call_seat_acceptance"),
    path(f"{SEAT}reminder", committee.reminder, name="call_seat_reminder"),
    path(f"{SEAT}invitation", committee.invitation, name="call_seat_invitation"),
    path(f"{CALL}keys/", keys.keys, name="call_keys"),
    path(f"{CALL}keys/own/", holder_key.own_key, name="call_key"),
    path(f"{CALL}keys/own/key", holder_key.keeping, name="call_key_keeping"),
    path(f"{CALL}keys/own/sheet", holder_key.sheet, name="call_key_sheet"),
    path(f"{CALL}keys/own/confirmation", holder_key.confirmation, name="call_key_confirmation"),
    path(f"{CALL}keys/own/drill", holder_key.drill, name="call_key_drill"),
    path(f"{CALL}keys/drill", keys.drill, name="call_keys_drill"),
    path(f"{CALL}keys/<slug:label>/replacement/", key_replacement.replacement, name="call_key_replacement"),
    path(
        f"{CALL}keys/<slug:label>/replacement/decision", key_replacement.decision, name="call_key_replacement_decision"
    ),
    path("seats/<str:token>/", seat_invitations.seat_invitation, name="seat_invitation"),
]
