"""Where people sign, and where those who disagree are heard."""

from collections.abc import Sequence

from procurement.letters.docx import Folio
from procurement.letters.facts import Signature
from procurement.letters.tables import Cell, Column
from procurement.letters.words import common

_ROOM = "\n\n\n"  # height for a hand


def signatures(folio: Folio, signed: Sequence[Signature], *, before: str = "") -> None:
    """One row for each signature, with room for a hand where none is recorded, then each
    dissenting opinion in full; `before` is what is being signed."""
    if not signed:
        return
    folio.chapter(common.SIGNATURE if len(signed) == 1 else common.SIGNATURES)
    folio.text(before)
    columns = (
        Column(title=folio.say(common.NAME_AND_CAPACITY), share=35),
        Column(title=folio.say(common.DATE_AND_SIGNATURE), share=65),
    )
    rows = [[_who(one), _sign(folio, one)] for one in signed]
    folio.table(columns, rows, title=folio.say(common.SIGNATURES))
    for one in signed:
        if one.dissent:
            folio.text(folio.say(common.DISSENT_OF, name=one.name), strong=True)
            folio.text(one.dissent)


def _who(one: Signature) -> Cell:
    capacity = ", ".join(part for part in (one.title, one.organisation) if part)
    return Cell(text=one.name, note=capacity, strong=True)


def _sign(folio: Folio, one: Signature) -> Cell:
    dissent = folio.say(common.DISSENT_RECORDED) if one.dissent else ""
    if one.signed_at is None:
        return Cell(text=_ROOM, note=dissent)
    signed = folio.say(common.SIGNED_ON, instant=folio.instant(one.signed_at, "second"))
    return Cell(text=signed, note=dissent, digest=one.sha256)
