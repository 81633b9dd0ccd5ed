"""What is known of one application, number by number, so that a page can unfold each one down to the marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from procurement.scoring.panel import PanelMark
from procurement.scoring.steps import Step
from procurement.scoring.terms import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The numbers of one application; each score is the step that reckoned it, with its operands.

    `price` is None unless the method looks at it.
    """

    application: Application
    panel: PanelMark | None = None
    price: Fraction | None = None
    technical_score: Step | None = None
    financial_score: Step | None = None
    combined: Step | None = None

    @property
    def ref(self) -> str:
        return self.application.ref

    @property
    def technical(self) -> Fraction | None:
        return self.panel.value if self.panel else None

    def scores(self) -> Iterator[Step]:
        """Yield the steps of the scores in the order they were reckoned."""
        for step in (self.technical_score, self.financial_score, self.combined):
            if step is not None:
                yield step

    def mark(self) -> Iterator[Step]:
        """Yield the steps from the sheets to the technical mark."""
        if self.panel is None:
            return
        for index, (evaluator, total) in enumerate(zip(self.panel.evaluators, self.panel.totals, strict=True)):
            products = tuple((row.criterion.weight, row.marks[index]) for row in self.panel.criteria)
            yield Step("sheet.total", {"ref": self.ref, "evaluator": evaluator, "products": products, "value": total})
        totals = tuple(zip(self.panel.evaluators, self.panel.totals, strict=True))
        yield Step(
            f"mark.{self.panel.aggregate or 'given'}", {"ref": self.ref, "totals": totals, "value": self.panel.value}
        )
