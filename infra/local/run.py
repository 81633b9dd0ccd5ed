"""`make run`: everything on one machine, until Ctrl-C or until one part ends by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack

from . import application, children, places, say, server_lock, venv
from .stack import Stack, opened


def run() -> int:
    """Start the whole product, print where it is and who may log in, and watch it."""
    venv.ensure("objects")
    with opened(folder=places.VAR, who="make run", alone=True) as stack, ExitStack() as cleanup:
        cleanup.callback(say.line, "Stopping the servers …")
        application.make_ready(stack)
        with say.step("server lock"):
            cleanup.enter_context(server_lock.served(stack.environment, folder=stack.folder))
        application.load_demonstration(stack)
        programs = [application.web(stack), application.worker(stack.environment), application.beat(stack)]
        started = []
        with say.step("web server, worker and beat"):
            for program in programs:
                started.append(children.start(program, folder=stack.folder))
                cleanup.callback(started[-1].stop)
            application.wait_until_it_answers(started[0], port=application.web_port(stack))
        cleanup.callback(say.line, "\nStopping beat, worker and web …")
        _greet(stack)
        try:
            return watch([*stack.children, *started])
        except KeyboardInterrupt:
            return 0


def watch(running: Sequence[children.Child]) -> int:
    """Return 1, with the last lines of its log, as soon as one of the programs ends."""
    while True:
        for child in running:
            if (code := child.ended()) is not None:
                say.trouble(
                    f"{child.program.name} ended with code {code}. Its last lines ({child.log}):\n{child.last_lines()}"
                )
                return 1
        time.sleep(0.2)


def _greet(stack: Stack) -> None:
    say.line(f"\nAppel is at {stack.environment['SITE_URL']}")
    if application.is_demonstration(stack):
        application.show(["manage.py", "seed_demo", "--accounts"], stack.environment)
    say.line(
        f"Logs are in {places.logs(stack.folder)}. Ctrl-C stops everything; the next start finds it as you left it."
    )
