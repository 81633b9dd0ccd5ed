"""The virtual environments: made with the standard library alone, filled from the hashed requirements."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import places, say

OLDEST = (3, 11)
SETS = {
    "run": (places.VENV, ("base", "local")),
    "test": (places.VENV, ("base", "local", "test")),
    "objects": (places.VENV_S3, ("s3",)),
    "lock": (places.VENV_LOCK, ("lock",)),
}


def python(venv: Path = places.VENV) -> Path:
    """Return the interpreter of an environment."""
    return venv / "bin" / "python"


def ensure(name: str) -> Path:
    """Return an environment that holds exactly these requirements, made or completed when it does not yet."""
    venv, files = SETS[name]
    wanted = _fingerprint(files)
    mark = venv / f".holds-{name}"
    if mark.exists() and mark.read_text() == wanted:
        return venv
    with _alone(venv):
        if not (mark.exists() and mark.read_text() == wanted):
            if not _works(venv):
                _make(venv)
            _install(venv, files)
            mark.write_text(wanted)
    return venv


def _fingerprint(files: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update((places.REQUIREMENTS / f"{file}.txt").read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone(venv: Path) -> Iterator[None]:
    """Let one command at a time fill an environment."""
    places.VAR.mkdir(exist_ok=True)
    with (places.VAR / f"{venv.name.lstrip('.')}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _works(venv: Path) -> bool:
    if not python(venv).exists():
        return False
    return subprocess.run([python(venv), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def _make(venv: Path) -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise say.CannotStart(
            f"Python 3.11 or newer is needed, this is {found}. Name another: make PYTHON=python3.12 run"
        )
    if importlib.util.find_spec("ensurepip") is None:
        _install_venv_module()
    with say.step(f"virtual environment {venv.name}"):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True, check=False
        )
    if made.returncode:
        raise say.CannotStart(f"python -m venv failed:\n{made.stdout}{made.stderr}")


def _install_venv_module() -> None:
    """Bring the module a bare Debian leaves out, or say the one line that does."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0:
        raise say.CannotStart(f"Python cannot make virtual environments here. Once: sudo apt-get install {package}")
    install_packages(package)


def install_packages(*packages: str) -> None:
    """Install packages of the system as root; refuse with the reason the package tool gave."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with say.step(f"system packages: {', '.join(packages)}"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run(
                ["apt-get", "-q", *command],
                env=quiet,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
    if done.returncode:
        raise say.CannotStart(f"apt-get could not install {', '.join(packages)}:\n{done.stderr.strip()}")


def _install(venv: Path, files: Sequence[str]) -> None:
    log = places.logs(places.VAR) / f"pip{venv.name}.log"
    names = [f"requirements/{file}.txt" for file in files]
    command: list[str | Path] = [
        python(venv),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
    ]
    command += [part for name in names for part in ("-r", name)]
    with say.step(f"dependencies of {venv.name} ({', '.join(files)})"), log.open("w") as output:
        running = subprocess.Popen(command, cwd=places.ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        _tell_progress(running, log)
    if running.returncode:
        raise say.CannotStart(f"pip could not install {', '.join(names)}; the end of {log}:\n{_end(log)}")


def _tell_progress(running: subprocess.Popen[bytes], log: Path, every: float = 5.0) -> None:
    """Say every few seconds how far pip is."""
    told = time.monotonic()
    while running.poll() is None:
        time.sleep(0.1)
        if time.monotonic() - told >= every:
            told = time.monotonic()
            lines = log.read_text(errors="replace").splitlines()
            collected = sum(line.startswith("Collecting ") for line in lines)
            unpacking = any(line.startswith("Installing collected") for line in lines)
            say.line(f"      {collected} packages fetched{', unpacking' if unpacking else ''}")


def _end(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])
