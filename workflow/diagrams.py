"""The machines and the rules as documents, read from the code itself."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import apps

from workflow.guards import Guard
from workflow.machine import Moving

HEADER = "<!-- Written by `manage.py write_docs`; a test compares it with the code. -->\n"


def machines() -> list[type[Moving]]:
    """Return every model whose state moves, by name."""
    return sorted((m for m in apps.get_models() if issubclass(m, Moving)), key=lambda m: m.__name__)


def _state(model: Any) -> Any:
    return model._meta.get_field("state")


def arrows_of(model: type[Moving]) -> list[Any]:
    """Return the arrows of a machine, in the order of its states."""
    states = [value for value, _label in _state(model).choices]
    arrows = list(model().get_all_state_transitions())  # type: ignore[attr-defined]
    return sorted(arrows, key=lambda a: (states.index(a.source), states.index(a.target), a.name))


def states_document() -> str:
    """Return a diagram and a table for each machine."""
    parts = [HEADER, "# States\n"]
    for model in machines():
        parts += [f"## {model.__name__}\n", _diagram(model), _table(model)]
    return "\n".join(parts)


def _diagram(model: type[Moving]) -> str:
    lines = [f"    {a.source} --> {a.target}: {a.name}" for a in arrows_of(model)]
    initial = _state(model).default
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {initial}", *lines, "```", ""])


def _table(model: type[Moving]) -> str:
    rows = ["| from | to | act | who | conditions |", "| --- | --- | --- | --- | --- |"]
    for arrow in arrows_of(model):
        codes = ", ".join(guard.code for guard in arrow.conditions) or "none"
        who = _first_line(arrow.permission)
        rows.append(f"| {arrow.source} | {arrow.target} | {arrow.name} | {who} | {codes} |")
    return "\n".join([*rows, ""])


def _first_line(permission: Any) -> str:
    return (permission.__doc__ or permission.__name__).strip().splitlines()[0]


def rules_document() -> str:
    """Return every guard code with its sentence, by room."""
    parts = [HEADER, "# Rules\n", "Each condition of an act, with the code that a refusal carries.\n"]
    for name, guards in rooms_of_rules():
        rows = [f"| {guard.code} | {guard.message} |" for guard in guards]
        parts.append("\n".join([f"## {name}\n", "| code | what the person reads |", "| --- | --- |", *rows, ""]))
    return "\n".join(parts)


def rooms_of_rules() -> Iterator[tuple[str, list[Guard]]]:
    """Yield each module of rules that holds guards, with its guards by code."""
    for config in apps.get_app_configs():
        for module in _modules(f"{config.name}.rules"):
            guards = {guard.code: guard for guard in _guards(module)}
            if guards:
                yield module.__name__.rpartition(".")[2], [guards[code] for code in sorted(guards)]


def _modules(package: str) -> Iterator[Any]:
    try:
        found = import_module(package)
    except ModuleNotFoundError:
        return
    yield found
    for _finder, name, _is_package in sorted(pkgutil.iter_modules(getattr(found, "__path__", [])), key=lambda m: m[1]):
        yield import_module(f"{package}.{name}")


def _guards(module: Any) -> Iterator[Guard]:
    for value in vars(module).values():
        if isinstance(value, Guard):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, Guard))
