"""Whether what the public is shown has changed: one question for a page. Nothing here touches an application.

PostgreSQL gives a row another place (ctid) or another transaction (xmin) whenever it is written: together they are its version.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from procurement.enums import CallState, PaperKind

COLLECTING = [CallState.PUBLISHED, CallState.SUSPENDED, CallState.CLOSED]
CALL = """
SELECT app_now(), call.deadline >= app_now(), call.ctid, call.xmin, body.ctid, body.xmin, (
    SELECT array_agg(paper.file_id ORDER BY paper.number) FROM procurement_paper paper
    WHERE paper.call_id = call.id AND paper.kind = %s AND paper.application_id IS NULL AND paper.member_id IS NULL)
FROM procurement_call call JOIN accounts_organisation body ON body.id = call.organisation_id
WHERE call.reference = %s AND call.published_at IS NOT NULL AND call.state = ANY(%s)
"""
LIST = """
SELECT app_now(), md5(string_agg(concat_ws(' ', call.id, call.ctid, call.xmin, body.ctid, body.xmin), ',' ORDER BY call.id))
FROM procurement_call call JOIN accounts_organisation body ON body.id = call.organisation_id
WHERE call.published_at IS NOT NULL AND (call.state = %s AND call.deadline > app_now() OR call.state = %s)
"""

Version = tuple[datetime, tuple[Any, ...]]  # the instant of the question; what is equal until something changes


def version_of_call(reference: str) -> Version | None:
    """Return the version of a call's public page while it collects applications: after that there is none."""
    return _asked(CALL, [PaperKind.NOTICE, reference, COLLECTING])


def version_of_list() -> Version | None:
    """Return the version of the list of open calls: which they are, and what each says."""
    return _asked(LIST, [CallState.PUBLISHED, CallState.SUSPENDED])


def _asked(question: str, values: list[Any]) -> Version | None:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row = cursor.fetchone()
    return (row[0], tuple(map(str, row[1:]))) if row else None
