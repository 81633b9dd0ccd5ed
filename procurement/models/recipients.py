"""Who gets a letter at the end of a call, and of which kind; compared with the letters that exist, never derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procurement.enums import ApplicationState, CallState, LetterKind, LetterState

if TYPE_CHECKING:
    from procurement.models import Application, Call

S = ApplicationState
KIND_OF = {
    S.WINNER: LetterKind.AWARD,
    S.NOT_SELECTED: LetterKind.NOT_SELECTED,
    S.LATE: LetterKind.LATE,
    S.NON_COMPLIANT: LetterKind.NON_COMPLIANT,
    S.BELOW_THRESHOLD: LetterKind.BELOW_THRESHOLD,
    S.EXCLUDED: LetterKind.EXCLUDED,
}
SAID_ONCE = (LetterKind.LATE, LetterKind.NON_COMPLIANT)  # they name no winner: a second award changes nothing in them
WITHOUT_AWARD = (CallState.UNSUCCESSFUL, CallState.CANCELLED)


def letter_round(call: Call) -> int:
    """Return the number of the present notification: one more than the awards that were withdrawn.

    A call that ends without award after letters were written for one tells everybody anew.
    """
    number = call.awards.filter(withdrawn_at__isnull=False).count() + 1
    if call.state not in WITHOUT_AWARD:
        return number
    return number + call.letters.filter(round=number).exclude(kind=LetterKind.CANCELLATION).exists()


def recipients(call: Call) -> list[tuple[Application, LetterKind]]:
    """Return who must be told in the present round; before the opening nobody is listed, whoever asks."""
    if call.opened_at is None:
        return []
    told = set(
        call.letters.filter(kind__in=SAID_ONCE, state=LetterState.SENT, round__lt=letter_round(call)).values_list(
            "application_id", flat=True
        )
    )
    listed = (
        call.applications.exclude(label="").select_related("user", "organisation", "call__organisation").order_by("id")
    )
    return [(one, kind) for one in listed if one.pk not in told and (kind := _kind(call, one)) is not None]


def _kind(call: Call, application: Application) -> LetterKind | None:
    if call.state in WITHOUT_AWARD:
        return LetterKind.CANCELLATION
    return KIND_OF.get(ApplicationState(application.state))
