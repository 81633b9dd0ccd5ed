"""What is answered when something of ours fails: a page in the reader's language that needs no database."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from procurement.web import public


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("the connection is lost"), 503, {"fr": "Le service est absent un instant", "en": "is away"}),
        (ZeroDivisionError(), 500, {"fr": "Une erreur est survenue de notre côté", "en": "failed on our side"}),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_failure_is_a_page_that_says_what_to_do(
    db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: dict[str, str], language: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(public, "awarded_calls", fail)
    client = Client(raise_request_exception=False)
    client.cookies["language"] = language
    answer = client.get("/awards/")

    assert (answer.status_code, words[language] in answer.content.decode()) == (status, True)
    assert settings.CONTACT_EMAIL in answer.content.decode()
    assert answer.get("Retry-After", "") == ("5" if status == 503 else "")
