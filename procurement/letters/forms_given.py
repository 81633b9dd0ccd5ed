"""What an applicant typed in a submission, on paper."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Paper
from procurement.letters.tables import Cell
from procurement.letters.words import common
from procurement.letters.words import forms_given as words

KIND = "forms_given"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A field of a form and what was typed in it."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form with the envelope it is in."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class FormsGiven(Paper):
    """The forms of one submission, in the words of the pages."""

    applicant: Applicant
    receipt_number: str
    submitted_at: datetime
    forms: tuple[Form, ...] = ()


def render(*, paper: FormsGiven) -> bytes:
    """The copy as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    references(
        folio,
        (folio.say(words.RECEIPT_NUMBER), Cell(text=paper.receipt_number, strong=True)),
        (folio.say(common.APPLICANT), paper.applicant.name),
        (folio.say(words.SUBMITTED_AT), folio.instant(paper.submitted_at)),
        date=False,
    )
    folio.text(folio.say(words.COPY), style="Lead")
    for form in paper.forms:
        folio.heading(form.title)
        folio.facts([(line.label, Cell(text=line.text)) for line in form.lines], title=form.title)
    if not paper.forms:
        folio.text(folio.say(words.NOTHING))
    folio.text(folio.say(words.NOT_PROOF), style="Note")
    return folio.finish()
