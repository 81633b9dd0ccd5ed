"""Conditions of the acts on a profile: facts in, verdict out."""

from __future__ import annotations

from experts.documents import LARGEST
from workflow.guards import Guard, gettext_noop

MOST_ROWS = 60

NOT_EMPTY = Guard("CV_NOT_EMPTY", gettext_noop("The file is empty."), "upload", lambda upload: upload.size > 0)
NOT_TOO_LARGE = Guard(
    "CV_NOT_TOO_LARGE",
    gettext_noop("The file is larger than 10 MB. Save it with smaller pictures."),
    "upload",
    lambda upload: upload.size <= LARGEST,
)
NOT_LOCKED = Guard(
    "CV_NOT_LOCKED",
    gettext_noop("The file is protected by a password, or an old .doc: save it as PDF or .docx without password."),
    "upload",
    lambda upload: not upload.locked,
)
SOUND = Guard(
    "CV_SOUND",
    gettext_noop("The file is damaged or packed in a way that cannot be opened safely: save it again, then send it."),
    "upload",
    lambda upload: not upload.damage or upload.locked,
)
RIGHT_TYPE = Guard(
    "CV_RIGHT_TYPE",
    gettext_noop("The file is neither PDF nor Word (.docx), whatever its name says."),
    "upload",
    lambda upload: bool(upload.kind or upload.damage) or upload.size == 0 or upload.locked,
)
ACCEPTED = (NOT_EMPTY, NOT_TOO_LARGE, NOT_LOCKED, SOUND, RIGHT_TYPE)
ROOM_FOR_ROWS = Guard(
    "ROOM_FOR_ROWS",
    gettext_noop("There are sixty entries here already: remove one first."),
    "rows",
    lambda count: count < MOST_ROWS,
)
