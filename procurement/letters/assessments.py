"""What a panel made of the applications: its members' sheets and the marks it kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from procurement.letters.facts import Applicant, Mark


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One evaluator's marks on an application and their total, as signed."""

    evaluator: str
    total: Decimal
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """An application's technical result: the marks kept for the calculation, their total, the
    members' sheets, and what the panel wrote."""

    applicant: Applicant
    marks: tuple[Mark, ...]
    total: Decimal
    passed: bool
    sheets: tuple[Sheet, ...] = ()
    consensus: str = ""
    strengths: str = ""
    weaknesses: str = ""


@dataclass(frozen=True, kw_only=True)
class Interview:
    """An interview held, or not, with the mark that led to it."""

    applicant: Applicant
    before: Decimal | None = None
    held_at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """A value of the rule set that this call changed, and the written reason."""

    rule: str
    value: str
    reason: str
