"""The same call, stopped at several stages around today: what a first start shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from procurement.actions.send_to_review import send_to_review
from procurement.demo import judging
from procurement.demo.cast import Cast, sheet
from procurement.demo.play import play
from procurement.demo.stage import Stage
from procurement.enums import PriceSealing
from procurement.models import Call
from workflow import clock


@dataclass(frozen=True)
class Seed:
    """A stage to stop at; `today` is the day of the data that becomes today."""

    number: int
    until: str
    today: str
    fr: str
    en: str
    price_sealing: str = ""


SEEDS = [
    Seed(1, "archived", "2020-05-11", "archivé", "archived"),
    Seed(2, "award_proposed", "2020-03-30", "attribution à décider", "award to decide"),
    Seed(3, "interviewed", "2020-03-25", "consensus à écrire", "consensus to write"),
    Seed(4, "evaluation", "2020-03-19", "grilles à remplir", "sheets to fill in"),
    Seed(5, "declared", "2020-03-17", "conformité à examiner", "compliance to check"),
    Seed(6, "closed", "2020-03-14", "plis à ouvrir", "envelopes to open"),
    Seed(7, "published", "2020-02-12", "candidatures ouvertes", "open for applications", PriceSealing.OFFERED),
    Seed(8, "review", "2020-01-29", "à approuver", "to approve"),
    Seed(9, "seated", "2020-01-24", "brouillon", "draft"),
]


def sow(seed: Seed, *, cast: Cast, today: date) -> Call:
    """Play the call up to a stage, with its dates moved so that the stage is today."""
    shift = today - date.fromisoformat(seed.today)
    data = sheet("grenoble")
    stage = Stage(
        cast=cast,
        shift=timedelta(days=shift.days),
        reference=f"UCLG-{today.year}-MC2CM-{seed.number:03}",
        title={"fr": f"{data['title']['fr']} [{seed.fr}]", "en": f"{data['title']['en']} [{seed.en}]"},
        price_sealing=seed.price_sealing,
    )
    if seed.until == "review":
        call = play(stage, until="seated")
        call = send_to_review(call=call, actor=cast["officer"], now=stage.at("2020-01-27T11:00"))
        stage.settle()
    else:
        call = play(stage, until=seed.until)
    if seed.until == "evaluation":
        call = judging.mark(stage, call, "2020-03-18T15:00", "", keys=["V1"])
        call = judging.mark(stage, call, "2020-03-18T17:00", "", keys=["V2"], signing=False)
        stage.settle()
    clock.set_right()
    return call
