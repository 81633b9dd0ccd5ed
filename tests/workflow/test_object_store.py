"""The store of documents: one client for a process, whoever asks."""

from __future__ import annotations

import os
import threading
from typing import Any

from django.core.files.storage import storages


def test_the_threads_of_a_process_share_one_client() -> None:
    seen: list[Any] = []
    threads = [threading.Thread(target=lambda: seen.append(storages["default"]._client)) for _ in range(4)]  # type: ignore[attr-defined]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(seen) == 4
    assert len({id(client) for client in seen}) == 1


def test_a_process_that_was_forked_makes_a_client_of_its_own() -> None:
    store: Any = storages["default"]
    before = store.connection
    reading, writing = os.pipe()
    child = os.fork()
    if not child:  # says what it found and ends without the end of a test run
        try:
            os.write(writing, b"same" if store.connection is before else b"own")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 10) == b"own"
    os.close(reading)
    assert store.connection is before


def test_what_is_not_there_is_deleted_without_a_word() -> None:
    storages["default"].delete("files/nothing/here")
