"""Who is still in the race, and who is out and why, stage by stage: a price is looked at only when its turn has come."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from procurement.scoring.explanation import Explanation
from procurement.scoring.methods import METHODS
from procurement.scoring.panel import panel_mark
from procurement.scoring.reading import BadProblem
from procurement.scoring.record import Exclusion
from procurement.scoring.steps import Param, Step
from procurement.scoring.terms import Method, Problem

NOTHING = Fraction()


class Race:
    """The applications still in, those out, and every step taken; the engine calls the stages in the order of the envelopes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = METHODS[problem.method]
        self.entries = [
            Explanation(application=each) for each in sorted(problem.applications, key=lambda each: each.ref)
        ]
        self.out: list[Exclusion] = []
        self.steps = [self._method()]

    def admit(self) -> None:
        """Put out what is not admissible."""
        self._put_out(
            lambda entry: None if entry.application.admissible else Step("out.not_admissible", {"ref": entry.ref})
        )

    def judge(self) -> None:
        """Reckon the technical marks and, where the method judges them, hold them against the threshold and the minima."""
        terms = self.problem.technical
        for index, entry in enumerate(self.entries):
            mark = panel_mark(entry.application, criteria=self.problem.criteria, aggregate=terms.aggregate)
            self.entries[index] = replace(entry, panel=mark)
            self.steps.extend(self.entries[index].mark())
        if self.rules.judges:
            self._put_out(self._below_threshold)
            self._put_out(self._below_minimum)

    def open_prices(self, refs: Iterable[str]) -> None:
        """Look at the prices of these applications, and put out what a binding ceiling or the budget forbids."""
        opened = set(refs)
        self.entries = [self._opened(entry) if entry.ref in opened else entry for entry in self.entries]
        self._put_out(self._over_ceiling)
        if self.problem.method == Method.FBS:
            self._put_out(self._over_budget)

    def _method(self) -> Step:
        weights, budget = self.problem.weights, self.problem.budget
        shares = {"technical": weights.technical, "financial": weights.financial} if weights else {}
        return Step(f"method.{self.problem.method}", {**shares, "budget": budget or NOTHING})

    def _put_out(self, verdict: Callable[[Explanation], Step | None]) -> None:
        staying = []
        for entry in self.entries:
            step = verdict(entry)
            if step is None:
                staying.append(entry)
            else:
                self.out.append(Exclusion(explanation=entry, step=step))
                self.steps.append(step)
        self.entries = staying

    def _below_threshold(self, entry: Explanation) -> Step | None:
        threshold = self.problem.technical.threshold
        if threshold is None or entry.technical is None:
            return None
        params: dict[str, Param] = {"ref": entry.ref, "value": entry.technical, "threshold": threshold}
        if entry.technical < threshold:
            return Step("out.below_threshold", params)
        self.steps.append(Step("passed.threshold", params))
        return None

    def _below_minimum(self, entry: Explanation) -> Step | None:
        rows = [row for row in entry.panel.criteria if row.criterion.minimum is not None] if entry.panel else []
        for row in rows:
            if not row.reached:
                code, minimum = row.criterion.code, row.criterion.minimum or NOTHING
                return Step(
                    "out.below_minimum", {"ref": entry.ref, "criterion": code, "value": row.value, "minimum": minimum}
                )
        if rows:
            marks = tuple((row.criterion.code, row.value) for row in rows)
            self.steps.append(Step("passed.minima", {"ref": entry.ref, "marks": marks}))
        return None

    def _opened(self, entry: Explanation) -> Explanation:
        if entry.application.price is None:
            raise BadProblem([(f"{entry.application.path}.price", "is missing: this application is still in the race")])
        return replace(entry, price=entry.application.price)

    def _over_ceiling(self, entry: Explanation) -> Step | None:
        ceiling = self.problem.price.ceiling
        if ceiling is None or entry.price is None or entry.price <= ceiling:
            return None
        params: dict[str, Param] = {"ref": entry.ref, "price": entry.price, "ceiling": ceiling}
        if self.problem.price.ceiling_binding:
            return Step("out.over_ceiling", params)
        self.steps.append(Step("ceiling.indicative", params))
        return None

    def _over_budget(self, entry: Explanation) -> Step | None:
        budget = self.problem.budget
        if budget is None or entry.price is None or entry.price <= budget:
            return None
        return Step("out.over_budget", {"ref": entry.ref, "price": entry.price, "budget": budget})
