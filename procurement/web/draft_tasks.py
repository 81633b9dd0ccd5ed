"""The draft of a call as a task list: each part with its state, in the words of the conditions that it must meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from procurement.models import Call
from procurement.web.draft_parts import GROUPS, PARTS, Part, part_of
from workflow import transitions
from workflow.refusals import Reason


@dataclass(frozen=True)
class Task:
    """One line of the list; without an address it cannot start yet, and the hint says why."""

    name: str
    label: Any
    url: str
    state: str
    kind: str
    hint: str = ""


def draft_objections(call: Call, *, now: datetime) -> list[Reason]:
    """Return what stands between this draft and its review."""
    return transitions.objections(call, "send_to_review", now=now)


def task_groups(call: Call, reasons: list[Reason]) -> list[tuple[Any, list[Task]]]:
    """Return the tasks, group by group."""
    by_part: dict[str, list[Reason]] = {name: [] for name in PARTS}
    for reason in reasons:
        if part := part_of(reason):
            by_part[part.name].append(reason)
    return [(label, [_task(call, part, by_part[part.name]) for part in parts]) for label, parts in GROUPS]


def progress_of(groups: list[tuple[Any, list[Task]]]) -> tuple[int, int]:
    """Return how many parts are complete, and how many there are."""
    tasks = [task for _label, tasks in groups for task in tasks]
    return sum(task.kind == "done" for task in tasks), len(tasks)


def _task(call: Call, part: Part, reasons: list[Reason]) -> Task:
    hint = " ".join(reason.sentence for reason in reasons)
    begun = part.name in call.draft or _has_rows(call, part)
    if blocked := _blocked(call, part):
        return Task(part.name, part.label, "", _("Cannot start yet"), "", blocked)
    if call.draft.get(part.name, {}).get("typed"):
        return Task(part.name, part.label, part.url(call), _("Needs attention"), "warn", _unread())
    if reasons and begun:
        return Task(part.name, part.label, part.url(call), _("In progress"), "now", hint)
    if reasons or not begun:
        return Task(part.name, part.label, part.url(call), _("Not started"), "", _optional(part))
    return Task(part.name, part.label, part.url(call), _("Complete"), "done", _waiting(call, part))


def _unread() -> str:
    return _("Something that was typed cannot be read or is not finished; it is kept as it was typed.")


def _optional(part: Part) -> str:
    return _("May be left empty.") if part.name == "deliverables" else ""


def _has_rows(call: Call, part: Part) -> bool:
    if part.name == "committee":
        return bool(call.members.filter(ended_at=None).exists() or call.seat_invitations.exists())
    return part.name in ("identity", "rules")  # what was answered to begin


def _blocked(call: Call, part: Part) -> str:
    if part.name == "keys" and not call.members.filter(ended_at=None).exists():
        return _("Key holders are members of the committee: appoint it first.")
    return ""


def _waiting(call: Call, part: Part) -> str:
    """What is complete and still waits for others."""
    if part.name == "committee":
        labels = [_(m.label) for m in call.members.filter(ended_at=None, accepted_at=None)]
        labels += [_(i.label) for i in call.seat_invitations.filter(taken_at=None, withdrawn_at=None)]
        return _("Not accepted yet: %(names)s.") % {"names": ", ".join(labels)} if labels else ""
    if part.name == "keys":
        names = [
            _(h.member.label)
            for h in call.key_holders.filter(confirmed_at=None, member__ended_at=None).select_related("member")
        ]
        return _("Not confirmed yet: %(names)s.") % {"names": ", ".join(names)} if names else ""
    return ""
