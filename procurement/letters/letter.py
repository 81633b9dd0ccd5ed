"""What every letter to an applicant has: its head, its close, and what all of them may say."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from procurement.letters.arithmetic import SUMMED
from procurement.letters.docx import Folio
from procurement.letters.elements import paragraph, run
from procurement.letters.facts import Applicant, Criterion, Mark, Method, Paper, Signature, Standstill
from procurement.letters.outcomes import Ranked
from procurement.letters.results import marks_table, who
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.text import on_one_line
from procurement.letters.words import common
from procurement.letters.words import letter as words
from procurement.letters.words import tables as table_words
from procurement.letters.words.phrase import Phrase


@dataclass(frozen=True, kw_only=True)
class Letter(Paper):
    """A letter to one applicant; `personal_note` is the paragraph someone may write before it
    goes, `remedies` the text of the rule set, `contact` where to write (else the authority)."""

    applicant: Applicant
    signatory: Signature
    personal_note: str = ""
    remedies: str = ""
    contact: str = ""
    sent_by: str = ""


def begin(paper: Letter, *, kind: str, version: str, title: Phrase, thanks: bool = False) -> Folio:
    """A folio with the addressee, the title, the references, the greeting and, for who is not
    accepted, thanks."""
    folio = Folio(paper=paper, kind=kind, version=version, title=title, titled=False)
    _address(folio, paper)
    folio.title(title)
    folio.facts(
        [
            (folio.say(words.OUR_REFERENCE), paper.number),
            (folio.say(words.CALL), Cell(text=paper.call.title, note=paper.call.reference)),
            (folio.say(words.APPLICATION), paper.applicant.label),
            (folio.say(words.SENT_BY), paper.sent_by),
        ],
        title=folio.say(common.REFERENCES),
    )
    folio.text(folio.say(words.GREETING), style="Greeting")
    if thanks:
        folio.text(folio.say(words.THANKS))
    return folio


def _address(folio: Folio, paper: Letter) -> None:
    applicant = paper.applicant
    lines = [applicant.name or applicant.label, applicant.represented_by, *applicant.address]
    side = "AddressRight" if folio.language == "fr" else "Address"  # where each post looks for it
    folio.place(paragraph("Gap", run("\n")))
    for line in (*lines, applicant.email):
        if line:
            folio.place(paragraph(side, run(folio.set(line))))
    place = on_one_line(paper.call.authority.city)
    dateline = folio.say(words.DATELINE, place=place, day=folio.day(paper.issued_at))
    folio.place(paragraph("Dateline", run(dateline)))


def end(folio: Folio, paper: Letter, *, standstill: Standstill | None = None) -> bytes:
    """The personal note, the standstill, the remedies, the contact, the close and the signature."""
    folio.text(paper.personal_note)
    if standstill is not None:
        folio.part(words.STANDSTILL)
        days, ends = folio.count(common.FULL_DAYS, standstill.days), folio.instant(standstill.ends_at)
        folio.text(folio.say(words.STANDSTILL_ENDS, instant=ends, days=days))
    if paper.remedies:
        folio.part(common.REMEDIES)
        folio.text(paper.remedies)
    contact = paper.contact or paper.call.authority.email
    if contact:
        folio.text(folio.say(words.CONTACT, contact=contact))
    folio.text(folio.say(words.CLOSING))
    _sign(folio, paper)
    return folio.finish()


def _sign(folio: Folio, paper: Letter) -> None:
    signatory = paper.signatory
    signed = ""
    if signatory.signed_at is not None:
        signed = folio.say(common.SIGNED_ON, instant=folio.instant(signatory.signed_at, "second"))
    lines = [folio.say(words.FOR, authority=paper.call.authority.name), signed or "\n\n"]
    lines += [signatory.name, signatory.title]
    for line in lines:
        if line:
            folio.place(paragraph("Signatory", run(folio.set(line))))


def own_marks(
    folio: Folio,
    *,
    criteria: Sequence[Criterion],
    marks: Sequence[Mark],
    total: Decimal,
    method: Method,
) -> None:
    """The applicant's own marks with the panel's reasons."""
    folio.part(words.MARKS)
    marks_table(
        folio,
        criteria=criteria,
        marks=marks,
        total=total,
        maximum=method.technical_maximum,
        threshold=method.threshold,
    )


def comparison(folio: Folio, *, own: Ranked, winner: Ranked, method: Method) -> None:
    """The applicant's figures beside those of the successful application."""
    folio.part(words.COMPARISON)
    columns = (
        Column(title=folio.say(words.FIGURE), share=34),
        Column(title=folio.say(words.YOURS), share=33, align="right"),
        Column(title=folio.say(words.SUCCESSFUL), share=33, align="right"),
    )
    rows: list[Row] = [
        [folio.say(common.APPLICANT), who(own.applicant), who(winner.applicant)],
        [folio.say(table_words.TECHNICAL_MARK), folio.mark(own.technical), folio.mark(winner.technical)],
    ]
    if method.name in SUMMED:
        scores = (own.technical_score, winner.technical_score)
        rows.append([folio.say(table_words.TECHNICAL_SCORE), *(folio.mark(score) for score in scores)])
    prices = (own.price, winner.price)
    rows.append([folio.say(common.PRICE), *(folio.amount(price, tax=True) for price in prices)])
    if method.name in SUMMED:
        scores_f = (own.financial_score, winner.financial_score)
        rows.append([folio.say(table_words.FINANCIAL_SCORE), *(folio.mark(score) for score in scores_f)])
        totals = (folio.mark(one.combined) for one in (own, winner))
        rows.append([folio.say(table_words.TOTAL), *totals])
    folio.table(columns, rows, title=folio.say(words.COMPARISON), last_strong=True)


def award_to(folio: Folio, *, winner: Ranked, advantages: str) -> None:
    """Who is awarded the contract, with what, and why that application is preferred."""
    name = winner.applicant.name
    if winner.price is None or winner.financial_score is None:
        folio.text(folio.say(words.WINNER_UNPRICED, name=name, mark=folio.mark(winner.technical)))
    else:
        total, price = folio.mark(winner.combined), folio.amount(winner.price, tax=True)
        folio.text(folio.say(words.WINNER_NAMED, name=name, total=total, price=price))
    if advantages:
        folio.part(words.ADVANTAGES)
        folio.text(advantages)
