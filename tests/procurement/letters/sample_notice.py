"""The notice of the Grenoble call, version 2."""

from decimal import Decimal

from procurement.letters.notice import Deliverable, Notice, Section
from tests.procurement.letters import samples as s

NOTICE = Notice(
    call=s.CALL,
    number="UCLG-2020-MC2CM-004/AVIS-2",
    issued_at=s.at(24, 12, month=2),
    version=2,
    procedure="Procédure ouverte, deux enveloppes",
    deadline=s.at(12, 17),
    method=s.METHOD,
    criteria=s.CRITERIA,
    requirements=s.REQUIREMENTS,
    timeline=s.TIMELINE,
    ceiling=s.CEILING,
    cpv="79315000-5 Services de recherche sociale",
    eligibility="Toute personne physique ou morale, sans condition de nationalité.",
    submission_address="https://appel.exemple.org/fr/appels/UCLG-2020-MC2CM-004",
    languages=("français",),
    validity_days=90,
    questions_until=s.at(20, 17, month=2),
    answers_until=s.at(27, 17, month=2),
    opening_at=s.at(13, 10),
    standstill_days=10,
    example=(
        "deux candidatures en lice, notes techniques 82 et 79, prix 13 900 € et 11 800 €. Scores techniques 100,00 et "
        "96,34 ; scores financiers 84,89 et 100,00 ; totaux 96,98 et 97,07 : la seconde est retenue."
    ),
    remedies=s.REMEDIES,
    data_protection="Les pièces des candidatures non retenues sont supprimées cinq ans après l’attribution.",
    changes="Rectificatif 1 du 24 février 2020 : nouvelle liste d’annexes, date limite reportée au 12 mars.",
    sections=(
        Section(
            title="Contexte",
            text=(
                "Membre de MC2CM depuis décembre 2019, la Ville de Grenoble prépare depuis quatre ans une carte de "
                "citoyenneté ouverte à tous et associe les résidents étrangers à ses instances participatives. Elle a "
                "besoin d’un profil migratoire qui donne à cette politique, fondée sur les droits, une base factuelle "
                "commune."
            ),
        ),
        Section(
            title="Tâches",
            text="La personne retenue réalise les tâches suivantes :",
            items=(
                "Réunion de cadrage avec le point focal et le groupe de parties prenantes",
                "Revue documentaire et statistique",
                "Entretiens semi-directifs (15 au moins)",
                "Cartographie des acteurs et des services",
                "Rédaction selon le modèle MC2CM",
                "Atelier de restitution",
                "Projet de document de priorités de la ville",
            ),
        ),
        Section(title="Profil", text="Sept ans d’expérience au moins ; « bonne » maîtrise du français : niveau C2."),
    ),
    deliverables=(
        Deliverable(code="L1", title="Note de cadrage (5 pages)", due="semaine 3", payment=Decimal("0.20")),
        Deliverable(
            code="L2", title="Version provisoire (environ 35 pages)", due="semaine 14", payment=Decimal("0.30")
        ),
        Deliverable(code="L3", title="Atelier de restitution et procès-verbal", due="semaine 18", payment=Decimal(0)),
        Deliverable(
            code="L4",
            title="Profil final (environ 35 pages) et résumé exécutif de 4 pages FR/EN",
            due="semaine 22",
            payment=Decimal("0.30"),
        ),
        Deliverable(
            code="L5",
            title="Document de priorités de la ville (8 à 10 pages)",
            due="semaine 26",
            payment=Decimal("0.20"),
        ),
    ),
)
