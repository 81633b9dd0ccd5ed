"""What the play must come to: every figure and every closed envelope."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from procurement.demo.cast import sheet
from procurement.enums import CallState, EnvelopeKind, LetterState
from procurement.models import Call, Envelope
from procurement.scoring import engine
from procurement.scoring.problem import parse

STATES = {"E1": "late", "E2": "not_selected", "E3": "winner", "E4": "below_threshold", "E5": "excluded"}
MARKS = {"E2": "82", "E3": "79", "E4": "71", "E5": "80"}


def differences(call: Call) -> list[str]:
    """Return a sentence for each thing that is not as expected; none when all is well."""
    return [*_states(call), *_figures(call), *_other_rules(call), *_envelopes(call), *_ends(call)]


def two(value: str) -> str:
    """Return a figure with two decimals, halves up."""
    return str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _states(call: Call) -> Iterator[str]:
    found = dict(call.applications.values_list("label", "state"))
    if found != STATES:
        yield f"états : {found}, attendus {STATES}"
    marks = dict(call.applications.exclude(technical_mark=None).values_list("label", "technical_mark"))
    if marks != {label: Decimal(mark) for label, mark in MARKS.items()}:
        yield f"notes techniques : {marks}"


def _figures(call: Call) -> Iterator[str]:
    run, expected = call.engine_runs.order_by("-number")[0], sheet("grenoble")["expected"]
    if run.result["winner"] != expected["winner"]:
        yield f"premier : {run.result['winner']}"
    for line in run.result["ranking"]:
        found = {name: two(line[name]) for name in expected[line["ref"]]}
        if found != expected[line["ref"]]:
            yield f"{line['ref']} : {found}"


def _other_rules(call: Call) -> Iterator[str]:
    problem, expected = call.engine_runs.order_by("-number")[0].problem, sheet("grenoble")["expected"]
    absolute, seventy = deepcopy(problem), deepcopy(problem)
    absolute["technical"]["normalise"] = "none"
    seventy["weights"] = {"technical": "0.70", "financial": "0.30"}
    for other, name in ((absolute, "if_technical_absolute"), (seventy, "if_70_30")):
        found = {line.ref: two(line.as_json()["combined"]) for line in engine.rank(parse(other)).ranking}
        if found != expected[name]:
            yield f"{name} : {found}"


def _envelopes(call: Call) -> Iterator[str]:
    opened = Envelope.objects.filter(application__call=call, opened_at__isnull=False)
    for kind, labels in (
        (EnvelopeKind.TECHNICAL, {"E2", "E3", "E4", "E5"}),
        (EnvelopeKind.FINANCIAL, {"E2", "E3", "E5"}),
    ):
        found = set(opened.filter(kind=kind).values_list("application__label", flat=True))
        if found != labels:
            yield f"enveloppes {kind} ouvertes : {sorted(found)}"


def _ends(call: Call) -> Iterator[str]:
    if call.state != CallState.ARCHIVED:
        yield f"état de l’appel : {call.state}"
    sent = call.letters.filter(state=LetterState.SENT).count()
    if sent != len(STATES):
        yield f"lettres envoyées : {sent}"
    unwritten: Any = call.papers.filter(file=None).count()
    if unwritten:
        yield f"documents non écrits : {unwritten}"
