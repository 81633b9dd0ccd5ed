"""The marks that count for each application, leaf by leaf, with the sheets they come from and the reasons written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from procurement.enums import SheetState
from procurement.models import Call, ConsensusMark, Score

Named = dict[str, Decimal]  # criterion code -> mark


@dataclass
class Kept:
    """One application: the sheets by evaluator, what the panel agreed, and what was written for each criterion."""

    sheets: dict[str, Named] = field(default_factory=lambda: defaultdict(dict))
    comments: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # evaluator -> code -> words
    consensus: Named = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)  # code -> reason of the consensus
    conclusion: str = ""

    def marks(self, *, by_consensus: bool) -> dict[str, Fraction]:
        """Return the mark that counts for each criterion: the agreed one, or the mean of the sheets."""
        if by_consensus:
            return {code: Fraction(mark) for code, mark in self.consensus.items()}
        codes = {code for named in self.sheets.values() for code in named}
        return {code: self._mean(code) for code in codes}

    def words_for(self, code: str) -> str:
        """Return the reason for a mark: the panel's where it wrote one, else what the evaluators wrote, unnamed."""
        if self.reasons.get(code):
            return self.reasons[code]
        written = (named[code].strip() for named in self.comments.values() if named.get(code))
        return "\n".join(dict.fromkeys(text for text in written if text))

    def said(self) -> str:
        """Return what the panel wrote on the application: its reasons, criterion by criterion, then its conclusion."""
        reasons = (f"{code}: {reason.strip()}" for code, reason in sorted(self.reasons.items()) if reason.strip())
        return "\n".join([*reasons, *filter(None, [self.conclusion.strip()])])

    def _mean(self, code: str) -> Fraction:
        given = [Fraction(named[code]) for named in self.sheets.values() if code in named]
        return sum(given, Fraction()) / len(given)


def kept_marks(call: Call) -> dict[int, Kept]:
    """Return, in two readings, the marks of every application that a panel marked."""
    kept: dict[int, Kept] = defaultdict(Kept)
    scores = Score.objects.filter(sheet__call=call, sheet__state=SheetState.SIGNED, mark__isnull=False)
    for pk, name, code, mark, comment in scores.order_by("sheet__member__label").values_list(
        "sheet__application_id", "sheet__member__label", "criterion__code", "mark", "comment"
    ):
        kept[pk].sheets[name][code] = mark or Decimal(0)
        kept[pk].comments[name][code] = comment
    agreed = ConsensusMark.objects.filter(consensus__application__call=call, mark__isnull=False)
    for pk, code, mark, reason, comment in agreed.values_list(
        "consensus__application_id", "criterion__code", "mark", "reason", "consensus__comment"
    ):
        kept[pk].consensus[code] = mark or Decimal(0)
        kept[pk].reasons[code] = reason
        kept[pk].conclusion = comment
    return kept


def counts_consensus(call: Call) -> bool:
    """Tell whether the agreed marks count, or the mean of the sheets."""
    return bool(call.rules.get("technical_mark") == "consensus")
