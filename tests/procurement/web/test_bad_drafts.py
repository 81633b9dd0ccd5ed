"""A draft with something wrong in it: kept as it was typed, told in a sentence in both languages, never let through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.procurement.drafts import Office, office
from tests.procurement.web.draft_parts import criteria, fields_of
from tests.procurement.web.visits import Visit, text_of

pytestmark = pytest.mark.django_db
A, B = {"code": "C1", "title_fr": "Méthode"}, {"code": "C2", "title_fr": "Équipe"}


def of_page(world: Office, part: str, **changed: Any) -> dict[str, Any]:
    return fields_of(Visit(world.cast["officer"], world.call).get(f"draft/{part}/").context["form"]) | changed


def said(world: Office, method: str, path: str, language: str) -> tuple[int, str]:
    visit = Visit(world.cast["officer"], world.call)
    visit.client.cookies["language"] = language
    answer = visit.get(path) if method == "get" else visit.post(path)
    return answer.status_code, text_of(answer).replace("\u202f", " ").replace("\u00a0", " ")


def as_typed(value: Any) -> str:
    """Return a value of a page as somebody would have typed it."""
    return "on" if value is True else str(value).removesuffix(".00")


WRONG = {
    "weights": (
        "rules", {"technical_weight": "80", "financial_weight": "30", "reason_financial_weight": "x" * 30},
        "The technical and financial weights add up to 110; they must add up to 100.",
        "Les pondérations technique et financière font 110 au total ; elles doivent faire 100.",
    ),
    "maxima": (
        "criteria", criteria({**A, "maximum": "60"}, {**B, "maximum": "30"}),
        "The maxima of the criteria add up to 90; they must add up to 100.",
        "Les maxima des critères font 90 au total ; ils doivent faire 100.",
    ),
    "parts": (
        "criteria", criteria({**A, "maximum": "100"}, {"title_fr": "Sources", "is_part": "on", "maximum": "40"}),
        "The parts of C1 do not add up to its maximum.", "Les parties de C1 ne font pas son maximum.",
    ),
    "empty criterion": (
        "criteria", criteria({**A, "maximum": "100"}, {**B, "maximum": ""}),
        "These criteria have no title or no maximum: C2.",
        "Ces critères n’ont pas d’intitulé ou pas de maximum : C2.",
    ),
    "criterion without title": (
        "criteria", criteria({**A, "maximum": "60"}, {"code": "C2", "title_fr": " ", "maximum": "40"}),
        "These criteria have no title or no maximum: C2.",
        "Ces critères n’ont pas d’intitulé ou pas de maximum : C2.",
    ),
    "order": (
        "timeline", {"opening_at_0": "2020-03-11", "opening_at_1": "10:00"},
        "The dates are out of order: “opening” must come after “deadline”.",
        "Les dates ne se suivent pas : « ouverture des plis » doit venir après « date limite ».",
    ),
    "too near": (
        "timeline", {"publish_at_0": "2020-03-01", "publish_at_1": "09:00", "questions_until_0": "", "questions_until_1": "", "answers_until_0": "", "answers_until_1": ""},
        "The deadline leaves 10 full days; the rules ask for at least 15 calendar days.",
        "La date limite laisse 10 jours pleins ; les règles demandent au moins 15 jours calendaires.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_kept_told_in_both_languages_and_not_let_through(name: str) -> None:
    part, changed, english, french = WRONG[name]
    world = office("seated")
    assert said(world, "get", "draft/", "en")[1].count("Not possible yet") == 0
    sent = changed if part == "criteria" else of_page(world, part, **changed)
    Visit(world.cast["officer"], world.call).post(f"draft/{part}/", **sent)

    kept = of_page(world, part)
    typed = {key: value for key, value in changed.items() if isinstance(value, str) and value.strip()}
    assert {key: as_typed(kept.get(key)) for key in typed} == typed
    for language, sentence in (("en", english), ("fr", french)):
        for page in ("draft/", f"draft/{part}/"):
            assert sentence in said(world, "get", page, language)[1]
        status, shown = said(world, "post", "review/", language)
        assert status == 409
        assert sentence in shown
    assert world.fresh().state == "draft"


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (
            "2020-03-29",
            "the clocks go forward and 02:30 does not exist: choose another hour.",
            "l’heure avance et 02:30 n’existe pas : choisissez une autre heure.",
        ),
        (
            "2020-10-25",
            "the clocks go back and 02:30 comes twice: choose another hour.",
            "l’heure recule et 02:30 revient deux fois : choisissez une autre heure.",
        ),
    ],
)
def test_a_deadline_at_an_hour_that_is_none_or_two_is_refused_and_kept(day: str, english: str, french: str) -> None:
    world = office("seated")
    before = world.call.deadline
    sent = of_page(world, "timeline", deadline_0=day, deadline_1="02:30")
    for language, sentence in (("en", english), ("fr", french)):
        visit = Visit(world.cast["officer"], world.call)
        visit.client.cookies["language"] = language
        answer = visit.post("draft/timeline/", **sent)
        assert answer.status_code == 422
        assert sentence in text_of(answer).replace("\u202f", " ").replace("\u00a0", " ")
    assert f'value="{day}"' in Visit(world.cast["officer"], world.call).get("draft/timeline/").content.decode()
    assert world.fresh().deadline == before


def test_a_forged_state_in_a_form_changes_no_state() -> None:
    world = office("seated")
    forged = {
        "state": "published",
        "published_at": "2020-01-01",
        "preset": "points",
        "reference": "X",
        "opened_at": "1",
    }
    for part in ("identity", "budget", "timeline", "rules"):
        Visit(world.cast["officer"], world.call).post(f"draft/{part}/", **of_page(world, part, **forged))
    reference = world.call.reference
    assert (world.fresh().state, world.call.reference, world.call.published_at) == ("draft", reference, None)
    for path in ("publication", "approval", "opening/technical", "ranking/run", "award/decision", "archive/closing"):
        answer = Visit(world.cast["officer"], world.call).post(path, **forged)
        assert answer.status_code in {403, 404, 409}, path
    assert world.fresh().state == "draft"
