"""Opening the stack: the servers that nobody named are started here, and stopped by whoever started them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import children, claim, environment, objects, places, ports, postgres, say, secret, valkey


@dataclass
class Stack:
    """Servers that are up, and the variables under which the product finds them."""

    folder: Path
    local: dict[str, str]
    children: list[children.Child] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment for a program of the product."""
        return environment.complete(self.local)


@contextmanager
def opened(
    *, folder: Path, who: str, fast: bool = False, alone: bool = False, servers: Sequence[str] = environment.SERVERS
) -> Iterator[Stack]:
    """Yield the stack of a folder: the one that already runs there, or one that lives as long as this block.

    With `alone`, refuse when another command holds it, and stop without waiting for those that joined. `fast` servers
    are for tests: they do not survive a power cut.
    """
    held = claim.take(folder=folder, who=who)
    if held is None:
        with claim.visit(folder=folder):
            yield Stack(folder, _join(folder, alone))
        return
    with ExitStack() as cleanup:
        cleanup.callback(held.release)
        if left := children.stop_leftovers(folder=folder):
            say.line(f"  stopped what an earlier start had left: {', '.join(left)}")
        local = environment.settings(
            folder=folder, web_port=_port(folder, "web", fast), lock_port=_port(folder, "lock", fast)
        )
        stack = Stack(folder, local)
        for server in servers:
            if not environment.is_given(server):
                STARTS[server](stack, fast, cleanup)
        held.announce(local)
        yield stack
        if not alone and not held.is_last():
            say.line("Another command still uses these servers: they are stopped when it has ended.")
            held.wait_for_guests()


def _join(folder: Path, alone: bool) -> dict[str, str]:
    found = claim.holder(folder=folder)
    who = f"`{found[0]}` (process {found[1]})" if found else "another command"
    local = claim.announced(folder=folder, patience=0.0 if alone else 120.0)
    if alone:
        place = f" at {local['SITE_URL']}" if local else ""
        raise say.CannotStart(f"The local stack is already in use by {who}{place}. Stop that first, with Ctrl-C.")
    if local is None:
        raise say.CannotStart(f"The local stack is held by {who}, and its servers did not come up.")
    return local


def _port(folder: Path, name: str, fast: bool) -> int:
    return ports.any_free() if fast else ports.choose(name, remembered=places.marks(folder) / "ports.json")


def _keep(stack: Stack, child: children.Child, cleanup: ExitStack) -> None:
    stack.children.append(child)
    cleanup.callback(child.stop)


def _start_database(stack: Stack, fast: bool, cleanup: ExitStack) -> None:
    port, password = _port(stack.folder, "postgres", fast), secret.kept("postgres", folder=stack.folder)
    with say.step(f"PostgreSQL on port {port}"):
        _keep(stack, postgres.start(folder=stack.folder, port=port, password=password, fast=fast), cleanup)
    stack.local["DATABASE_URL"] = postgres.url(port=port, password=password)
    postgres.ensure_database(stack.local["DATABASE_URL"])


def _start_broker(stack: Stack, fast: bool, cleanup: ExitStack) -> None:
    port, password = _port(stack.folder, "valkey", fast), secret.kept("valkey", folder=stack.folder)
    with say.step(f"Valkey on port {port}"):
        _keep(stack, valkey.start(folder=stack.folder, port=port, password=password), cleanup)
    stack.local["BROKER_URL"] = valkey.url(port=port, password=password)


def _start_storage(stack: Stack, fast: bool, cleanup: ExitStack) -> None:
    port = _port(stack.folder, "objects", fast)
    with say.step(f"S3 on port {port}"):
        _keep(stack, objects.start(folder=stack.folder, port=port), cleanup)
        key = objects.ensure_key(folder=stack.folder, port=port)
    stack.local["STORAGE_URL"] = objects.url(port=port, key=key)
    objects.ensure_bucket(stack.local["STORAGE_URL"])


STARTS: dict[str, Callable[[Stack, bool, ExitStack], None]] = {
    "DATABASE_URL": _start_database,
    "BROKER_URL": _start_broker,
    "STORAGE_URL": _start_storage,
}
