"""The programs a stack starts: each with its log, its pid file and its own way of being asked to stop."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import places

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to start: its name, its command, and the signal that ends it well."""

    name: str
    command: Sequence[object]
    environment: Mapping[str, str]
    stop_signal: int = signal.SIGTERM
    patience: float = 15.0
    stdin: str = ""
    user: int | None = None
    nice: int = 0  # more than nought: others come first


@dataclass
class Child:
    """A program that was started, and that must be stopped."""

    program: Program
    popen: subprocess.Popen[bytes]
    log: Path
    mark: Path

    def ended(self) -> int | None:
        """Return the exit code once the program has ended by itself."""
        return self.popen.poll()

    def last_lines(self, count: int = 15) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def stop(self) -> None:
        """Ask it to stop, wait, and only then end whatever is left of it."""
        if self.popen.poll() is None:
            self.popen.send_signal(self.program.stop_signal)
        try:
            self.popen.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            _end_group(self.popen.pid, signal.SIGQUIT)
            time.sleep(0.5)
        _end_group(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        self.mark.unlink(missing_ok=True)


def start(program: Program, *, folder: Path) -> Child:
    """Start a program in a session of its own, so that Ctrl-C reaches the stack and not its parts."""
    log = places.logs(folder) / f"{program.name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.before"))
    with log.open("wb") as output:
        popen = subprocess.Popen(
            [str(part) for part in program.command],
            stdin=subprocess.PIPE if program.stdin else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(program.environment),
            cwd=places.ROOT,
            start_new_session=True,
            preexec_fn=_die_with_parent(program.stop_signal),  # noqa: PLW1509 - the stack has one thread
            user=program.user,
            group=program.user,
            extra_groups=None if program.user is None else [],
        )
    if program.nice:
        _give_way(popen.pid, program.nice)
    if popen.stdin:
        popen.stdin.write(program.stdin.encode())
        popen.stdin.close()
    mark = places.marks(folder) / f"{program.name}.pid"
    mark.write_text(json.dumps({"pid": popen.pid, "born": _born(popen.pid), "signal": int(program.stop_signal)}))
    return Child(program, popen, log, mark)


def _give_way(pid: int, nice: int) -> None:
    """Let every other program come before this one, also where the kernel shares the processor among sessions first."""
    os.setpriority(os.PRIO_PROCESS, pid, nice)
    with suppress(OSError):  # no such sharing here
        Path(f"/proc/{pid}/autogroup").write_text(str(nice))


def stop_leftovers(*, folder: Path, patience: float = 15.0) -> list[str]:
    """Stop what an earlier stack left running when it was killed, and return the names; other programs are not touched."""
    left = []
    for mark in sorted(places.marks(folder).glob("*.pid")):
        known = json.loads(mark.read_text() or "{}")
        if known and _born(known["pid"]) == known["born"] is not None:
            left.append(mark.stem)
            _stop_stranger(known, patience)
        mark.unlink()
    return left


def is_gone(pid: int) -> bool:
    """Tell whether no living process has this number."""
    return _born(pid) is None


def _stop_stranger(known: Mapping[str, int], patience: float) -> None:
    os.kill(known["pid"], known["signal"])
    deadline = time.monotonic() + patience
    while _born(known["pid"]) == known["born"] and time.monotonic() < deadline:
        time.sleep(0.1)
    _end_group(known["pid"], signal.SIGKILL)


def _end_group(leader: int, with_signal: int) -> None:
    try:
        os.killpg(leader, with_signal)
    except (ProcessLookupError, PermissionError):
        return


def _born(pid: int) -> int | None:
    """Return the kernel's start time of a living process: a pid alone may have been given to another program."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[19])


def _die_with_parent(with_signal: int) -> Callable[[], None] | None:
    """Return what makes the kernel stop the child should the stack itself be killed; Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(with_signal))
