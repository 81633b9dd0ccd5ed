"""The officer writes the call from the data; a second person approves; it is published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from procurement.actions.accept_seat import accept_seat
from procurement.actions.appoint_member import appoint_member
from procurement.actions.approve_call import approve_call
from procurement.actions.change_draft import change_draft
from procurement.actions.draft_call import draft_call
from procurement.actions.name_key_holders import name_key_holders
from procurement.actions.publish_call import publish_call
from procurement.actions.replace_criteria import replace_criteria
from procurement.actions.replace_deliverables import replace_deliverables
from procurement.actions.replace_requirements import replace_requirements
from procurement.actions.send_to_review import send_to_review
from procurement.actions.set_rules import set_rules
from procurement.demo.cast import address_of, sheet
from procurement.demo.keys import make_key
from procurement.demo.stage import Stage
from procurement.models import Call

SEATS = ["chair", "secretary", "V1", "V2", "V3", "observer"]
COMPLETABLE = {"A4", "A5", "A6"}


def write_draft(stage: Stage) -> Call:
    """Draft the whole call, part by part, as the officer does."""
    data, officer = sheet("grenoble"), stage.cast["officer"]
    now = stage.at("2020-01-20T10:00", "L’agente des marchés rédige l’appel")
    call = draft_call(
        organisation=stage.cast.organisations["CGLU"],
        reference=stage.reference or data["reference"],
        title=stage.title or data["title"],
        actor=officer,
        now=now,
        languages=["fr"],
    )
    for part, values in parts_of(stage, data).items():
        call = change_draft(call=call, part=part, values=values, actor=officer, now=now)
    rules, reasons = rules_of(data)
    call = set_rules(call=call, preset=data["method"]["name"], changes=rules, reasons=reasons, actor=officer, now=now)
    call = replace_criteria(call=call, rows=criteria_of(data), actor=officer, now=now)
    call = replace_requirements(
        call=call, rows=requirements_of(data), two_envelopes=True, price_sealing=stage.price_sealing or None,
        actor=officer, now=now,
    )  # fmt: skip
    return replace_deliverables(call=call, rows=deliverables_of(data), actor=officer, now=now)


def parts_of(stage: Stage, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the columns of the plain parts of the draft."""
    tasks = "\n".join(data["tasks"]["fr"])
    context = data["context"]["fr"].strip()
    return {
        "identity": _identity(data),
        "budget": _budget(data["ceiling"]),
        "terms": {"terms": {"context": {"fr": context}, "tasks": {"fr": tasks}, **data["terms"]}},
        "timeline": _timeline(stage, data["timeline"]),
    }


def _identity(data: dict[str, Any]) -> dict[str, Any]:
    programme = data["programme"]
    return {
        "kind": data["kind"],
        "cpv": data["cpv"],
        "theme": "Migration",
        "country": "France",
        "place": "Grenoble",
        "programme": programme["name"],
        "partners": ", ".join(programme["partners"]),
        "funder": programme["funder"],
        "timezone": data["authority"]["timezone"],
    }


def _budget(ceiling: dict[str, Any]) -> dict[str, Any]:
    return {
        "ceiling_mode": ceiling["mode"],
        "ceiling_amount": Decimal(ceiling["amount"]),
        "currency": ceiling["currency"],
        "tax": ceiling["tax"],
        "person_days": ceiling["person_days"],
    }


def _timeline(stage: Stage, times: dict[str, Any]) -> dict[str, Any]:
    names = ("questions_until", "answers_until", "deadline", "scoring_until")
    moments = {"publish_at": "published", "opening_at": "opening", "compliance_at": "compliance"}
    moments |= {"financial_opening_at": "financial_opening", "decision_at": "decision"} | {name: name for name in names}
    return {
        **{column: stage.instant(times[name]) for column, name in moments.items()},
        "interviews_from": day_of(times["interviews"][0], stage.shift),
        "interviews_until": day_of(times["interviews"][1], stage.shift),
        "standstill_days": times["standstill_days"],
        "contract_at": day_of(times["contract"], stage.shift),
    }


