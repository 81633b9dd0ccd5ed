"""`make surge`: prepares drafts, submits all of them in the last minute, and looks for every acknowledgement afterwards."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import django
from django.conf import settings
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from infra.bench import machine  # noqa: E402 - Django first
from infra.bench.scenes import pdf  # noqa: E402
from infra.bench.surge import comparison, scene  # noqa: E402
from infra.bench.surge.clients import Plan, Rush, receipts, rush, warm  # noqa: E402
from infra.bench.surge.drafts import Draft, prepared  # noqa: E402
from infra.bench.web import Serving, served  # noqa: E402
from infra.local import application, say  # noqa: E402

SENDING = 0.8  # of that time, files begin to be sent: one that arrives after the deadline is refused
WARM = 32  # pages asked for before
LEAD = 2.0  # seconds between the setting of the clock and the first click
MEGABYTE = 1024 * 1024


def main() -> int:
    """Play it, and return 0 when nothing is missing, doubled or misdated and everybody was answered."""
    asked = _asked()
    if not settings.DEBUG:  # else they are served from where they lie
        call_command("collectstatic", interactive=False, verbosity=0)
    say.line(f"{machine.description()}; {machine.busy():.0%} of the processors in use before it begins")
    with _step("the call, published, with the keys of its holders"):
        stage = scene.published(say=lambda text: None)
    count = round(asked.rate * asked.seconds) + asked.late + asked.uploads
    with _step(f"{count} drafts"):
        drafts = prepared(stage.call.reference, count, processes=asked.processes)
    with served(workers=asked.workers, threads=asked.threads, with_worker=True) as serving:
        seen, shift = _last_minute(stage, drafts, asked, serving)
        with _step("the signed receipts, fetched by their applicants"):
            signed = receipts(seen.acknowledged, port=serving.port)
        with _step("rows, events, mails and objects"):
            verdict = comparison.kept(stage.call, seen, signed, shift=shift)
        with _step("the opening, with a quorum of keys"):
            comparison.shown(scene.opened(stage), seen, verdict)
    return _tell(seen, verdict)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.bench.surge", description=__doc__)
    parser.add_argument("--rate", type=float, default=100.0, help="submissions in a second")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long, until the deadline")
    parser.add_argument("--late", type=int, default=50, help="more of them in the second after the deadline")
    parser.add_argument("--twice", type=float, default=0.05, help="share of the clicks that are double clicks")
    parser.add_argument("--uploads", type=int, default=100, help="files sent in that time")
    parser.add_argument("--megabytes", type=int, default=20, help="size of each of them")
    parser.add_argument("--processes", type=int, default=2, help="that write the drafts")
    parser.add_argument("--workers", type=int, default=application.WORKERS, help="processes of the web server")
    parser.add_argument("--threads", type=int, default=application.THREADS, help="threads in each of them")
    return parser.parse_args()


@contextmanager
def _step(title: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    say.line(f"  {title} ({time.monotonic() - begun:.1f} s)")


def _plan(drafts: list[Draft], asked: argparse.Namespace) -> Plan:
    """Say who clicks when: evenly until the deadline, some twice, some too late; files go to applications of their own."""
    chance = random.Random(2020)  # noqa: S311 - who is impatient is no secret
    senders, others = drafts[: asked.uploads], drafts[asked.uploads :]
    late = others[len(others) - asked.late :]
    clicks = [(LEAD + number / asked.rate, draft) for number, draft in enumerate(others[: len(others) - asked.late])]
    clicks += [entry for entry in clicks if chance.random() < asked.twice]
    clicks += [(LEAD + asked.seconds + chance.random(), draft) for draft in late]
    pause = SENDING * asked.seconds / max(asked.uploads, 1)
    uploads = [(LEAD + number * pause, draft) for number, draft in enumerate(senders)]
    return Plan(clicks, uploads, pdf(asked.megabytes * MEGABYTE))


def _last_minute(
    stage: scene.Scene, drafts: list[Draft], asked: argparse.Namespace, serving: Serving
) -> tuple[Rush, timedelta]:
    plan = _plan(drafts, asked)
    warm(drafts[-WARM:], port=serving.port)
    shift = scene.last_minute(stage, seconds=LEAD + asked.seconds)
    begun, before = time.monotonic(), machine.time_by_program(os.getppid())
    seen = rush(plan, port=serving.port)
    elapsed, after = time.monotonic() - begun, machine.time_by_program(os.getppid())
    used = {name: seconds - before.get(name, 0.0) for name, seconds in after.items()}
    requests = max(len(seen.receipts), 1)
    shares = ", ".join(f"{name} {1000 * one / requests:.1f}" for name, one in sorted(used.items()))
    say.line(
        f"  the last minute ({elapsed:.1f} s): {1000 * sum(used.values()) / requests:.1f} ms of processor for each "
        f"acknowledgement, uploads of {len(seen.uploaded)} files among them: {shares}"
    )
    return seen, shift


def _tell(seen: Rush, verdict: comparison.Verdict) -> int:
    for sentence in (seen.refused + verdict.faults)[:20]:
        say.line(f"  ✗ {sentence}")
    for sentence in verdict.told:
        say.line(f"  {sentence}")
    if seen.uploaded:
        slowest = sorted(seen.uploaded.values())
        say.line(f"  uploads: median {slowest[len(slowest) // 2]:.1f} s, slowest {slowest[-1]:.1f} s")
    failures = ", ".join(f"{what} {count} times" for what, count in seen.failures.most_common()) or "nobody"
    say.line(
        f"  asked again after a failure: {failures}; refused: {len(seen.refused)}; files too late: {seen.too_late}"
    )
    waits = sorted(one.latency for one in seen.acknowledged) or [0.0]
    span = max((one.seen for one in seen.acknowledged), default=0) - min(
        (one.due for one in seen.acknowledged), default=0
    )
    say.line(
        f"acknowledged {len(seen.receipts)}, missing {len(verdict.missing)}, doubled {len(verdict.doubled)}, "
        f"misdated {len(verdict.misdated)}, rate {len(seen.receipts) / (span or 1):.1f}/s, "
        f"p99 {waits[min(len(waits) - 1, int(0.99 * len(waits)))]:.2f} s"
    )
    return 1 if verdict.faults or seen.refused or not seen.acknowledged else 0


if __name__ == "__main__":
    sys.exit(main())
