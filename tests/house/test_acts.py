"""Every act goes through the door and leaves a trace; every word to the world has somebody to say it."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from workflow import outbox
from workflow.diagrams import arrows_of, machines, rooms_of_rules, rules_document, states_document

ROOT = Path(__file__).resolve().parents[2]
APPS = ["accounts", "experts", "procurement"]


def actions() -> list[tuple[str, Any]]:
    found = []
    for app in APPS:
        package = import_module(f"{app}.actions")
        for _finder, name, _is_package in pkgutil.iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{name}")
            found += [(f"{app}.{name}.{n}", f) for n, f in vars(module).items() if _is_act(f, module)]
    return found


def _is_act(function: Any, module: Any) -> bool:
    """An act has the name of its file and says who acts."""
    if not inspect.isfunction(function) or inspect.unwrap(function).__module__ != module.__name__:
        return False
    return function.__name__ == module.__name__.rpartition(".")[2]


def test_there_are_acts() -> None:
    assert len(actions()) > 60


@pytest.mark.parametrize(("name", "act"), actions(), ids=lambda v: v if isinstance(v, str) else "")
def test_an_act_is_one_transaction_whose_refusal_is_recorded(name: str, act: Any) -> None:
    if name in NO_ACTS:
        pytest.skip(NO_ACTS[name])
    assert getattr(act, "audited", False)


@pytest.mark.parametrize(("name", "act"), actions(), ids=lambda v: v if isinstance(v, str) else "")
def test_an_act_takes_words_only_and_knows_its_instant(name: str, act: Any) -> None:
    parameters = inspect.signature(act).parameters.values()

    assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters)
    assert "now" in inspect.signature(act).parameters


NO_ACTS = {
    "procurement.tell.tell": "posts a mail inside the act that calls it",
    "procurement.tell_applicants.tell_applicants": "posts mails inside the act that calls it",
    "procurement.follow_clock.follow_clock": "chooses the act that the clock brings about",
}


def test_no_act_touches_the_world_itself() -> None:
    forbidden = re.compile(r"^\s*(from|import) (boto3|smtplib|requests|celery|django\.core\.mail)", re.MULTILINE)
    guilty = [p.name for app in APPS for p in (ROOT / app / "actions").glob("*.py") if forbidden.search(p.read_text())]

    assert guilty == []


def test_every_message_has_an_effect() -> None:
    sent = set()
    for app in [*APPS, "workflow"]:
        for path in (ROOT / app).rglob("*.py"):
            sent |= set(re.findall(r'outbox\.post\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))

    assert sent
    assert sent <= set(outbox.HANDLERS)


def test_every_mail_has_its_words() -> None:
    kinds = set()
    for path in (ROOT / "procurement").rglob("*.py"):
        kinds |= set(re.findall(r'kind="([a-z_]+)",\s*(?:to|application)=', path.read_text(encoding="utf-8")))
    missing = [
        f"{kind}.{part}"
        for kind in kinds
        for part in ("subject.txt", "txt")
        if not (ROOT / "templates" / "mail" / f"{kind}.{part}").exists()
    ]

    assert kinds
    assert missing == []


def test_the_code_of_a_guard_means_one_thing() -> None:
    seen: dict[str, str] = {}
    for _room, guards in rooms_of_rules():
        for guard in guards:
            assert seen.setdefault(guard.code, guard.message) == guard.message, guard.code
    assert len(seen) > 80


def test_every_guard_on_an_arrow_is_in_the_rules() -> None:
    known = {guard.code for _room, guards in rooms_of_rules() for guard in guards}

    assert {g.code for model in machines() for arrow in arrows_of(model) for g in arrow.conditions} <= known


@pytest.mark.parametrize(("name", "document"), [("states.md", states_document), ("rules.md", rules_document)])
def test_the_documents_are_fresh(name: str, document: Any) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert written == document(), "run `make exec CMD='python manage.py write_docs'`"
