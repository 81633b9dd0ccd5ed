"""The public list: its search, its filters, its order, and how many each choice would leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from procurement.models import Call
from procurement.models.searching import plain
from tests.database import triggers_off
from tests.procurement.drafts import local, office
from tests.procurement.web.visits import text_of

pytestmark = pytest.mark.django_db


def get(path: str) -> Any:
    client = Client()
    client.cookies["language"] = "en"
    return client.get(path)


def references(answer: Any) -> list[str]:
    return [call.reference for call in answer.context["page"]]


@pytest.fixture(scope="module")
def three(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Three calls that stay open for the tests of this module; the clock stands on 3 February."""
    with django_db_blocker.unblock(), transaction.atomic():
        second = office(
            "published", reference="UCLG-2020-MC2CM-006", title={"fr": "Facilitation d’un apprentissage entre pairs"}
        )
        third = office("published", reference="UCLG-2020-SM-011", title={"fr": "Traduction de profils"})
        office("published")
        changed = {"kind": "tender", "theme": "Participation", "country": "Italie", "languages": ["fr", "en"]}
        terms = {"context": {"fr": "Étude du littoral"}}
        with triggers_off():
            Call.objects.filter(pk=second.call.pk).update(deadline=local("2020-02-08T12:00"), **changed)
            late = {"deadline": local("2020-02-20T12:00"), "languages": ["ar"], "terms": terms}
            Call.objects.filter(pk=third.call.pk).update(**late)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["006", "011", "004"]), ("?sort=publication", None), ("?within=7", ["006"]), ("?within=30", ["006", "011"]), ("?kind=tender", ["006"]),
        ("?kind=tender&kind=expert", ["006", "011", "004"]), ("?language=ar", ["011"]), ("?language=ar&language=en", ["006", "011"]),
        ("?theme=Participation", ["006"]), ("?country=France", ["011", "004"]), ("?q=grenoble", ["006", "004"]), ("?q=traduc", ["011"]), ("?q=littoral", ["011"]),
        ("?q=MC2CM-006", ["006"]), ("?q=apprentissage+pairs", ["006"]), ("?q=littoral&kind=tender", []), ("?q=nothing+of+the+kind", []), ("?q=grenoble&kind=tender", ["006"]),
        ("?q=etude", ["011"]), ("?q=%C3%89TUDES+DU+LITTORAL", ["011"]), ("?q=participation", ["006"]), ("?q=italie", ["006"]), ("?q=pair", ["006"]),
        ("?within=x&sort=y&kind=z&page=99&language=xx", ["006", "011", "004"]), ("?q=%27%3B+drop+table%3A%2A+%26", []),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(three: None, query: str, found: list[str] | None) -> None:
    answer = get(f"/{query}")

    assert answer.status_code == 200
    shown = [reference[-3:] for reference in references(answer)]
    assert shown == found if found is not None else len(shown) == 3


def test_closing_soon_stands_first_and_choices_tell_how_many(three: None) -> None:
    answer = get("/")

    assert [call.reference[-3:] for call in answer.context["soon"]] == ["006"]
    assert [(days, count) for days, _label, count, _on in answer.context["periods"]] == [(7, 1), (30, 2), (0, 3)]
    assert {value: count for value, _label, count, _on in answer.context["languages"]} == {"fr": 2, "en": 1, "ar": 1}
    assert "Closing soon" in text_of(answer)


@pytest.mark.parametrize(
    "text", ["Été à Nîmes", "Œuvre, œuf", "STRASSE straße", "Ænima", "Ñandú Ç", "e\u0301", "l’eau"]
)
def test_the_database_and_python_take_the_same_accents_off(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procurement_plain(%s)", [text])
        assert cursor.fetchone() == (plain(text),)
