"""Every arrow of every machine, written by hand and compared: the table cannot change unseen."""

from __future__ import annotations

from typing import Any

import pytest

from procurement.models import Application, Call, Letter, ScoreSheet
from workflow.guards import Guard

CALL = """
draft                in_review          send_to_review
in_review            draft              return_to_draft
approved             draft              return_to_draft
in_review            approved           approve
approved             published          publish
published            suspended          suspend
suspended            published          resume
published            closed             close
closed               published          collect_again
closed               opened             open_technical
opened               compliance         start_compliance
compliance           evaluation         start_evaluation
evaluation           consensus          start_consensus
consensus            interview          start_interviews
interview            consensus          end_interviews
consensus            technical_signed   sign_technical
technical_signed     financial_opened   open_financial
technical_signed     ranked             rank
financial_opened     ranked             rank
ranked               award_proposed     propose_award
award_proposed       ranked             return_proposal
award_proposed       award_decided      decide_award
award_decided        standstill         start_standstill
standstill           awarded            award
standstill           ranked             reopen_ranking
awarded              ranked             reopen_ranking
awarded              contracted         record_contract
contracted           archived           archive
opened               unsuccessful       declare_unsuccessful
compliance           unsuccessful       declare_unsuccessful
evaluation           unsuccessful       declare_unsuccessful
consensus            unsuccessful       declare_unsuccessful
technical_signed     unsuccessful       declare_unsuccessful
financial_opened     unsuccessful       declare_unsuccessful
ranked               unsuccessful       declare_unsuccessful
draft                cancelled          cancel
in_review            cancelled          cancel
approved             cancelled          cancel
published            cancelled          cancel
suspended            cancelled          cancel
closed               cancelled          cancel
opened               cancelled          cancel
compliance           cancelled          cancel
evaluation           cancelled          cancel
consensus            cancelled          cancel
interview            cancelled          cancel
technical_signed     cancelled          cancel
financial_opened     cancelled          cancel
ranked               cancelled          cancel
award_proposed       cancelled          cancel
award_decided        cancelled          cancel
standstill           cancelled          cancel
awarded              cancelled          cancel
"""
APPLICATION = """
draft                submitted          submit
withdrawn            submitted          submit
draft                late               record_late
withdrawn            late               record_late
late                 draft              return_to_draft
submitted            withdrawn          withdraw
submitted            opened             open
late                 opened             open_late
opened               compliant          accept
opened               non_compliant      reject
compliant            opened             reconsider
non_compliant        opened             reconsider
compliant            passed             clear_threshold
compliant            below_threshold    miss_threshold
passed               price_opened       open_price
passed               ranked             rank
price_opened         ranked             rank
compliant            excluded           exclude
passed               excluded           exclude
price_opened         excluded           exclude
ranked               excluded           exclude
winner               excluded           exclude
not_selected         excluded           exclude
ranked               winner             win
ranked               not_selected       lose
winner               ranked             return_to_race
not_selected         ranked             return_to_race
"""
SHEET = """
draft                signed             sign
signed               superseded         supersede
draft                void               void
signed               void               void
"""
LETTER = """
draft                approved           approve
approved             draft              take_back
approved             sent               send
"""
MACHINES = [(Call, CALL), (Application, APPLICATION), (ScoreSheet, SHEET), (Letter, LETTER)]


def written(table: str) -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in table.strip().splitlines()}


def arrows(model: Any) -> list[Any]:
    return list(model().get_all_state_transitions())


@pytest.mark.parametrize(("model", "table"), MACHINES)
def test_the_machine_is_the_table(model: Any, table: str) -> None:
    machine = {(str(a.source), str(a.target), a.name) for a in arrows(model)}

    assert machine == written(table)


@pytest.mark.parametrize("model", [model for model, _table in MACHINES])
def test_every_arrow_has_a_permission_and_coded_guards(model: Any) -> None:
    for arrow in arrows(model):
        assert callable(arrow.permission), arrow.name
        assert all(isinstance(guard, Guard) and guard.code for guard in arrow.conditions), arrow.name


@pytest.mark.parametrize("model", [model for model, _table in MACHINES])
def test_no_arrow_is_a_loop_or_leaves_from_anywhere(model: Any) -> None:
    for arrow in arrows(model):
        assert arrow.source not in ("*", "+", str(arrow.target)), arrow.name
