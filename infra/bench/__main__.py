"""`make bench`: measures in a few minutes, on a database of its own, and stops by itself."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from infra.bench import hostile, log, machine, opening, scenes  # noqa: E402 - Django first
from infra.bench.load import Measured, Unit, measure  # noqa: E402
from infra.bench.queries import queries_of  # noqa: E402
from infra.bench.ranking import Ranked, ranked  # noqa: E402
from infra.bench.stock import Stock, stocked  # noqa: E402
from infra.bench.web import served  # noqa: E402
from infra.local import application, say  # noqa: E402
from procurement.enums import CallState  # noqa: E402

Scene = Callable[[Stock], Iterator[Unit]]
WHILE_OPEN: list[tuple[str, Scene]] = [
    ("public list", lambda stock: scenes.public_list()),
    ("call page", scenes.call_page),
    ("submission, 1 MB", scenes.submission),
]
WHILE_JUDGED: list[tuple[str, Scene]] = [("scoring desk", scenes.desk_page), ("signing a sheet", scenes.signing)]
AFTER_RANKING: list[tuple[str, Scene]] = [("ranking page", scenes.ranking_page)]
SCENES = {
    CallState.PUBLISHED: WHILE_OPEN,
    CallState.EVALUATION: WHILE_JUDGED,
    CallState.FINANCIAL_OPENED: AFTER_RANKING,
}


def main() -> None:
    """Build calls of each size, rank them, ask for their pages, and print what came out as tables."""
    asked = _asked()
    call_command("collectstatic", interactive=False, verbosity=0)
    say.line(f"{machine.description()}; {asked.clients} clients, {asked.seconds:g} s each")
    stocks = [
        stocked(state=state, applications=size, spare=asked.spare)
        for size in asked.sizes
        for state in asked.states
    ]  # fmt: skip
    if not asked.sow:
        rankings = [ranked(stock) for stock in stocks if stock.call.state == CallState.FINANCIAL_OPENED]
        _print(rankings, _measured(stocks, asked) if asked.seconds else [])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000, 5000], help="applications in the call")
    parser.add_argument("--states", nargs="+", type=CallState, default=list(SCENES), help="stages to measure")
    parser.add_argument("--seconds", type=float, default=8.0, help="of load for each scene; 0: no pages")
    parser.add_argument("--sow", action="store_true", help="only write the calls, for a later run with --again")
    parser.add_argument("--again", action="store_true", help="measure the calls that an earlier run has written")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--spare", type=int, default=600, help="drafts to submit, and sheets to sign")
    parser.add_argument("--workers", type=int, default=application.WORKERS, help="processes of the web server")
    parser.add_argument("--threads", type=int, default=application.THREADS, help="threads in each of them")
    return parser.parse_args()


def _measured(stocks: list[Stock], asked: argparse.Namespace) -> list[tuple[int, str, Measured]]:
    done = []
    with served(workers=asked.workers, threads=asked.threads) as serving:
        for stock in stocks:
            size = stock.call.applications.count() - len(stock.drafts)
            say.line(f"{stock.call.reference}: {size} applications")
            for name, scene in SCENES[stock.stage]:
                units = scene(stock)
                costs, elsewhere = _costs(units), machine.wait_until_quiet()
                if elsewhere > machine.QUIET:
                    say.line(f"  (something else uses {elsewhere:.0%} of the processors)")
                found = measure(
                    name, units, serving=serving, clients=asked.clients, seconds=asked.seconds, say=say.line
                )
                done.append((size, costs, found))
    return done


def _costs(units: Iterator[Unit]) -> str:
    """Return the statements for each request of a unit, and those of the next one where they differ: a page drawn once."""
    first, again = (" + ".join(map(str, queries_of(next(units)))) for _ in range(2))
    return again if first == again else f"{again} ({first} when drawn)"


def _print(rankings: list[Ranked], measured: list[tuple[int, str, Measured]]) -> None:
    if rankings:
        say.line(
            "\n| ranking of | whole act | of it: reading rows | of it: arithmetic | queries |\n| --- | --- | --- | --- | --- |"
        )
    for one in rankings:
        seconds = " | ".join(f"{value:.2f} s" for value in (one.act, one.reading, one.arithmetic))
        say.line(f"| {one.applications} | {seconds} | {one.queries} |")
    if measured:
        say.line(
            "\n| page or act | in a call of | per second | p50 | p99 | of the server | queries |\n| --- | --- | --- | --- | --- | --- | --- |"
        )
    for size, costs, found in sorted(measured, key=lambda row: _place(row[2])):
        times = f"{found.rate:.1f} | {found.quantile(0.5):.0f} ms | {found.quantile(0.99):.0f} ms | {found.cost:.1f} ms"
        say.line(f"| {found.name} | {size} | {times} | {costs} |")


def _place(found: Measured) -> int:
    return [name for state in SCENES for name, _scene in SCENES[state]].index(found.name)


if __name__ == "__main__":
    others = {"log": log.main, "hostile": hostile.main, "opening": opening.main}
    others[sys.argv[1]](sys.argv[2:]) if sys.argv[1:2] and sys.argv[1] in others else main()
