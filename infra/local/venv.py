"""The virtual environments: made with the standard library alone, filled from the hashed requirements."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import places, say

OLDEST = (3, 11)
OF_THE_SYSTEM = Path("/usr/bin/python3")
COMPLETE = f"import ensurepip, sys, venv; sys.exit(sys.version_info < {OLDEST})"
QUIETLY = ("--disable-pip-version-check", "--no-input")
SETS = {
    "run": (places.VENV, ("base", "local")),
    "test": (places.VENV, ("base", "local", "test")),
    "objects": (places.VENV_S3, ("s3",)),
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
    return python(venv).exists() and subprocess.run([python(venv), "-c", ""], check=False).returncode == 0


def _make(venv: Path) -> None:
    chosen = interpreter()
    if chosen == Path(sys.executable) and sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise say.CannotStart(
            f"Python 3.11 or newer is needed, this is {found}. Name another: make PYTHON=python3.12 run"
        )
    if chosen == Path(sys.executable) and importlib.util.find_spec("ensurepip") is None:
        _install_venv_module()
    bare = [] if venv == places.VENV else ["--without-pip"]  # the first brings the installer of the others
    command = [str(chosen), "-m", "venv", "--clear", *bare, str(venv)]
    with say.step(f"virtual environment {venv.name}"):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise say.CannotStart(f"python -m venv failed:\n{made.stdout}{made.stderr}")


def interpreter() -> Path:
    """Choose what the environments are made with: whatever started this, unless nobody named it and it is a slow build.

    A Python compiled without --enable-optimizations, as pyenv does by default, needs a third more time for everything
    than the one of the system, which its distribution optimized.
    """
    this = Path(sys.executable)
    named = "PYTHON" in os.environ
    optimized = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    if named or optimized or not OF_THE_SYSTEM.exists():
        return this
    complete = subprocess.run([OF_THE_SYSTEM, "-c", COMPLETE], capture_output=True, check=False).returncode == 0
    return OF_THE_SYSTEM if complete else this


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


def uv() -> Path:
    """Return the program that installs and locks; pip brings it, once."""
    program = places.VENV / "bin" / "uv"
    if not program.exists():
        _watch([python(), "-m", "pip", "install", *QUIETLY, *_hashed(["install"])], "the installer", "pip")
    return program


def _install(venv: Path, files: Sequence[str]) -> None:
    title, log, wanted = f"dependencies of {venv.name} ({', '.join(files)})", f"install{venv.name}", _hashed(files)
    try:
        _watch([uv(), "pip", "install", "--no-cache", "--python", python(venv), *wanted], title, log)
    except say.CannotStart:
        say.line("      uv could not; pip may know another way to the packages")
        _watch([python(), "-m", "pip", "--python", python(venv), "install", *QUIETLY, *wanted], title, log)


def _hashed(files: Sequence[str]) -> list[str | Path]:
    return ["--require-hashes", *(part for file in files for part in ("-r", f"requirements/{file}.txt"))]


def _watch(command: Sequence[str | Path], title: str, log_name: str, every: float = 5.0) -> None:
    """Run an installer and say every few seconds that it goes on; refuse with the end of its log when it fails."""
    log = places.logs(places.VAR) / f"{log_name}.log"
    with say.step(title), log.open("w") as output:
        running = subprocess.Popen(
            command, cwd=places.ROOT, env=_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        started = time.monotonic()
        while running.poll() is None:
            try:
                running.wait(every)
            except subprocess.TimeoutExpired:
                say.line(f"      {time.monotonic() - started:.0f} s")
    if running.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        raise say.CannotStart(f"{title} could not be installed; the end of {log}:\n{end}")


def _environment() -> dict[str, str]:
    """Return the environment of an installer: uv reads other names than pip for the same two wishes."""
    given = os.environ
    same = {"UV_DEFAULT_INDEX": given.get("PIP_INDEX_URL"), "SSL_CERT_FILE": given.get("PIP_CERT")}
    return {**{name: value for name, value in same.items() if value}, **given, "UV_PYTHON_DOWNLOADS": "never"}
