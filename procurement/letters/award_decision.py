"""The decision by which the authority awards."""

from dataclasses import dataclass

from procurement.letters.blocks import annexes_table, references
from procurement.letters.docx import Folio
from procurement.letters.facts import Annex, Method, Paper, Signature
from procurement.letters.outcomes import Exclusion, Ranked
from procurement.letters.results import exclusions_table, ranking_table
from procurement.letters.signing import signatures
from procurement.letters.words import award_decision as words
from procurement.letters.words import common
from procurement.letters.words.phrase import Phrase

KIND = "award_decision"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class AwardDecision(Paper):
    """An award decision; `grounds` are the texts and reports it rests on, each a sentence;
    `winner` is the first of the ranking unless the authority reasoned otherwise."""

    winner: Ranked
    method: Method
    ranking: tuple[Ranked, ...]
    signatory: Signature
    exclusions: tuple[Exclusion, ...] = ()
    grounds: tuple[str, ...] = ()
    reasons: str = ""
    conditions: tuple[str, ...] = ()
    standstill_days: int = 0
    executed_by: str = ""
    remedies: str = ""
    annexes: tuple[Annex, ...] = ()


def render(*, paper: AwardDecision) -> bytes:
    """The decision as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    references(folio)
    if paper.grounds or paper.reasons:
        folio.chapter(words.GROUNDS)
        folio.items(paper.grounds)
        folio.text(paper.reasons)
    folio.chapter(words.RANKING)
    ranking_table(folio, ranking=paper.ranking, method=paper.method)
    if paper.exclusions:
        folio.chapter(words.EXCLUDED)
        exclusions_table(folio, exclusions=paper.exclusions, threshold=paper.method.threshold)
    _decides(folio, paper)
    if paper.remedies:
        folio.chapter(common.REMEDIES)
        folio.text(paper.remedies)
    signatures(folio, (paper.signatory,))
    annexes_table(folio, paper.annexes)
    return folio.finish()


def _decides(folio: Folio, paper: AwardDecision) -> None:
    folio.chapter(words.DECISION)
    folio.text(folio.say(words.DECIDES, authority=paper.call.authority.name), strong=True)
    articles: list[tuple[Phrase, str]] = [(words.AWARD, _award(folio, paper.winner))]
    if len(paper.ranking) + len(paper.exclusions) > 1:
        articles.append((words.REJECTION, folio.say(words.REJECTED)))
    if paper.standstill_days:
        days = folio.count(common.FULL_DAYS, paper.standstill_days)
        articles.append((words.STANDSTILL, folio.say(words.STANDSTILL_SAID, days=days)))
    articles += [(words.CONDITIONS, condition) for condition in paper.conditions]
    if paper.executed_by:
        articles.append((words.EXECUTION, folio.say(words.EXECUTED_BY, name=paper.executed_by)))
    for number, (title, said) in enumerate(articles, start=1):
        heading = folio.say(words.ARTICLE, number=number, title=folio.say(title))
        folio.text(heading, style="Article")
        folio.text(said)


def _award(folio: Folio, winner: Ranked) -> str:
    applicant = winner.applicant
    if winner.price is None:
        return folio.say(words.AWARDED_UNPRICED, name=applicant.name, label=applicant.label)
    price = folio.amount(winner.price, tax=True)
    return folio.say(words.AWARDED, name=applicant.name, label=applicant.label, price=price)
