"""Keep one part of a file that is arriving."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import OperationalError

from procurement import permissions
from procurement.actions.attaching import demand_window
from procurement.models import Upload
from procurement.models.facts.submission import writing_facts
from procurement.queries.uploads import Arriving
from procurement.rules import submission
from workflow import storage
from workflow.transitions import demand, demand_permission, use_case


class Elsewhere(Exception):
    """Somebody else is writing this upload at this very moment."""


class OutOfPlace(Exception):
    """The part does not follow what is here: `offset` bytes are."""


@use_case
def keep_part(*, upload: Arriving, sealed: bytes, actor: Any, now: datetime) -> Upload:
    """Put the next part of a file away and count it, while its row is held: both are done, or neither.

    Refuses after the deadline (SUB-03), or after the window of the request (CPL-…). Raises Elsewhere while another request holds the row, OutOfPlace when another
    one was quicker, StoreAway when the store did not take it.
    """
    application = upload.row.application
    demand_permission(permissions.own_application(application, actor), subject=application, act="keep_part")
    if upload.row.completion is None:
        demand(submission.EDIT, writing_facts(application.call, now=now), subject=application, act="keep_part")
    else:
        demand_window(application, upload.row.requirement, upload.row.completion, now=now, act="keep_part")
    row = held(upload.row)
    if row.parts != upload.row.parts:
        raise OutOfPlace
    storage.put_part(row.id, row.parts, sealed)
    row.parts += 1
    row.digests = [*row.digests, hashlib.sha256(sealed).hexdigest()]
    row.stored_size += len(sealed)
    row.expires_at = now + settings.UPLOAD_KEPT
    row.save(update_fields=["parts", "digests", "stored_size", "expires_at"])
    return row


def held(row: Upload) -> Upload:
    """Return the row, locked; raise Elsewhere rather than wait, and OutOfPlace when it is gone."""
    try:
        found = Upload.objects.select_for_update(nowait=True, of=("self",)).filter(pk=row.pk).first()
    except OperationalError as error:  # the lock is taken
        raise Elsewhere from error
    if found is None:
        raise OutOfPlace
    return found