def day_of(value: Any, shift: timedelta) -> date:
    """Return a day of the data, moved by the shift."""
    day = value if isinstance(value, date) and not isinstance(value, datetime) else date.fromisoformat(str(value))
    return day + shift


def rules_of(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what this call changes in its preset, and why."""
    method = data["method"]
    interview = next(c for c in data["criteria"] if c.get("stage") == "interview")
    changes = {
        "technical_weight": method["weights"]["technical"],
        "financial_weight": method["weights"]["financial"],
        "threshold": method["technical_threshold"],
        "normalise": method["normalise"],
        "tie_break": method["tie_break"],
        "shortlist_mark": interview["invited_from"],
    }
    return changes, {"tie_break": "La méthode départage mieux deux offres égales qu’un tirage au sort immédiat."}


def criteria_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the criteria as rows; each top criterion has a minimum of half its maximum."""
    return [
        {
            **_criterion(top),
            "minimum": Decimal(top["max"]) / 2,
            "stage": top.get("stage", "file"),
            "parts": [_criterion(part) for part in top.get("children", [])],
        }
        for top in data["criteria"]
    ]


def _criterion(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row["code"], "title": {"fr": row["fr"]}, "maximum": Decimal(row["max"])}


def requirements_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the required documents of both envelopes as rows."""
    return [
        {
            "code": row["code"],
            "title": {"fr": row["fr"]},
            "envelope": envelope,
            "formats": row.get("formats", []),
            "personal": row.get("personal", False),
            "completable": row["code"] in COMPLETABLE,
        }
        for envelope, rows in data["requirements"].items()
        for row in rows
    ]


def deliverables_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the deliverables as rows."""
    return [
        {"code": r["code"], "title": {"fr": r["fr"]}, "week": r["week"], "payment": Decimal(r["payment"])}
        for r in data["deliverables"]
    ]


def seat_committee(stage: Stage, call: Call) -> Call:
    """Appoint the committee and its key holders; everybody accepts, every holder makes a key and confirms it."""
    data, officer = sheet("grenoble"), stage.cast["officer"]
    people = {row["key"]: row for row in sheet("people")["people"]}
    now = stage.at("2020-01-22T10:00", "Le comité est nommé ; chaque dépositaire fait sa clé et la confirme")
    members: dict[str, Any] = {}
    for key in SEATS:
        row = people[key]
        member: Any = appoint_member(
            call=call,
            email=address_of(key),
            seat=row["seat"],
            organisation_name=row["organisation"],
            actor=officer,
            now=now,
        )
        members[key] = accept_seat(member=member, actor=stage.cast[key], now=now)
    holders = data["committee"]["key_holders"]
    call = name_key_holders(
        call=call, members=[members[key] for key in holders["of"]], quorum=holders["k"], actor=officer, now=now
    )
    for key in holders["of"]:
        make_key(call.key_holders.get(member=members[key]), actor=stage.cast[key], now=now)
    return Call.objects.get(pk=call.pk)


def have_approved(stage: Stage, call: Call) -> Call:
    """Send the draft to review; a second person approves it; the notice is written."""
    now = stage.at("2020-01-27T11:00", "Le brouillon part en relecture")
    call = send_to_review(call=call, actor=stage.cast["officer"], now=now)
    now = stage.at("2020-01-28T09:30", "Une seconde personne approuve ; les règles sont gelées")
    call = approve_call(call=call, actor=stage.cast["approver"], now=now)
    stage.settle()
    return call


def publish(stage: Stage, call: Call) -> Call:
    """Publish at the instant of the notice."""
    now = stage.at("2020-02-03T09:00", "L’avis est publié")
    call = publish_call(call=call, actor=stage.cast["officer"], now=now)
    stage.settle()
    return call
