"""The Grenoble call as the components want it."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from procurement.web.drawings.pictures import (
    Ranked,
    arrivals_picture,
    dots_key,
    dots_picture,
    ranking_picture,
    split_picture,
    timeline_picture,
)
from procurement.web.drawings.timeline import Period

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2020, 3, 10, 10, 42, 9, tzinfo=UTC)
DEADLINE = datetime(2020, 3, 12, 17, tzinfo=MADRID)
DIGEST = "36a1b13628e1c89ae5996eba38edad143d894d27e430c7b5d8a72b5357d8e6c5"
MARKS = {
    "C1a": ("10", "8 8 9", "8.3333", "8"),
    "C2b": ("15", "13 12 10", "11.6667", "11.5"),
    "C2c": ("10", "5 8 9", "7.3333", "7.5"),
    "C4": ("10", "8 8 8", "8", "8"),
}


def at(month: int, day: int, hour: int = 0) -> datetime:
    """Return an instant of 2020 in Madrid."""
    return datetime(2020, month, day, hour, tzinfo=MADRID)


PERIODS = [
    Period(label="Candidatures", start=at(2, 3, 9), end=DEADLINE, former=at(3, 5, 17)),
    Period(label="Questions", start=at(2, 3, 9), end=at(2, 20, 17)),
    Period(label="Réponses", start=at(2, 20, 17), end=at(2, 27, 17)),
    Period(label="Rectificatif n° 1", start=at(2, 24, 12)),
    Period(label="Ouverture des plis", start=at(3, 13, 10)),
    Period(label="Conformité et notation", start=at(3, 16, 10), end=at(3, 20, 18)),
    Period(label="Entretiens", start=at(3, 23), end=at(3, 24, 18)),
    Period(label="Offres financières", start=at(3, 25, 14)),
    Period(label="Décision", start=at(3, 31, 12)),
    Period(label="Délai de suspension", start=at(3, 31, 12), end=at(4, 11)),
    Period(label="Contrat", start=at(4, 20)),
]


def objection(code: str, sentence: str, url: str = "") -> SimpleNamespace:
    """Return what a guard says."""
    return SimpleNamespace(code=code, sentence=sentence, url=url)


def context() -> dict[str, Any]:
    """Return everything the look-book shows."""
    rows = [
        {
            "code": code,
            "maximum": Decimal(maximum),
            "dots": dots_picture(
                code=code,
                maximum=Decimal(maximum),
                marks=[(f"V{n}", Decimal(m)) for n, m in enumerate(marks.split(), 1)],
                mean=Decimal(mean),
                consensus=Decimal(consensus),
            ),
            "mean": Decimal(mean),
        }
        for code, (maximum, marks, mean, consensus) in MARKS.items()
    ]
    return {
        "now": NOW,
        "deadline": DEADLINE,
        "digest": DIGEST,
        "price": Decimal(14000),
        "title": {"fr": "Profil migratoire de la Ville de Grenoble", "en": "Migration profile of the City of Grenoble"},
        "only_french": {"fr": "Réunion de cadrage"},
        "split": split_picture(technical=Decimal("0.80")),
        "facts_line": ["before tax, costs included"],
        "steps": [
            {"label": "Publication", "when": "3 Feb.", "state": "done"},
            {"label": "Opening", "when": "13 March, 10:00", "state": "now"},
            {"label": "Decision", "when": "31 March", "state": ""},
        ],
        "tabs": [
            {"label": "E2, 82.00", "url": "#", "note": "signed"},
            {"label": "E3, 79.00", "url": "#", "current": True},
        ],
        "run": [{"label": "Calls", "url": "#"}, "UCLG-2020-MC2CM-004"],
        "objections": [
            objection("opening.too_early", "The opening is set for 10:00."),
            objection("opening.quorum", "A second key holder must be present.", "#keys"),
        ],
        "timeline": timeline_picture(periods=PERIODS, now=NOW, zone="Europe/Madrid"),
        "ranking": ranking_picture(
            ranked=[
                Ranked(
                    rank=1, name="E3", technical=Decimal("77.0732"), financial=Decimal(20), total=Decimal("97.0732")
                ),
                Ranked(
                    rank=2, name="E2", technical=Decimal(80), financial=Decimal("16.9784"), total=Decimal("96.9784")
                ),
            ]
        ),
        "arrivals": arrivals_picture(
            instants=[at(3, 11, 9), at(3, 12, 15), at(3, 12, 16), at(3, 12, 16), at(3, 12, 17)],
            deadline=DEADLINE,
            zone="Europe/Madrid",
        ),
        "evaluators": dots_key(["V1, UCLG", "V2, ICMPD", "V3, Grenoble"]),
        "rows": rows,
        "file": {"name": "note-methodologique.pdf", "size": 10_200_000, "received_at": NOW, "sha256": DIGEST},
    }
