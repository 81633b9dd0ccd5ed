"""The evaluation of the Grenoble call: E3 wins with 97.07 before E2 with 96.98."""

from dataclasses import replace
from decimal import Decimal

from procurement.letters.assessments import Assessment, Deviation, Interview, Sheet
from procurement.letters.evaluation_report import EvaluationReport
from procurement.letters.facts import Annex, Applicant, Mark
from procurement.letters.outcomes import EngineRun, Exclusion, PriceLine, Ranked
from procurement.letters.technical_report import TechnicalReport
from tests.procurement.letters import samples as s
from tests.procurement.letters.sample_reports import RECEIVED, REF, digest

RANKED_E3 = Ranked(
    applicant=s.E3,
    rank=1,
    technical=Decimal(79),
    technical_score=Decimal(7900) / Decimal(82),
    price=s.eur("11800.00"),
    financial_score=Decimal(100),
    combined=Decimal("0.80") * Decimal(7900) / Decimal(82) + 20,
)
RANKED_E2 = Ranked(
    applicant=s.E2,
    rank=2,
    technical=Decimal(82),
    technical_score=Decimal(100),
    price=s.eur("13900.00"),
    financial_score=Decimal(1180000) / Decimal(13900),
    combined=80 + Decimal("0.20") * Decimal(1180000) / Decimal(13900),
)


def _sheets(*totals: str, marks: tuple[tuple[Mark, ...], ...] = ()) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(evaluator=f"V{at + 1}", total=Decimal(total), marks=marks[at] if marks else ())
        for at, total in enumerate(totals)
    )


_SHEETS_E3 = (
    s.marks("8", "12", "8", "12", "13", "5", "12", "8", commented=False),
    s.marks("8", "13", "7", "12", "12", "8", "13", "8", commented=False),
    s.marks("9", "11", "7", "13", "10", "9", "11", "8", commented=False),
)
_SHEETS_E2 = (
    s.marks("8", "13", "8", "13", "12", "8", "12", "8", commented=False),
    s.marks("9", "12", "8", "13", "12", "8", "12", "8", commented=False),
    s.marks("8.5", "12.5", "8", "13", "12", "8", "12", "8", commented=False),
)


def _assessment(applicant: Applicant, marks: tuple[Mark, ...], total: str, *sheets: Sheet) -> Assessment:
    return Assessment(
        applicant=applicant, marks=marks, total=Decimal(total), passed=Decimal(total) >= 75, sheets=sheets
    )


EXCLUSIONS = (
    Exclusion(
        applicant=s.E5,
        outcome="over_ceiling",
        reason="Dépasse de 600,00 € le plafond contraignant de 14 000,00 €.",
        technical=Decimal(80),
        price=s.eur("14600.00"),
        price_opened=True,
    ),
    Exclusion(
        applicant=s.E4,
        outcome="below_threshold",
        reason="71,00 pour un seuil de 75 ; l’enveloppe financière reste scellée.",
        technical=Decimal(71),
    ),
    Exclusion(applicant=s.E1, outcome="late", reason="Reçue le 12 mars 2020 à 17 h 00 min 40 s."),
)

EVALUATION = EvaluationReport(
    call=s.CALL,
    number=f"{REF}/RAPPORT-1",
    issued_at=s.at(26, 10),
    procedure="Procédure ouverte, deux enveloppes",
    method=s.METHOD,
    criteria=s.CRITERIA,
    committee=s.COMMITTEE,
    committee_changes=("Aucun membre n’a déclaré de conflit d’intérêts.",),
    deviations=(
        Deviation(
            rule="Délai de suspension",
            value="10 jours francs",
            reason="Appliqué de façon volontaire, le montant étant sous le seuil où il est obligatoire.",
        ),
    ),
    received=RECEIVED,
    compliance="Une demande de complément a été adressée à E3, qui y a répondu dans le délai.",
    assessments=(
        replace(
            _assessment(s.E2, s.MARKS_E2, "82.00", *_sheets("82", "82", "82", marks=_SHEETS_E2)),
            strengths="Expérience longue et directement comparable.",
            weaknesses="Calendrier serré avant l’atelier.",
        ),
        replace(
            _assessment(s.E3, s.MARKS_E3, "79.00", *_sheets("78", "81", "78", marks=_SHEETS_E3)),
            strengths="Méthode claire, sources identifiées, équipe complète.",
            weaknesses="Peu de recul sur le contexte grenoblois.",
            consensus="C2c : écart de 4 points discuté, note ramenée à 7,50.",
        ),
        _assessment(s.E4, s.MARKS_E4, "71.00", *_sheets("70", "72", "71")),
        _assessment(s.E5, s.MARKS_E5, "80.00", *_sheets("79", "81", "80")),
    ),
    interviews=(
        Interview(applicant=s.E2, before=Decimal(74), held_at=s.at(23, 10)),
        Interview(applicant=s.E3, before=Decimal(71), held_at=s.at(23, 14, 30)),
    ),
    prices=(
        PriceLine(applicant=s.E2, offered=s.eur("13900.00")),
        PriceLine(
            applicant=s.E3,
            offered=s.eur("11800.00"),
            corrected=s.eur("11800.00"),
            correction="Total recopié sans report d’erreur.",
        ),
        PriceLine(applicant=s.E5, offered=s.eur("14600.00"), over_ceiling=True, remark="De 600,00 €."),
    ),
    ranking=(RANKED_E3, RANKED_E2),
    exclusions=EXCLUSIONS,
    recommended=s.E3,
    recommendation=("L’écart entre les deux premières candidatures est de 0,09 point ; il ne dépend d’aucun arrondi."),
    ceiling=s.CEILING,
    timeline=s.TIMELINE,
    engine=EngineRun(version="1.0", ran_at=s.at(25, 15, 2, 44), sha256=digest("calcul")),
    signatures=(
        s.signed(s.COMMITTEE[2]),
        s.signed(
            s.COMMITTEE[3],
            dissent="J’aurais retenu la note technique absolue ; je signe car la règle publiée est celle-ci.",
        ),
        replace(s.signed(s.COMMITTEE[4]), signed_at=None, sha256=""),
    ),
    annexes=(
        Annex(title="Procès-verbal d’ouverture des plis", reference="PV-1", sha256=digest("pv")),
        Annex(title="Grille de conformité administrative", reference="CONF-1", sha256=digest("conf")),
        Annex(title="Grilles d’évaluation individuelles (12)", reference="GRILLES"),
    ),
)

TECHNICAL = TechnicalReport(
    call=s.CALL,
    number=f"{REF}/RT-1",
    issued_at=s.at(25, 9),
    procedure=EVALUATION.procedure,
    method=s.METHOD,
    criteria=s.CRITERIA,
    committee=s.COMMITTEE,
    received=RECEIVED,
    assessments=EVALUATION.assessments,
    interviews=EVALUATION.interviews,
    signatures=EVALUATION.signatures,
)
