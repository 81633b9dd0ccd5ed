"""When a file may begin to arrive, and how much all files of an application may take. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from procurement.rules import files
from workflow.guards import Guard
from workflow.guards import gettext_noop as _

ABOUT = "upload"
MIB = 1024 * 1024


@dataclass(frozen=True)
class UploadFacts:
    """A file that somebody wants to send part by part. Sizes in bytes."""

    name: str
    size: int
    largest: int
    attached: int
    most_files: int
    under_way: int
    most_under_way: int


@dataclass(frozen=True)
class StoreFacts:
    """A file that comes to what an application takes in the store already. Sealed sizes in bytes."""

    size: int
    kept: int
    quota: int


def _space(f: StoreFacts) -> dict[str, object]:
    return {"quota": f.quota // MIB, "left": max(0, f.quota - f.kept) // MIB}


FEW_UNDER_WAY = Guard(
    "UPL-01",
    _("%(most)s files of this application are under way already: finish them or drop one first."),
    ABOUT,
    lambda f: f.under_way < f.most_under_way,
    lambda f: {"most": f.most_under_way},
)
WITHIN_QUOTA = Guard(
    "UPL-02",
    _(
        "All files of an application may take %(quota)s MB, those of earlier submissions included; "
        "%(left)s MB are left."
    ),
    "store",
    lambda f: f.kept + f.size <= f.quota,
    _space,
)
ANSWER_QUOTA = Guard(
    "UPL-06",
    _("All files that answer this request may take %(quota)s MB; %(left)s MB are left."),
    "store",
    lambda f: f.kept + f.size <= f.quota,
    _space,
)
BEGIN = (files.NOT_EMPTY, files.NOT_TOO_LARGE, files.ROOM_LEFT, FEW_UNDER_WAY)
