"""The decision, letters and closing notices of the Grenoble call."""

from datetime import datetime
from typing import Any

from procurement.letters.award_decision import AwardDecision
from procurement.letters.award_notice import AwardNotice
from procurement.letters.cancellation_notice import CancellationNotice
from procurement.letters.compliance_grid import CompletionRequest
from procurement.letters.contract_notice import ContractNotice
from procurement.letters.facts import Annex, Applicant, Standstill
from procurement.letters.letter_award import AwardLetter
from procurement.letters.letter_below_threshold import BelowThresholdLetter
from procurement.letters.letter_cancelled import CancelledLetter
from procurement.letters.letter_completion import CompletionLetter
from procurement.letters.letter_excluded import ExcludedLetter
from procurement.letters.letter_late import LateLetter
from procurement.letters.letter_non_compliant import NonCompliantLetter
from procurement.letters.letter_over_ceiling import OverCeilingLetter
from procurement.letters.letter_unsuccessful import UnsuccessfulLetter
from tests.procurement.letters import samples as s
from tests.procurement.letters.sample_evaluation import EXCLUSIONS, RANKED_E2, RANKED_E3
from tests.procurement.letters.sample_reports import REF, digest

STANDSTILL = Standstill(days=10, ends_at=s.at(11, month=4))
ADVANTAGES = (
    "La candidature retenue propose une équipe de deux personnes, un plan d’entretiens plus large et un prix "
    "inférieur de 2 100,00 €."
)


def _letter(applicant: Applicant, name: str, *, issued_at: datetime | None = None) -> dict[str, Any]:
    return {
        "call": s.CALL,
        "number": f"{REF}/L-{name}",
        "issued_at": issued_at or s.at(31, 15),
        "applicant": applicant,
        "signatory": s.SIGNATORY,
        "remedies": s.REMEDIES,
        "sent_by": "Courrier électronique avec accusé de réception",
    }


DECISION = AwardDecision(
    call=s.CALL,
    number=f"{REF}/DECISION",
    issued_at=s.at(31, 12),
    winner=RANKED_E3,
    method=s.METHOD,
    ranking=(RANKED_E3, RANKED_E2),
    exclusions=EXCLUSIONS,
    grounds=(
        "Vu l’avis d’appel publié le 3 février 2020, version 2 du 24 février 2020 ;",
        "Vu le rapport d’évaluation du 26 mars 2020, signé par tous les membres du comité.",
    ),
    reasons="L’autorité fait siens les motifs du rapport.",
    conditions=("Le contrat est signé après réception des justificatifs fiscaux et sociaux.",),
    standstill_days=10,
    executed_by="Marta Vidal",
    remedies=s.REMEDIES,
    signatory=s.SIGNATORY,
    annexes=(Annex(title="Rapport d’évaluation", reference="RAPPORT-1", sha256=digest("rapport-1")),),
)
AWARD = AwardLetter(
    **_letter(s.E3, "E3"),
    own=RANKED_E3,
    method=s.METHOD,
    criteria=s.CRITERIA,
    marks=s.MARKS_E3,
    to_supply=("Attestation fiscale de moins de trois mois", "Attestation d’assurance professionnelle"),
    supply_by=s.at(9, 17, month=4),
    standstill=STANDSTILL,
    personal_note="Nous vous proposons une première réunion de cadrage dans la semaine du 20 avril.",
)
UNSUCCESSFUL = UnsuccessfulLetter(
    **_letter(s.E2, "E2"),
    own=RANKED_E2,
    winner=RANKED_E3,
    method=s.METHOD,
    criteria=s.CRITERIA,
    marks=s.MARKS_E2,
    advantages=ADVANTAGES,
    standstill=STANDSTILL,
    personal_note="La qualité de votre note méthodologique a été unanimement relevée par le comité.",
)
LATE = LateLetter(**_letter(s.E1, "E1"), received_at=s.at(12, 17, 0, 40), deadline=s.at(12, 17))
BELOW = BelowThresholdLetter(
    **_letter(s.E4, "E4"),
    total=EXCLUSIONS[1].technical or s.METHOD.technical_weight,
    threshold=s.METHOD.threshold or s.METHOD.technical_weight,
    method=s.METHOD,
    criteria=s.CRITERIA,
    marks=s.MARKS_E4,
    winner=RANKED_E3,
    standstill=STANDSTILL,
)
OVER = OverCeilingLetter(
    **_letter(s.E5, "E5"),
    price=s.eur("14600.00"),
    ceiling=s.CEILING.price,
    technical=EXCLUSIONS[0].technical or s.METHOD.technical_weight,
    method=s.METHOD,
    criteria=s.CRITERIA,
    marks=s.MARKS_E5,
    winner=RANKED_E3,
    standstill=STANDSTILL,
)
NON_COMPLIANT = NonCompliantLetter(
    **_letter(s.E3, "NC-E3"),
    faults=(s.REQUIREMENTS[5],),
    reason="La déclaration d’exclusivité et de disponibilité n’a pas été fournie.",
    ground="Avis d’appel, partie 5 : toutes les pièces sont exigées.",
    request=CompletionRequest(asked="A6", asked_at=s.at(16, 12), due_at=s.at(18, 12)),
)
EXCLUDED = ExcludedLetter(
    **_letter(s.E5, "EXCL-E5"),
    decided_at=s.at(26, 9),
    reason="Une déclaration inexacte figure dans le dossier.",
    unopened=True,
    standstill=STANDSTILL,
)
CANCELLED = CancelledLetter(
    **_letter(s.E2, "ANNUL-E2"),
    decided_at=s.at(31, 12),
    reason="Le programme a retiré le financement de l’étude.",
    next_steps="Un nouvel appel pourra être publié ; vous en serez averti(e) si vous y êtes abonné(e).",
)
COMPLETION = CompletionLetter(
    **_letter(s.E3, "COMPL-E3", issued_at=s.at(16, 12)),
    requirements=(s.REQUIREMENTS[5],),
    due_at=s.at(18, 12),
    asked="Merci de déposer la déclaration signée dans votre espace, rubrique « Compléter mon dossier ».",
)
AWARD_NOTICE = AwardNotice(
    call=s.CALL,
    number=f"{REF}/AVIS-ATTRIBUTION",
    issued_at=s.at(14, 9, month=4),
    contractor=s.E3,
    decided_at=s.at(31, 12),
    procedure="Procédure ouverte, deux enveloppes",
    method=s.METHOD,
    price=s.eur("11800.00"),
    winner=RANKED_E3,
    received=4,
    ranked=2,
    published_at=s.at(3, 9, month=2),
    standstill_ends_at=STANDSTILL.ends_at,
    cpv="79315000-5",
    remedies=s.REMEDIES,
)
CONTRACT = ContractNotice(
    call=s.CALL,
    number=f"{REF}/AVIS-CONTRAT",
    issued_at=s.at(21, 9, month=4),
    contractor=s.E3,
    price=s.eur("11800.00"),
    contract_reference="UCLG-2020-C-118",
    signed_at=s.at(20, month=4),
    starts_at=s.at(20, month=4),
    ends_at=s.at(19, month=10),
)
CANCELLATION = CancellationNotice(
    call=s.CALL,
    number=f"{REF}/ANNULATION",
    issued_at=s.at(31, 15),
    decided_at=s.at(31, 12),
    reason="Le programme a retiré le financement de l’étude.",
    remedies=s.REMEDIES,
    signatures=(s.SIGNATORY,),
)
