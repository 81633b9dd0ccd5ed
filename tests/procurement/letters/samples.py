"""The Grenoble call as facts for the papers; people, marks, dates and amounts are invented."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from procurement.letters.facts import (
    Applicant,
    Authority,
    Call,
    Ceiling,
    Criterion,
    Mark,
    Member,
    Method,
    Milestone,
    Money,
    Requirement,
    Signature,
)

MADRID = ZoneInfo("Europe/Madrid")


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0, *, month: int = 3) -> datetime:
    """An instant of 2020 in Madrid."""
    return datetime(2020, month, day, hour, minute, second, tzinfo=MADRID)


def eur(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR", tax="excluded")


AUTHORITY = Authority(
    name="Cités et Gouvernements Locaux Unis (CGLU)",
    city="Barcelone",
    address=("Carrer Avinyó 15", "08002"),
    email="marches@exemple.org",
    website="www.exemple.org",
)
CALL = Call(
    reference="UCLG-2020-MC2CM-004",
    title=(
        "Appel d’offres pour le recrutement d’un(e) expert(e) chargé(e) d’élaborer le profil migratoire de la "
        "Ville de Grenoble"
    ),
    authority=AUTHORITY,
    language="fr",
    timezone="Europe/Madrid",
    programme="MC2CM, Migration de ville à ville en Méditerranée, phase II",
    funder="Union européenne",
)
ENGLISH = Call(
    reference="UCLG-2020-MC2CM-004",
    title="Call for tenders to recruit an expert to draw up the migration profile of the City of Grenoble",
    authority=Authority(
        name="United Cities and Local Governments (UCLG)",
        city="Barcelona",
        address=("Carrer Avinyó 15", "08002"),
        email="procurement@example.org",
        website="www.example.org",
    ),
    language="en",
    timezone="Europe/Madrid",
    programme="MC2CM, Mediterranean City-to-City Migration, phase II",
    funder="European Union",
)


def _half(code: str, title: str, maximum: str, *children: Criterion, **more: object) -> Criterion:
    return Criterion(
        code=code,
        title=title,
        maximum=Decimal(maximum),
        minimum=Decimal(maximum) / 2,
        children=children,
        **more,  # type: ignore[arg-type]
    )


CRITERIA = (
    _half(
        "C1",
        "Compréhension et méthodologie",
        "35",
        _half("C1a", "Compréhension du mandat", "10"),
        _half("C1b", "Méthode et données", "15"),
        _half("C1c", "Calendrier et qualité", "10"),
    ),
    _half(
        "C2",
        "Expérience",
        "40",
        _half("C2a", "Migrations", "15"),
        _half("C2b", "Diagnostics territoriaux comparables", "15"),
        _half("C2c", "Contexte grenoblois ou français", "10"),
    ),
    _half("C3", "Qualifications et langues", "15"),
    _half("C4", "Entretien", "10", interview=True, invited_from=Decimal(60)),
)
LEAVES = ("C1a", "C1b", "C1c", "C2a", "C2b", "C2c", "C3", "C4")
METHOD = Method(
    name="prag",
    technical_weight=Decimal("0.80"),
    financial_weight=Decimal("0.20"),
    threshold=Decimal(75),
    normalise="best",
    tie_break=("technical", "C1", "lots"),
)
CEILING = Ceiling(price=eur("14000.00"), mode="public_binding", person_days=Decimal(40))
REQUIREMENTS = (
    Requirement(code="A1", title="Lettre de motivation (1 page)", envelope="technical"),
    Requirement(code="A2", title="CV signé (modèle Europass)", envelope="technical", formats=("pdf", "docx")),
    Requirement(
        code="A3",
        title="Note méthodologique (8 pages au plus) et calendrier",
        envelope="technical",
        formats=("pdf", "docx"),
    ),
    Requirement(code="A4", title="Deux références ou exemples de travaux", envelope="technical"),
    Requirement(code="A5", title="Déclaration sur l’honneur (exclusion)", envelope="technical"),
    Requirement(code="A6", title="Déclaration d’exclusivité et de disponibilité", envelope="technical"),
    Requirement(code="A7", title="Justificatif d’identité ou de statut", envelope="technical", personal=True),
    Requirement(code="B1", title="Offre financière signée (jours × taux + frais)", envelope="financial"),
)
TIMELINE = (
    Milestone(label="Publication", starts_at=at(3, 9, month=2)),
    Milestone(label="Fin des questions", starts_at=at(20, 17, month=2)),
    Milestone(label="Publication des réponses", starts_at=at(27, 17, month=2)),
    Milestone(label="Date limite de dépôt", starts_at=at(12, 17)),
    Milestone(label="Ouverture des enveloppes techniques", starts_at=at(13, 10)),
    Milestone(label="Conformité administrative", starts_at=at(16, 10)),
    Milestone(label="Entretiens", starts_at=at(23), ends_at=at(24), whole_day=True),
    Milestone(label="Ouverture des enveloppes financières", starts_at=at(25, 14)),
    Milestone(label="Décision", starts_at=at(31, 12)),
    Milestone(label="Contrat", starts_at=at(20, month=4), whole_day=True),
)
COMMITTEE = (
    Member(name="Marta Vidal", organisation="CGLU", role="chair"),
    Member(name="Jordi Pons", organisation="CGLU", role="secretary"),
    Member(label="V1", name="Inès Aroca", organisation="CGLU", role="evaluator", voting=True),
    Member(label="V2", name="Tomas Lindqvist", organisation="ICMPD", role="evaluator", voting=True),
    Member(label="V3", name="Claire Besson", organisation="Ville de Grenoble", role="evaluator", voting=True),
    Member(name="Samir Haddad", organisation="ONU-Habitat", role="observer"),
)
E1 = Applicant(label="E1", name="Paul Gervais")
E2 = Applicant(
    label="E2", name="Nadia Ferhat", address=("12 rue des Alpes", "38000 Grenoble"), email="n.ferhat@exemple.org"
)
E3 = Applicant(
    label="E3",
    name="Atelier Isère Études SARL",
    represented_by="Lucie Morand",
    address=("4 place Victor-Hugo", "38000 Grenoble"),
    email="contact@exemple.fr",
)
E4 = Applicant(label="E4", name="Hugo Trémaux", email="h.tremaux@exemple.org")
E5 = Applicant(label="E5", name="Conseil Méditerranée SAS", represented_by="Anne Roux")
COMMENTS = (
    "Le mandat est bien compris ; les attentes du groupe de parties prenantes sont citées.",
    "Sources statistiques complètes ; l’accès aux données de l’OFII reste à négocier.",
    "Calendrier réaliste, peu de marge avant l’atelier de restitution.",
    "Huit ans d’expérience sur les politiques d’accueil.",
    "Deux diagnostics comparables, dont un dans une métropole de même taille.",
    "Bonne connaissance des services de la métropole.",
    "Master en géographie ; français et anglais confirmés.",
    "Réponses précises, aisance dans la conduite d’atelier.",
)


def marks(*figures: str, commented: bool = True) -> tuple[Mark, ...]:
    """Marks for the eight leaves, in order."""
    return tuple(
        Mark(code=code, mark=Decimal(figure), comment=comment if commented else "")
        for code, figure, comment in zip(LEAVES, figures, COMMENTS, strict=False)
    )


MARKS_E2 = marks("8.5", "12.5", "8", "13", "12", "8", "12", "8")
MARKS_E3 = marks("8", "12", "7.5", "12.5", "11.5", "7.5", "12", "8")
MARKS_E4 = marks("7", "10.5", "7", "11", "10.5", "7", "11", "7")
MARKS_E5 = marks("8", "12.5", "7.5", "12.5", "12", "7.5", "12", "8")


def signed(member: Member, *, dissent: str = "") -> Signature:
    """A signature recorded in the application."""
    return Signature(
        name=member.name,
        title="Évaluateur(trice)",
        organisation=member.organisation,
        signed_at=at(26, 11, 4, 9),
        sha256="eed603810b2f4c7d" * 4,
        dissent=dissent,
    )


SIGNATORY = Signature(name="Emilia Sáiz", title="Secrétaire générale", organisation="CGLU")
REMEDIES = (
    "Un recours gracieux peut être formé auprès du pouvoir adjudicateur dans les dix jours qui suivent la "
    "réception de la lettre.\n\nUn recours peut ensuite être porté devant le tribunal compétent de Barcelone."
)
SIGNATORY_CHAIR = Signature(name="Marta Vidal", title="Présidente du comité", organisation="CGLU")
SIGNATORY_SECRETARY = Signature(name="Jordi Pons", title="Secrétaire du comité", organisation="CGLU")
