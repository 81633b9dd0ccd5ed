"""Method and rule set of a draft: the values, what departs from the rule set, and why."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from procurement.actions.set_rules import set_rules
from procurement.enums import Stage
from procurement.models import Call
from procurement.rules import presets
from procurement.web.forms.draft import DraftForm, Live
from procurement.web.forms.figures import OPTIONAL, FigureField
from procurement.web.forms.rules_shown import NORMALISE, PRICE_FORMULA, TECHNICAL_MARK, TIES, rule_shown
from procurement.web.forms.tables import short
from workflow.templatetags.amounts import mark_text, percent_text

TIE_PLACES = 4
SHARES = ("technical_weight", "financial_weight")
FIGURES = (*SHARES, "threshold", "price_n", "shortlist_mark")
COUNTS = ("comment_minimum", "spread_percent", "reason_minimum", "minimum_voting", "minimum_days")
CHOICES = ("normalise", "price_formula", "technical_mark")
SHOWN = (*SHARES, "threshold", *CHOICES, "tie_break", *COUNTS, "odd_voting")  # in the order of the page


def _count(label: Any, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=short(), **options)


class RulesForm(DraftForm):
    """The values of the rule set, each with a reason where it departs from it."""

    part = "rules"
    technical_weight = FigureField(
        label=_("Technical weight"), max_digits=7, decimal_places=4, min_value=0, max_value=1000, widget=short()
    )
    financial_weight = FigureField(
        label=_("Financial weight"), max_digits=7, decimal_places=4, min_value=0, max_value=1000, widget=short()
    )
    threshold = FigureField(
        label=_("Technical threshold, in points"), max_digits=7, decimal_places=2, min_value=0, widget=short()
    )
    normalise = forms.ChoiceField(label=_("Technical score"), choices=NORMALISE, widget=forms.RadioSelect)
    price_formula = forms.ChoiceField(label=_("Financial score"), choices=PRICE_FORMULA, widget=forms.RadioSelect)
    price_n = FigureField(
        label=_("n of the price formula"), max_digits=5, decimal_places=2, min_value=1.01, widget=short()
    )
    technical_mark = forms.ChoiceField(label=_("Which marks count"), choices=TECHNICAL_MARK, widget=forms.RadioSelect)
    shortlist_mark = FigureField(
        label=_("Points on file from which an application is invited to the interview"), max_digits=7, decimal_places=2,
        min_value=0, widget=short(),
    )  # fmt: skip
    comment_minimum = _count(
        _("Characters of the comment each mark needs"), 1000, help_text=_("0: a comment is optional.")
    )
    spread_percent = _count(_("Spread of marks that needs a reason in the consensus, in % of the maximum"), 100)
    reason_minimum = _count(_("Characters of such a reason"), 1000)
    minimum_voting = _count(_("Evaluators at least"), 15)
    odd_voting = forms.BooleanField(label=_("Their number must be odd"), **OPTIONAL)
    minimum_days = _count(_("Full days at least between publication and deadline"), 365)

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        super().__init__(call, data)
        tops = call.criteria.filter(parent=None).values_list("code", flat=True)
        ties = [("", "–"), *TIES, *((code, code) for code in tops)]
        for place in range(1, TIE_PLACES + 1):
            self.fields[f"tie_{place}"] = forms.ChoiceField(label=str(place), choices=ties, required=False)
        for key in SHOWN:
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Why it departs from the rule set"), max_length=2000, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def in_shares(self) -> bool:
        """Tell whether the weights are shares of one, written in per cent; else they are points."""
        return self.call.preset != "points"

    def initial_of(self, call: Call) -> dict[str, Any]:
        """Return the rules as the page writes them."""
        rules = call.rules
        shown = {key: call.rule_number(key) for key in FIGURES} | {key: rules.get(key) for key in (*COUNTS, *CHOICES)}
        if call.preset != "points":
            shown |= {key: shown[key] * 100 for key in SHARES}
        shown = {
            key: format(value.normalize(), "f") if isinstance(value, Decimal) else value for key, value in shown.items()
        }
        ties = ["draw" if code == "lots" else code for code in rules.get("tie_break", [])]
        reasons = rules.get("reasons") or {}
        return {
            **shown,
            "odd_voting": rules.get("odd_voting"),
            **{f"tie_{place}": code for place, code in enumerate(ties, start=1)},
            **{f"reason_{key}": reasons.get(key, "") for key in SHOWN},
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a tie-break that names the same rule twice."""
        cleaned = super().clean() or self.cleaned_data
        ties = self._ties()
        if len(ties) != len(set(ties)):
            self.add_error("tie_1", _("The same rule cannot break a tie twice."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the rules that were typed, as they are kept."""
        given = self.cleaned_data
        figures = {
            key: (given[key] or Decimal(0)) / (100 if key in SHARES and self.in_shares else 1) for key in FIGURES
        }
        return {
            **{key: format(value.normalize(), "f") for key, value in figures.items()},
            **{key: given[key] for key in (*COUNTS, *CHOICES, "odd_voting")},
            "price_n": format((given["price_n"] or Decimal(3)).normalize(), "f"),
            "tie_break": self._ties(),
        }

    def reasons(self) -> dict[str, str]:
        """Return the written reasons by rule."""
        return {key: self.cleaned_data.get(f"reason_{key}", "") for key in SHOWN}

    def save(self, *, actor: Any, now: datetime, seen: str) -> Call:
        """Write the rules."""
        return set_rules(
            call=self.call, preset=self.call.preset, changes=self.changes(), reasons=self.reasons(),
            actor=actor, now=now, seen=seen,
        )  # fmt: skip

    def live(self, call: Call) -> Live:
        """The sum of the weights, and the usual value of each rule that departs from the rule set."""
        shares = call.preset != "points"
        total = sum((call.rule_number(key) for key in SHARES), Decimal(0)) * (100 if shares else 1)
        departs = presets.changes(call.rules)
        usual = {
            f"usual-{key}": rule_shown(key, departs[key][0], shares=shares) if key in departs else "" for key in SHOWN
        }
        return {"weights": percent_text(total) if shares else mark_text(total, places=None), **usual}

    def extras(self) -> dict[str, Any]:
        """Return the unit of the weights, and whether there is an interview to be invited to."""
        return {
            "weights_unit": _("in %") if self.in_shares else _("in points"),
            "has_interview": self.call.criteria.filter(stage=Stage.INTERVIEW).exists(),
            "n_hint": _("Only for the formula with n"),
        }

    def _ties(self) -> list[str]:
        places = (self.cleaned_data.get(f"tie_{place}") for place in range(1, TIE_PLACES + 1))
        return [code for code in places if code]
