"""What a search of the public list compares: words without accents, case and ligatures, in the database and in Python."""

from __future__ import annotations

import unicodedata

from django.contrib.postgres.search import SearchVector
from django.db.models import Func, TextField
from django.db.models.functions import Cast

FUNCTION = "procurement_plain"  # of migration 0011
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
SEARCHED = ("reference", "title", "terms", "theme", "country", "programme", "partners", "funder")


def plain(text: str) -> str:
    """Return a text in lower case without accents, as the database function does."""
    folded = text.lower()
    for ligature, letters in LIGATURES.items():
        folded = folded.replace(ligature, letters)
    return "".join(one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one))


def vector() -> SearchVector:
    """Return the expression of the index call_search."""
    texts = (Func(Cast(name, TextField()), function=FUNCTION, output_field=TextField()) for name in SEARCHED)
    return SearchVector(*texts, config="simple")
