"""The triggers that keep the log, as they must be: `laws.json` holds them, `manage.py write_laws` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.db import connection

PLACE = Path(__file__).with_name("laws.json")
TRIGGERS = (
    "SELECT t.tgname, pg_get_triggerdef(t.oid, true), t.tgenabled IN ('O', 'A') FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT t.tgisinternal AND n.nspname = current_schema() ORDER BY t.tgname"
)
# app_now() has a check of its own: it differs where the clock may be set.
FUNCTIONS = (
    "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
    "JOIN pg_language l ON l.oid = p.prolang "
    "WHERE n.nspname = current_schema() AND l.lanname IN ('plpgsql', 'sql') AND p.proname <> 'app_now' ORDER BY p.proname"
)
Laws = dict[str, dict[str, str]]


def found() -> Laws:
    """Return the triggers of this database, with their definition, and the functions, with the SHA-256 of their text."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        triggers = {name: definition if on else f"switched off: {definition}" for name, definition, on in cursor}
        cursor.execute(FUNCTIONS)
        functions = {name: sha256(text.encode()).hexdigest() for name, text in cursor}
    return {"triggers": triggers, "functions": functions}


def written() -> Laws:
    """Return the laws that this version of the product came with."""
    return dict(json.loads(PLACE.read_text(encoding="utf-8")))


def text_of(laws: Laws) -> str:
    """Return laws as the file holds them."""
    return json.dumps(laws, indent=2, sort_keys=True) + "\n"


def breaches() -> Iterator[str]:
    """Yield a sentence for each trigger or function that is missing, is another one, is switched off, or was added."""
    must, present = written(), found()
    for kind, word in (("triggers", "trigger"), ("functions", "function")):
        for name in sorted(must[kind].keys() | present[kind].keys()):
            if name not in present[kind]:
                yield f"The {word} {name} is missing."
            elif name not in must[kind]:
                yield f"The {word} {name} is not one of the product’s."
            elif present[kind][name] != must[kind][name]:
                yield f"The {word} {name} is not what it must be."
