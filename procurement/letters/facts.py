"""What the papers of a procedure are told: frozen facts, in the call's language, with exact figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

Language = Literal["fr", "en"]
Tax = Literal["excluded", "included", "exempt"]
Role = Literal["chair", "secretary", "evaluator", "observer", "key_holder", "officer", "authority"]
EnvelopeKind = Literal["technical", "financial"]
CeilingMode = Literal["public_binding", "public_indicative", "hidden"]
MethodName = Literal["prag", "qcbs", "points", "qbs", "fbs", "lcs", "lpta", "lowest_price", "quality_only"]
Normalisation = Literal["best", "max", "none"]
PriceFormula = Literal["inverse", "linear", "penalty", "n_times"]
Aggregate = Literal["mean", "median", "trimmed_mean"]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The public body that buys; its name and city head every paper."""

    name: str
    city: str
    address: tuple[str, ...] = ()
    email: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """The call a paper belongs to; `language` is the paper's, `timezone` an IANA zone."""

    reference: str
    title: str
    authority: Authority
    language: Language
    timezone: str
    programme: str = ""
    funder: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper carries: its call, its own reference, and the instant it is dated."""

    call: Call
    number: str
    issued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Money:
    """An exact amount, an ISO 4217 code, and whether tax is in it."""

    amount: Decimal
    currency: str
    tax: Tax = "excluded"


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """The most that may be offered; `person_days` is the estimate behind it."""

    price: Money
    mode: CeilingMode
    person_days: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A node of the criteria tree; only leaves are marked, `invited_from` opens an interview."""

    code: str
    title: str
    maximum: Decimal
    minimum: Decimal | None = None
    weight: Decimal = Decimal(1)
    children: tuple["Criterion", ...] = ()
    interview: bool = False
    invited_from: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A document an applicant must supply in one of the envelopes."""

    code: str
    title: str
    envelope: EnvelopeKind
    formats: tuple[str, ...] = ()
    personal: bool = False
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A line of the timetable; an interval when `ends_at` is given, a whole day when `whole_day`."""

    label: str
    starts_at: datetime
    ends_at: datetime | None = None
    whole_day: bool = False


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member of the committee or a person beside it; `label` is the anonymous mark, such as V1."""

    name: str
    organisation: str
    role: Role
    voting: bool = False
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One line to sign: empty until `signed_at`; `dissent` is printed in full under it."""

    name: str
    title: str
    organisation: str = ""
    signed_at: datetime | None = None
    sha256: str = ""
    dissent: str = ""


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applies: the label the committee uses (E1) and the name; a firm names its expert."""

    label: str
    name: str
    represented_by: str = ""
    address: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark on one criterion, leaf or parent, with the reasons written for it."""

    code: str
    mark: Decimal
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Method:
    """The evaluation method frozen in the call.

    Weights are shares that sum to 1, or the two maxima in points for `points`; `threshold` is in
    marks; `tie_break` lists codes (technical, price, submitted_at, lots, or a criterion) in order.
    """

    name: MethodName
    technical_weight: Decimal
    financial_weight: Decimal
    technical_maximum: Decimal = Decimal(100)
    threshold: Decimal | None = None
    normalise: Normalisation = "none"
    price_formula: PriceFormula = "inverse"
    n: Decimal | None = None
    aggregate: Aggregate = "mean"
    budget: Money | None = None
    tie_break: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """The full days, and the instant they end, before which no contract is signed."""

    days: int
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A document joined to a paper, named so that it can be found and checked."""

    title: str
    reference: str = ""
    sha256: str = ""
