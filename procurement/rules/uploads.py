"""When a file may begin to arrive. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from procurement.rules import files
from workflow.guards import Guard
from workflow.guards import gettext_noop as _

ABOUT = "upload"
MIB = 1024 * 1024


@dataclass(frozen=True)
class UploadFacts:
    """A file that somebody wants to send. Sizes in bytes; `kept` is what the application takes in the store already."""

    name: str
    size: int
    largest: int
    attached: int
    most_files: int
    under_way: int
    most_under_way: int
    kept: int
    quota: int


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
    ABOUT,
    lambda f: f.kept + f.size <= f.quota,
    lambda f: {"quota": f.quota // MIB, "left": max(0, f.quota - f.kept) // MIB},
)
BEGIN = (files.NOT_EMPTY, files.NOT_TOO_LARGE, files.ROOM_LEFT, FEW_UNDER_WAY, WITHIN_QUOTA)
