"""Sessions in the database, as Django keeps them; each request asks for its own with a statement that is built once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from workflow.kept import kept


class SessionStore(DatabaseStore):
    """The same rows as those of Django's own store."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _running.one(key=str(self.session_key), now=timezone.now())
        if found is None:
            self._session_key = None
        return found


@kept
def _running(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
