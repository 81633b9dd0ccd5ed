"""Every act takes what others wait for in one order, so that no two wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from procurement.actions.begin_upload import begin_upload
from procurement.actions.finish_upload import finish_upload
from procurement.actions.keep_part import OutOfPlace, keep_part
from procurement.actions.renew_access import renew_access
from procurement.actions.working_copy import lock_own
from procurement.demo.codes import begin
from procurement.models import Application, Upload
from procurement.models.holding import hold_call
from procurement.queries.upload_check import check_upload
from procurement.queries.uploads import Arriving, arriving
from procurement.sealing import seal_part
from tests.patience import until
from tests.procurement.applying import BEFORE, PDF, open_call, person
from tests.procurement.lock_order import OutOfOrder, watching
from workflow import clock
from workflow.transitions import use_case


@pytest.fixture
def draft() -> Application:
    clock.set_to(BEFORE)
    return begin(call=open_call(), actor=person(), now=BEFORE)


def arrived(draft: Application) -> Arriving:
    """Return an upload whose only part is here."""
    asked, actor = draft.call.requirements.get(code="A1"), draft.user
    begun = begin_upload(application=draft, requirement=asked, name="a.pdf", length=len(PDF), actor=actor, now=BEFORE)
    sealed = seal_part(PDF, key=begun.key, context=begun.place.part(0, True))
    keep_part(upload=begun, sealed=sealed, actor=actor, now=BEFORE)
    return arriving(draft, Upload.objects.select_related("requirement").get(pk=begun.row.pk))


@pytest.mark.django_db
def test_the_watch_of_these_tests_sees_who_comes_from_the_other_side(draft: Application) -> None:
    upload = arrived(draft).row
    with watching() as watch:
        _one_act(
            lambda: hold_call(draft.call),
            lambda: lock_own(draft, actor=draft.user, act="note_code"),
            lambda: Upload.objects.select_for_update().get(pk=upload.pk),
        )
        assert ("the call's lock", "call", "application", "upload") in watch.seen
        for before in [
            (lambda: Upload.objects.select_for_update().get(), lambda: lock_own(draft, actor=draft.user, act="x")),
            (lambda: lock_own(draft, actor=draft.user, act="x"), lambda: hold_call(draft.call)),
            (lambda: draft.call.hold(shared=True), draft.call.hold),
        ]:
            with pytest.raises(OutOfOrder):
                _one_act(*before)
        _one_act(lambda: lock_own(draft, actor=draft.user, act="x"))
        _one_act(lambda: hold_call(draft.call))  # another act begins anew


@use_case
def _one_act(*steps: Callable[[], Any]) -> None:
    for step in steps:
        step()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_ends_while_the_code_is_renewed_waits_and_is_told(draft: Application) -> None:
    upload = arrived(draft)
    checked = check_upload(upload)
    actor = draft.user

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=draft.pk)
            renewed = _apart(pool, lambda: renew_access(application=draft, actor=actor, now=BEFORE))
            until(lambda: _waiting() == 1)
            finished = _apart(pool, lambda: finish_upload(upload=upload.row, checked=checked, actor=actor, now=BEFORE))
            until(lambda: _waiting() == 2)
        assert renewed.result(timeout=20).access is not None
        assert isinstance(finished.exception(timeout=20), OutOfPlace)
    assert not Upload.objects.exists()
    assert not draft.documents.exists()


def _apart(pool: ThreadPoolExecutor, act: Callable[[], Any]) -> Future[Any]:
    """Act on a connection of one's own."""

    def do() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return pool.submit(do)


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity all the while
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])
