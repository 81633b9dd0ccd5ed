"""The reports of the Grenoble call: receipt, opening, compliance, sheets, evaluation, archive."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from procurement.letters.archive_index import ArchiveIndex, Filed
from procurement.letters.compliance_grid import (
    CompletionRequest,
    ComplianceGrid,
    ComplianceItem,
    ComplianceLine,
)
from procurement.letters.declaration import Declaration
from procurement.letters.forms_given import Form, FormsGiven, Line
from procurement.letters.opening_report import Attendance, Opened, OpeningReport
from procurement.letters.outcomes import Reception
from procurement.letters.receipt import Receipt, ReceivedFile
from procurement.letters.recovery_sheet import RecoverySheet
from procurement.letters.score_sheet import ScoreSheet
from tests.procurement.letters import samples as s

REF = s.CALL.reference


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _file(requirement: str, filename: str, size: int) -> ReceivedFile:
    return ReceivedFile(
        requirement=requirement,
        envelope="financial" if requirement.startswith("B") else "technical",
        filename=filename,
        size=size,
        sha256=digest(filename),
    )


RECEIPT = Receipt(
    call=s.CALL,
    number=f"{REF}/AR-7F3C-91KD",
    issued_at=s.at(11, 14, 7, 31),
    applicant=s.E2,
    receipt_number="AR-7F3C-91KD",
    received_at=s.at(11, 14, 7, 31).replace(microsecond=482000),
    deadline=s.at(12, 17),
    notice_version=2,
    opening_at=s.at(13, 10),
    replaces="votre dépôt AR-2B08-44TN, retiré par vous le 10 mars 2020 à 18 h 20",
    digest=digest("tout"),
    next_steps=("13 mars : ouverture des plis", "23 et 24 mars : entretiens", "31 mars : décision"),
    files=(
        _file("A1", "lettre.pdf", 210_000),
        _file("A2", "cv-europass.pdf", 620_000),
        _file("A3", "note-methodologique.pdf", 10_200_000),
        _file("A4", "references.pdf", 3_100_000),
        _file("A5, A6", "declarations.pdf", 98_000),
        _file("A7", "identite.pdf", 904_000),
        _file("B1", "offre-financiere.pdf", 120_000),
    ),
)

FORMS = FormsGiven(
    call=s.CALL,
    number=f"{REF}/AR-7F3C-91KD",
    issued_at=s.at(11, 14, 7, 31),
    applicant=s.E2,
    receipt_number="AR-7F3C-91KD",
    submitted_at=s.at(11, 14, 7, 31),
    forms=(
        Form(title="Enveloppe technique : Identité", lines=(Line(label="Nom", text=s.E2.name),)),
        Form(title="Enveloppe financière : Prix", lines=(Line(label="Jours", text="40"),)),
    ),
)

RECOVERY = RecoverySheet(
    call=s.CALL,
    number=f"{REF}/KEY-V1",
    issued_at=s.at(2, 10),
    holder=s.COMMITTEE[2].name,
    fingerprint=digest("clé"),
    quorum=3,
    holders=5,
    deadline=s.at(12, 17),
)

DECLARATION = Declaration(
    call=s.CALL,
    number=f"{REF}/DECL-V1",
    issued_at=s.at(13, 11),
    member=s.COMMITTEE[2],
    applicants=(s.E2, s.E3, s.E4, s.E5),
    list_sha256=digest("liste"),
    signature=s.signed(s.COMMITTEE[2]),
)

RECEIVED = (
    Reception(
        applicant=s.E1,
        received_at=s.at(12, 17, 0, 40),
        outcome="late",
        reason="Reçue 40 secondes après la date limite.",
    ),
    Reception(applicant=s.E2, received_at=s.at(11, 14, 7, 31), outcome="ranked"),
    Reception(
        applicant=s.E3,
        received_at=s.at(12, 9, 41, 2),
        outcome="winner",
        reason="Complétée le 17 mars, dans le délai de la demande.",
    ),
    Reception(applicant=s.E4, received_at=s.at(12, 11, 20, 13), outcome="below_threshold", reason="71,00 sur 100."),
    Reception(applicant=s.E5, received_at=s.at(12, 16, 58, 9), outcome="over_ceiling", reason="14 600,00 € HT."),
)

OPENING = OpeningReport(
    call=s.CALL,
    number=f"{REF}/PV-1",
    issued_at=s.at(13, 10, 42),
    envelope="technical",
    started_at=s.at(13, 10, 2, 15),
    closed_at=s.at(13, 10, 40),
    place="Barcelone et à distance",
    needed=2,
    holders=4,
    attendance=(
        Attendance(member=s.COMMITTEE[0], confirmed_at=s.at(13, 10, 1, 12)),
        Attendance(member=s.COMMITTEE[1], confirmed_at=s.at(13, 10, 1, 58)),
        Attendance(member=s.COMMITTEE[5]),
    ),
    committee=s.COMMITTEE,
    timeline=s.TIMELINE[:5],
    opened=tuple(Opened(reception=one) for one in RECEIVED[1:]),
    left_sealed=(
        RECEIVED[0],
        Reception(
            applicant=s.E2,
            received_at=s.at(9, 18, 3, 44),
            outcome="withdrawn",
            reason="Retirée le 10 mars 2020 à 18 h 20, remplacée par le dépôt du 11 mars.",
        ),
    ),
    minutes=(
        "La secrétaire ouvre la séance ; deux dépositaires de clé confirment leur présence.\n\nLa liste des "
        "candidatures est lue. Les enveloppes financières restent scellées."
    ),
    root=digest("racine"),
    conclusion="Quatre candidatures sont transmises à l’examen de conformité.",
    signatures=(
        s.SIGNATORY_CHAIR,
        s.SIGNATORY_SECRETARY,
    ),
)


def _items(**found: str) -> tuple[ComplianceItem, ...]:
    return tuple(
        ComplianceItem(requirement=one.code, state=found.get(one.code, "present"))  # type: ignore[arg-type]
        for one in s.REQUIREMENTS
        if one.envelope == "technical"
    )


COMPLIANCE = ComplianceGrid(
    call=s.CALL,
    number=f"{REF}/CONF-1",
    issued_at=s.at(18, 12),
    requirements=s.REQUIREMENTS[:7],
    checked_by="Jordi Pons, secrétaire",
    checked_at=s.at(18, 11, 30),
    lines=(
        ComplianceLine(applicant=s.E2, items=_items(), compliant=True),
        ComplianceLine(
            applicant=s.E3,
            items=_items(A6="completed"),
            compliant=True,
            reason="Déclaration reçue dans le délai de la demande.",
            request=CompletionRequest(
                asked="Déclaration d’exclusivité et de disponibilité (A6), absente du dossier.",
                asked_at=s.at(16, 12),
                due_at=s.at(18, 12),
                answered_at=s.at(17, 9, 15),
            ),
        ),
        ComplianceLine(applicant=s.E4, items=_items(), compliant=True),
        ComplianceLine(
            applicant=s.E5,
            items=(
                *_items()[:3],
                ComplianceItem(requirement="A4", state="present", remark="Un seul rapport est public."),
                *_items()[4:],
            ),
            compliant=True,
        ),
    ),
    signatures=(s.SIGNATORY_CHAIR, s.SIGNATORY_SECRETARY),
)

SHEET = ScoreSheet(
    call=s.CALL,
    number=f"{REF}/GRILLE-V1-E3",
    issued_at=s.at(20, 16),
    evaluator=s.COMMITTEE[2],
    applicant=s.E3,
    criteria=s.CRITERIA,
    marks=s.marks("8", "12", "8", "12", "13", "5", "12", "8"),
    total=Decimal(78),
    strengths="Méthode claire, sources identifiées.",
    weaknesses="Peu de recul sur le contexte grenoblois.",
    signature=s.signed(s.COMMITTEE[2]),
)

ARCHIVE = ArchiveIndex(
    call=s.CALL,
    number=f"{REF}/BORDEREAU",
    issued_at=s.at(20, 12, month=4),
    closed_at=s.at(20, 11, month=4),
    documents=tuple(
        Filed(
            title=title,
            filename=f"{name}.docx",
            sha256=digest(name),
            dated_at=s.at(day),
            version=version,
            size=64_000 + 1_731 * day,
            keep_until=date(2027, 4, 20),
            deleted_on=date(2025, 4, 21) if name == "cv-e4" else None,
            sealed=name == "enveloppe-financiere-e4",
        )
        for title, name, day, version in (
            ("Avis d’appel", "avis", 2, 2),
            ("Procès-verbal d’ouverture des plis", "pv-1", 13, 1),
            ("Grille de conformité administrative", "conf-1", 18, 1),
            ("CV de la candidature E4", "cv-e4", 12, 1),
            ("Enveloppe financière de la candidature E4", "enveloppe-financiere-e4", 12, 1),
            ("Rapport d’évaluation", "rapport-1", 26, 1),
        )
    ),
    rules=("Sept ans après le paiement final pour les pièces de la procédure.",),
    log_sha256=digest("journal"),
)
