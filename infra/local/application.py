"""The product itself on the local stack: made ready, then started as web server, worker and beat."""

from __future__ import annotations

import hashlib
import http.client
import subprocess
import time
from collections.abc import Mapping, Sequence

from . import catalogues, children, objects, places, ports, postgres, say, venv
from .environment import is_given
from .stack import Stack

UNREADY = "ImproperlyConfigured: "
WORKERS, THREADS = (
    2,
    4,
)  # processes, and requests that each works at; infra/bench tries others with --workers and --threads
LINES = 32  # threads of a process: config/turns.py lets THREADS of them work, the others wait for slow lines
# What a power cut would lose is sown again anyway: no commit waits for the disk.
WHILE_SOWING = {"CLOCK_SETTABLE": "1", "PGOPTIONS": "-c synchronous_commit=off"}


def make_ready(stack: Stack) -> None:
    """Bring messages, tables and static files up to date; refuse with the product's own sentence when one fails."""
    with say.step("messages in every language"):
        catalogues.compile_all()
    with say.step("tables"):
        _run(stack, "migrate", "--no-input", "--verbosity", "1")
    with say.step("static files"):
        _run(stack, "collectstatic", "--no-input", "--verbosity", "0")


def make_empty(settings: Mapping[str, str]) -> None:
    """Make a database and a bucket anew, with their tables; what was in them is gone."""
    catalogues.compile_all()
    postgres.ensure_database(settings["DATABASE_URL"], fresh=True)
    objects.ensure_bucket(settings["STORAGE_URL"], fresh=True)
    migrate = [str(venv.python()), "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    if subprocess.run(migrate, env=settings, cwd=places.ROOT, check=False).returncode:
        raise say.CannotStart("The tables could not be made, see above.")


def load_demonstration(stack: Stack) -> None:
    """Play the demonstration into an empty installation, once; the clock may be set while that lasts.

    A first start that was cut short begins again with empty tables, never on somebody's own server.
    """
    if not is_demonstration(stack):
        return
    address = hashlib.sha256(stack.environment["DATABASE_URL"].encode()).hexdigest()[:16]
    begun, done = (places.marks(stack.folder) / f"demonstration-{address}.{state}" for state in ("begun", "done"))
    if done.exists():
        return
    if begun.exists() and not is_given("DATABASE_URL"):
        with say.step("empty tables, for the first start was cut short"):
            make_empty(stack.environment)
    begun.touch()
    with say.step("demonstration calls (first start only)"):
        show(["manage.py", "seed_demo"], {**stack.environment, **WHILE_SOWING})
    done.touch()


def is_demonstration(stack: Stack) -> bool:
    """Tell whether this stack shows demo accounts."""
    return stack.environment.get("DEMO", "0").lower() in {"1", "true", "yes", "on"}


def show(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a Python program of the product and pass its lines on, indented; refuse when it fails."""
    line = [str(venv.python()), *command]
    with subprocess.Popen(
        line, env=environment, cwd=places.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as running:
        for text in running.stdout or ():
            say.line(f"      {text.rstrip()}")
    if running.returncode:
        raise say.CannotStart(f"`python {' '.join(command)}` failed, see above.")


def web(stack: Stack, *, workers: int = WORKERS, threads: int = THREADS) -> children.Program:
    """Return the web server: pages and uploads on a pool of threads each, static files through WhiteNoise."""
    command: list[object] = [venv.python(), "-m", "granian", "--interface", "wsgi"]
    command += ["--host", ports.HOST, "--port", web_port(stack)]
    command += [
        "--workers",
        workers,
        "--blocking-threads",
        LINES,
        "--no-ws",
        "--respawn-failed-workers",
        "--access-log",
        "config.serving:application",
    ]
    return children.Program("web", command, {**stack.environment, "WORKING_AT_ONCE": str(threads)})


def worker(environment: Mapping[str, str]) -> children.Program:
    """Return the worker of the outbox. Whoever waits for a page comes first: a mail may come a little later."""
    command: list[object] = [
        venv.python(),
        "-m",
        "celery",
        "-A",
        "config",
        "worker",
        "--loglevel",
        "info",
        "--concurrency",
        "2",
    ]
    return children.Program("worker", command, environment, patience=30.0, nice=19)


def beat(stack: Stack) -> children.Program:
    """Return the beat, which only hints that time has passed."""
    command: list[object] = [venv.python(), "-m", "celery", "-A", "config", "beat", "--loglevel", "info"]
    return children.Program("beat", command, stack.environment)


def web_port(stack: Stack) -> int:
    """Return the port of the web server, chosen when the stack was opened."""
    return int(stack.local["SITE_URL"].rpartition(":")[2])


def wait_until_it_answers(child: children.Child, *, port: int, patience: float = 60.0) -> None:
    """Wait for a first page that is not a failure; refuse with the server's last lines when none comes."""
    deadline = time.monotonic() + patience
    while child.ended() is None and time.monotonic() < deadline:
        status = _first_page(port)
        if status and status < 500:
            return
        if status:
            raise say.CannotStart(
                f"The first page fails ({status}). Last lines of {child.log}:\n{child.last_lines(30)}"
            )
        time.sleep(0.1)
    raise say.CannotStart(f"The web server did not come up. Last lines of {child.log}:\n{child.last_lines()}")


def _first_page(port: int) -> int:
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=20)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _run(stack: Stack, *command: str) -> None:
    log = places.logs(stack.folder) / f"{command[0]}.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [venv.python(), "manage.py", *command],
            env=stack.environment,
            cwd=places.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode == 0:
        return
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if lines and UNREADY in lines[-1]:
        raise say.CannotStart(lines[-1].rpartition(UNREADY)[2])
    raise say.CannotStart(f"`manage.py {command[0]}` failed; the end of {log}:\n" + "\n".join(lines[-15:]))
