"""The parts of a draft as a browser sends them."""

from __future__ import annotations

from typing import Any

SCRIPT = {"HTTP_ACCEPT": "application/json", "HTTP_X_AUTOSAVE": "1"}
BUDGET = {
    "ceiling_mode": "public_binding",
    "ceiling_amount": "15 000,50",
    "currency": "EUR",
    "tax": "excluded",
    "person_days": "40",
}


def row(prefix: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return what a table of a page sends."""
    fields = {f"{prefix}-{at}-{name}": value for at, one in enumerate(rows) for name, value in one.items()}
    return {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **fields, **more}


def criteria(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return what the table of the criteria sends."""
    return row("criteria", *rows, **more)


def fields_of(form: Any) -> dict[str, Any]:
    """Return what a browser would send of a page as it is."""
    sent: dict[str, Any] = {}
    tables = getattr(form, "tables", [])
    for table in tables:
        sent |= {f"{table.prefix}-TOTAL_FORMS": len(table.forms), f"{table.prefix}-INITIAL_FORMS": len(table.forms)}
    for one in [form, *(each for table in tables for each in table.forms)]:
        for bound in one:
            value = bound.value()
            if hasattr(bound.field.widget, "decompress"):
                day, hour = bound.field.widget.decompress(value)
                sent |= {
                    f"{bound.html_name}_0": f"{day:%Y-%m-%d}" if day else "",
                    f"{bound.html_name}_1": f"{hour:%H:%M}" if hour else "",
                }
            elif value not in (None, False):
                sent[bound.html_name] = value
    return sent
