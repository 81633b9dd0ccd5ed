"""Opening, compliance, blind scoring, interviews, consensus, and the second opening."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procurement.actions.accept_items import accept_items
from procurement.actions.answer_completion import answer_completion
from procurement.actions.ask_completion import ask_completion
from procurement.actions.check_item import check_item
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.decide_compliance import decide_compliance
from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.hold_interviews import end_interviews, schedule_interview, start_interviews
from procurement.actions.open_financial import open_financial
from procurement.actions.open_technical import open_technical
from procurement.actions.save_mark import save_mark
from procurement.actions.sign_paper import sign_paper
from procurement.actions.sign_sheet import sign_sheet
from procurement.actions.sign_technical import sign_technical
from procurement.actions.start_compliance import start_compliance
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.start_session import start_session
from procurement.actions.write_consensus import save_consensus_mark, settle_consensus
from procurement.actions.write_technical_report import write_technical_report
from procurement.demo.applying import attach
from procurement.demo.cast import sheet
from procurement.demo.keys import release
from procurement.demo.stage import Stage
from procurement.enums import EnvelopeKind, PaperKind, SheetState, Verdict
from procurement.models import Application, Call, ScoreSheet
from workflow import clock

VOTING = ["V1", "V2", "V3"]


def close(stage: Stage, call: Call) -> Call:
    """Let the clock close the collection, as the tick does."""
    stage.at("2020-03-12T17:01:00", "L’horloge clôt la collecte")
    clock.tick()
    return Call.objects.get(pk=call.pk)


def open_first(stage: Stage, call: Call) -> Call:
    """Open the technical envelopes with a quorum of key holders."""
    now = stage.at("2020-03-13T10:00", "Le secrétaire ouvre la séance ; la présidente et V2 confirment leur présence")
    session = start_session(call=call, kind=EnvelopeKind.TECHNICAL, actor=stage.cast["secretary"], now=now)
    for key in ("chair", "V2", "observer"):
        confirm_presence(session=session, actor=stage.cast[key], now=now)
    now = stage.at("2020-03-13T10:08", "La présidente et V2 remettent leurs fragments de clé")
    hand_over(stage, call, ("chair", "V2"))
    now = stage.at("2020-03-13T10:12", "Le verrou du serveur répond : les plis techniques sont ouverts")
    call = open_technical(call=call, actor=stage.cast["secretary"], now=now)
    stage.settle()
    sign(stage, call, PaperKind.OPENING_REPORT, ["chair", "secretary"])
    return call


def hand_over(stage: Stage, call: Call, keys: tuple[str, ...]) -> None:
    """Have key holders release their pieces."""
    for key in keys:
        holder = call.key_holders.select_related("member", "call").get(member__user=stage.cast[key])
        release(holder, actor=stage.cast[key], now=stage.now)


def sign(stage: Stage, call: Call, kind: PaperKind, keys: list[str], dissent: dict[str, str] | None = None) -> None:
    """Have a paper signed by some of the committee."""
    paper = call.papers.filter(kind=kind).order_by("-number")[0]
    for key in keys:
        sign_paper(paper=paper, actor=stage.cast[key], now=stage.now, dissent=(dissent or {}).get(key, ""))


def declare(stage: Stage, call: Call) -> Call:
    """Everybody declares impartiality for the list; the compliance check begins."""
    now = stage.at("2020-03-13T15:00", "Chaque membre déclare son impartialité pour cette liste")
    for key in ["chair", "secretary", *VOTING, "observer"]:
        declare_impartiality(call=call, actor=stage.cast[key], now=now)
    now = stage.at("2020-03-16T10:00", "L’examen de conformité commence")
    return start_compliance(call=call, actor=stage.cast["chair"], now=now)


def check(stage: Stage, call: Call) -> Call:
    """Ask E3 for the missing declaration, receive it, find four files compliant."""
    secretary = stage.cast["secretary"]
    now = stage.at("2020-03-16T11:00", "La déclaration A5 d’E3 manque : une demande de complément part, 48 heures")
    third = call.applications.get(label="E3")
    wanted = call.requirements.filter(code="A5")
    ask_completion(
        application=third,
        requirements=list(wanted),
        message="Merci de joindre la déclaration sur l’honneur signée.",
        actor=secretary,
        now=now,
    )
    stage.settle()
    now = stage.at("2020-03-17T09:30", "E3 complète son dossier")
    request = Application.objects.get(pk=third.pk).completion_request
    attach(third, wanted[0], "Samir Khelifi", actor=stage.cast["E3"], now=now, completion=request)
    answer_completion(application=request.application, actor=stage.cast["E3"], now=now)
    now = stage.at("2020-03-18T10:30", "Quatre dossiers sont conformes")
    check_item(item=third.compliance_items.get(requirement__code="A5"), verdict=Verdict.OK, actor=secretary, now=now)
    for application in call.applications.filter(state="opened"):
        accept_items(application=application, actor=secretary, now=now)
        decide_compliance(application=application, compliant=True, actor=secretary, now=now)
    return call


def hand_out(stage: Stage, call: Call) -> Call:
    """Give the sheets to the evaluators."""
    now = stage.at("2020-03-18T11:00", "Les grilles sont remises aux évaluateurs")
    call = start_evaluation(call=call, actor=stage.cast["chair"], now=now)
    stage.settle()
    return call


def mark(
    stage: Stage, call: Call, moment: str, text: str, *, keys: list[str] | None = None, signing: bool = True
) -> Call:
    """Fill, and sign, the sheets of the present stage."""
    now = stage.at(moment, text)
    open_sheets = ScoreSheet.objects.filter(call=call, state=SheetState.DRAFT).select_related(
        "member", "application", "call"
    )
    for score_sheet in open_sheets.filter(member__label__in=keys or VOTING):
        fill(score_sheet, actor=stage.cast[score_sheet.member.label], now=now)
        if signing:
            sign_sheet(sheet=score_sheet, actor=stage.cast[score_sheet.member.label], now=now)
    return Call.objects.get(pk=call.pk)


def fill(score_sheet: ScoreSheet, *, actor: Any, now: Any) -> None:
    """Write the marks of the data on one sheet, with their comments."""
    data = sheet("people")
    row = data["marks"][score_sheet.application.label][score_sheet.member.label]
    by_code = dict(zip(data["comments"], row, strict=True))
    for criterion in score_sheet.call.criteria.filter(parts=None, stage=score_sheet.stage):
        save_mark(
            sheet=score_sheet,
            criterion=criterion,
            mark=Decimal(by_code[criterion.code]),
            comment=data["comments"][criterion.code],
            actor=actor,
            now=now,
        )


def interview(stage: Stage, call: Call) -> Call:
    """Hold the interviews of those invited and mark them."""
    now = stage.at("2020-03-20T18:30", "Les quatre candidatures dépassent 60 points sur dossier : entretiens")
    call = start_interviews(call=call, actor=stage.cast["chair"], now=now)
    for hour, application in enumerate(call.applications.filter(invited=True), start=9):
        schedule_interview(
            application=application,
            takes_place_at=stage.instant(f"2020-03-23T{hour:02}:00"),
            place="Visioconférence",
            actor=stage.cast["secretary"],
            now=now,
        )
    stage.settle()
    call = mark(stage, call, "2020-03-24T16:00", "Les entretiens sont notés")
    now = stage.at("2020-03-24T17:00", "Le comité revient au consensus")
    return end_interviews(call=call, actor=stage.cast["chair"], now=now)


def agree(stage: Stage, call: Call) -> Call:
    """Write the consensus on each application and settle it."""
    data, chair = sheet("people"), stage.cast["chair"]
    now = stage.at("2020-03-24T17:30", "La présidente consigne le consensus ; les grilles restent")
    for application in call.applications.filter(state="compliant").select_related("consensus"):
        agreed = dict(zip(data["comments"], data["marks"][application.label]["consensus"], strict=True))
        for criterion in call.criteria.filter(parts=None):
            save_consensus_mark(
                consensus=application.consensus,
                criterion=criterion,
                mark=Decimal(str(agreed[criterion.code])),
                reason=data["reasons"].get(application.label, {}).get(criterion.code, ""),
                actor=chair,
                now=now,
            )
        settle_consensus(consensus=application.consensus, actor=chair, now=now)
    return call


def report(stage: Stage, call: Call) -> Call:
    """Write and sign the technical report; the threshold separates."""
    now = stage.at("2020-03-25T09:00", "Le rapport technique est rédigé")
    write_technical_report(call=call, actor=stage.cast["secretary"], now=now)
    stage.settle()
    stage.at("2020-03-25T10:00", "Les trois évaluateurs signent le rapport technique")
    sign(stage, call, PaperKind.TECHNICAL_REPORT, VOTING)
    call = sign_technical(call=call, actor=stage.cast["chair"], now=stage.now)
    for label, mark_ in call.applications.exclude(technical_mark=None).values_list("label", "technical_mark"):
        stage.say(f"                     {label} {mark_:.2f}")
    return call


def open_second(stage: Stage, call: Call) -> Call:
    """Open the prices of those above the threshold; E4’s stays closed for ever."""
    now = stage.at("2020-03-25T14:00", "Seconde ouverture : les prix d’E2, E3 et E5 seulement")
    session = start_session(call=call, kind=EnvelopeKind.FINANCIAL, actor=stage.cast["secretary"], now=now)
    for key in ("V1", "V2"):
        confirm_presence(session=session, actor=stage.cast[key], now=now)
    hand_over(stage, call, ("V1", "V2"))
    call = open_financial(call=call, actor=stage.cast["secretary"], now=now)
    stage.settle()
    return call
