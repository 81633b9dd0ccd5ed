"""Five applicants apply: late, withdrawn and submitted again, incomplete, below the threshold, above the ceiling."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procurement.actions.attach_document import attach_document
from procurement.actions.save_part import save_identity, save_price
from procurement.actions.submit_application import submit_application
from procurement.actions.withdraw_application import withdraw_application
from procurement.demo.cast import sheet
from procurement.demo.codes import begin, unlocked
from procurement.demo.files import make_docx, make_pdf
from procurement.demo.stage import Stage
from procurement.models import Application, Call, Requirement
from procurement.queries.sealed_files import receive

LEFT_OUT = {"E3": {"A5"}}  # the declaration that has to be asked for
STARTS = {
    "E1": "2020-02-10T10:00",
    "E2": "2020-02-11T15:00",
    "E3": "2020-02-17T09:00",
    "E4": "2020-02-19T18:00",
    "E5": "2020-02-25T11:00",
}


def prepare(stage: Stage, call: Call, key: str) -> Application:
    """Write an application up to the point where it can be submitted."""
    person, row = stage.cast[key], _person(key)
    now = stage.at(STARTS[key], f"{key} prépare sa candidature")
    firm = stage.cast.organisations[row["firm"]] if "firm" in row else None
    application = begin(call=call, actor=person, now=now, organisation=firm)
    save_identity(application=application, identity=_identity(row, firm), actor=person, now=now)
    price: Any = {name: Decimal(figure) for name, figure in sheet("people")["prices"][key].items()}
    save_price(application=application, **price, actor=person, now=now)
    for requirement in call.requirements.all():
        if requirement.code not in LEFT_OUT.get(key, set()):
            attach(application, requirement, row["name"], actor=person, now=now)
    return application


def _person(key: str) -> dict[str, Any]:
    return next(row for row in sheet("people")["people"] if row["key"] == key)


def _identity(row: dict[str, Any], firm: Any) -> dict[str, str]:
    return {
        "name": firm.name if firm else row["name"],
        "status": "legal" if firm else "natural",
        "registration_number": firm.registration_number if firm else "",
        "representative": row["name"] if firm else "",
        "address": row["address"],
        "country": row["country"],
        "vat": "liable" if firm else "exempt",
        "vat_number": "FR00000000000" if firm else "",
    }


def attach(
    application: Application, requirement: Requirement, author: str, *, actor: Any, now: Any, completion: Any = None
) -> None:
    """Make a small real file for a requirement and attach it; the note on method is a Word document."""
    title = requirement.title["fr"]
    paragraphs = [f"{author}.", f"Pièce {requirement.code} de la candidature à l’appel {application.call.reference}."]
    paragraphs += sheet("people")["papers"].get(requirement.code, [])
    word = requirement.code == "A3"
    content = (make_docx if word else make_pdf)(title=title, paragraphs=paragraphs)
    attach_document(
        application=application,
        requirement=requirement,
        received=receive(application, requirement, content, name=_name(requirement, word)),
        actor=actor,
        now=now,
        completion=completion,
    )


def _name(requirement: Requirement, word: bool) -> str:
    names = {
        "A1": "lettre",
        "A2": "cv-europass",
        "A3": "note-methodologique",
        "A4": "references",
        "A5": "declaration-honneur",
    }
    names |= {"A6": "disponibilite", "A7": "identite", "B1": "offre-financiere"}
    return f"{names[requirement.code]}.{'docx' if word else 'pdf'}"


def submit(stage: Stage, application: Application, key: str, moment: str, text: str) -> Any:
    """Submit at a moment of the play; every click has its own key."""
    now = stage.at(moment, text)
    submission = submit_application(
        application=unlocked(application), actor=stage.cast[key], now=now,
        idempotency_key=f"{application.reference}-{moment}",
    )  # fmt: skip
    stage.say(
        f"                     accusé de réception {submission.receipt_number}{' (hors délai)' if submission.late else ''}"
    )
    return submission


def apply(stage: Stage, call: Call) -> dict[str, Application]:
    """Play the five applications until the deadline and forty seconds beyond."""
    applications = {key: prepare(stage, call, key) for key in STARTS}
    submit(stage, applications["E4"], "E4", "2020-03-04T16:12:00", "E4 dépose")
    submit(stage, applications["E2"], "E2", "2020-03-09T11:02:10", "E2 dépose une première fois")
    submit(stage, applications["E3"], "E3", "2020-03-10T10:40:00", "E3 dépose, sans la déclaration A5")
    now = stage.at("2020-03-10T18:20:05", "E2 retire sa candidature")
    withdraw_application(application=applications["E2"], actor=stage.cast["E2"], now=now)
    submit(stage, applications["E2"], "E2", "2020-03-11T14:07:31", "E2 dépose de nouveau")
    submit(
        stage,
        applications["E5"],
        "E5",
        "2020-03-12T16:58:00",
        "E5 (une société) dépose deux minutes avant la date limite",
    )
    submit(stage, applications["E1"], "E1", "2020-03-12T17:00:40", "E1 dépose quarante secondes trop tard")
    stage.settle()
    return {key: Application.objects.get(pk=a.pk) for key, a in applications.items()}
