"""The desk of one evaluator as tests use it: read, typed into, and what is stored then."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word

from procurement.models import Application, Call, Requirement, Score
from tests.procurement import applying, committees
from tests.procurement.committees import World
from tests.procurement.panels import scoring, sheet_of
from tests.procurement.played_once import played_apart
from tests.procurement.web.visits import Visit

TYPED = "Three sources compared, the gaps published in an annex."


def word_file() -> bytes:
    """Return a letter written in Word."""
    document = Word()
    document.add_heading("Method <b>and</b> sources", level=1)
    document.add_paragraph("Eighteen interviews are planned.")
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def with_documents() -> World:
    """Return a call whose applications hold a letter in PDF and one in Word, and an identity card that is personal."""
    whole = committees.complete_application

    def complete(call: Call, actor: Any, **options: Any) -> Application:
        if not call.requirements.filter(code="A7").exists():
            Requirement.objects.create(call=call, code="A7", title={"en": "Identity card"}, personal=True, position=99)
        application = whole(call, actor, **options)
        applying.attach(application, "A1", actor, content=word_file(), name="letter.docx")
        applying.attach(application, "A7", actor, name="identity.pdf")
        return application

    with played_apart(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(committees, "complete_application", complete)
        return scoring(rules={"comment_minimum": 10})


def desk(world: World, applicant: str = "ana") -> str:
    """Return the address of the desk on an application."""
    return f"evaluation/{world.applications[applicant].reference}/"


def read(world: World, who: str = "v1", query: str = "") -> Any:
    """Return the desk as a person reads it."""
    return Visit(world[who], world.fresh()).get(desk(world) + query)


def save(world: World, who: str = "v1", *, script: bool = True, page: str = "marks", **typed: str) -> Any:
    """Send what was typed, by script or by the button."""
    visit = Visit(world[who], world.fresh())
    headers = {"Accept": "application/json"} if script else {}
    sent = {name.replace("_", "-"): text for name, text in typed.items()}
    return visit.client.post(f"{visit.root}{desk(world)}{page}", sent, headers=headers)


def stored(world: World, who: str = "v1") -> dict[str, tuple[str, str]]:
    """Return what the sheet on Ana's application holds, by criterion."""
    rows = Score.objects.filter(sheet=sheet_of(world, who, "ana")).values_list("criterion__code", "mark", "comment")
    return {code: ("" if mark is None else format(mark.normalize(), "f"), comment) for code, mark, comment in rows}
