"""Rows of the house: what is personal is declared, and what moves is watched by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from workflow.diagrams import machines
from workflow.log import laws

OURS = [m for m in apps.get_models() if m._meta.app_label in ("accounts", "experts", "procurement")]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_personal_columns_are_declared_and_exist(model: Any) -> None:
    columns = {field.name for field in model._meta.get_fields()}

    assert "PERSONAL" in vars(model)
    assert set(model.PERSONAL) <= columns


@pytest.mark.django_db
@pytest.mark.parametrize("model", machines(), ids=lambda m: m.__name__)
def test_a_state_cannot_change_without_its_event(model: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgdeferrable AND tginitdeferred FROM pg_trigger WHERE tgname = %s",
            [f"{model._meta.db_table}_moves_with_event"],
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_the_laws_that_the_log_is_verified_with_are_those_of_the_database() -> None:
    assert laws.written() == laws.found(), "run `manage.py write_laws` on a freshly migrated database"
    assert list(laws.breaches()) == []


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_a_moment_knows_its_person(model: Any) -> None:
    """x_at comes with x_by, unless the clock or the row's own person is the only one who can bring it about."""
    names = {field.name for field in model._meta.fields}
    lonely = {n for n in names if n.endswith("_at") and f"{n[:-3]}_by" not in names} - BY_ITSELF

    assert lonely == set()


# Moments that need no second column: the row says who (its author, its member, its user), or only the clock does it.
BY_ITSELF = {
    "created_at", "next_check_at", "publish_at", "opening_at", "compliance_at", "financial_opening_at", "decision_at",
    "contract_at", "suspended_at", "closed_at", "opened_at", "prices_opened_at", "awarded_at", "ended_at", "accepted_at",
    "confirmed_at", "written_at", "signed_at", "saved_at", "due_at", "answered_at", "takes_place_at", "withdrawn_at",
    "drafted_at", "date_joined", "started_at", "ran_at", "sent_at", "checked_at", "code_noted_at", "expires_at", "uploaded_at",
    "made_at", "released_at", "replaced_at", "kept_at", "lost_at",
}  # fmt: skip
