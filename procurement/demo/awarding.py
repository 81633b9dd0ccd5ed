"""Ranking, report, decision, letters, standstill, contract and archive."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from procurement.actions.approve_letter import approve_letter
from procurement.actions.archive_call import archive_call
from procurement.actions.decide_award import decide_award
from procurement.actions.draft_letters import draft_letters
from procurement.actions.propose_award import propose_award
from procurement.actions.rank_applications import rank_applications
from procurement.actions.record_contract import record_contract
from procurement.actions.send_letters import send_letters
from procurement.actions.write_archive_index import write_archive_index
from procurement.actions.write_evaluation_report import write_evaluation_report
from procurement.demo.files import make_pdf
from procurement.demo.judging import VOTING, sign
from procurement.demo.stage import Stage
from procurement.enums import PaperKind
from procurement.models import Call
from workflow import clock, storage


def rank(stage: Stage, call: Call) -> Call:
    """Run the engine; E5 is above the ceiling; E3 comes before E2 by nine hundredths."""
    now = stage.at("2020-03-25T15:02:44", "Le moteur classe")
    run = rank_applications(call=call, actor=stage.cast["secretary"], now=now)
    for line in run.result["ranking"]:
        stage.say(f"                     {line['rank']}. {line['ref']} {Decimal(line['combined']):.2f}")
    for line in run.result["excluded"]:
        stage.say(f"                     hors classement : {line['ref']} ({line['reason']})")
    return Call.objects.get(pk=call.pk)


def propose(stage: Stage, call: Call) -> Call:
    """Write the evaluation report, sign it, propose the first."""
    now = stage.at("2020-03-26T10:00", "Le rapport d’évaluation est rédigé")
    write_evaluation_report(call=call, actor=stage.cast["secretary"], now=now)
    stage.settle()
    stage.at("2020-03-26T14:00", "Signatures ; V1 signe avec une réserve, consignée")
    dissent = {"V1": "L’écart de neuf centièmes tient à la règle de prix publiée ; je l’aurais voulue linéaire."}
    sign(stage, call, PaperKind.EVALUATION_REPORT, VOTING, dissent)
    return propose_award(call=call, actor=stage.cast["chair"], now=stage.now)


def decide(stage: Stage, call: Call) -> Call:
    """The authority decides."""
    now = stage.at("2020-03-31T11:00", "L’autorité décide d’attribuer le marché à E3")
    decide_award(
        call=call,
        reasons="L’offre classée première selon les règles publiées de l’appel.",
        actor=stage.cast["authority"],
        now=now,
    )
    stage.settle()
    return Call.objects.get(pk=call.pk)


def notify(stage: Stage, call: Call) -> Call:
    """Draft the letters, read them, send them all; the standstill begins."""
    officer = stage.cast["officer"]
    now = stage.at("2020-03-31T11:30", "Une lettre par candidature, en brouillon, relue une à une")
    draft_letters(call=call, actor=officer, now=now)
    for letter in call.letters.filter(state="draft"):
        approve_letter(letter=letter, actor=officer, now=now)
    now = stage.at("2020-03-31T12:00", "Les lettres partent ensemble ; le délai de suspension court")
    call = send_letters(call=call, actor=officer, now=now)
    stage.settle()
    return Call.objects.get(pk=call.pk)


def finish_standstill(stage: Stage, call: Call) -> Call:
    """Let ten full local days pass; the clock makes the award final."""
    stage.at("2020-04-11T00:00:05", "Le délai de suspension est écoulé : l’attribution est définitive")
    clock.tick()
    stage.settle()
    return Call.objects.get(pk=call.pk)


def contract(stage: Stage, call: Call) -> Call:
    """Record the signed contract."""
    now = stage.at("2020-04-20T10:00", "Le contrat signé est enregistré")
    content = make_pdf(title="Contrat de services", paragraphs=["Exemple de démonstration."])
    stored = storage.keep(content, name="contrat.pdf", media_type="application/pdf")
    signed_on = date(2020, 4, 20) + stage.shift
    record_contract(
        call=call, signed_on=signed_on, amount=Decimal("11800.00"), stored=stored, actor=stage.cast["officer"], now=now
    )
    return Call.objects.get(pk=call.pk)


def archive(stage: Stage, call: Call) -> Call:
    """Write the index of the file and archive it."""
    now = stage.at("2020-05-04T09:00", "Le bordereau du dossier est écrit")
    write_archive_index(call=call, actor=stage.cast["officer"], now=now)
    stage.settle()
    call = archive_call(call=call, actor=stage.cast["officer"], now=stage.now)
    stage.say("                     le dossier est archivé")
    return call
