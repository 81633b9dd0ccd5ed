"""An application that is being written, its applicant’s browser, and a store that can be looked into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as project

from procurement.demo.codes import begin as begin_application
from procurement.models import Application
from tests.procurement.applying import BEFORE, open_call, person
from tests.procurement.browsers import Browser
from workflow import clock


@pytest.fixture
def draft(db: None) -> Application:
    clock.set_to(BEFORE)
    return begin_application(call=open_call(), actor=person(), now=BEFORE)


@pytest.fixture
def client(draft: Application) -> Browser:
    browser = Browser()
    browser.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def objects(settings: Any, tmp_path: Any) -> Callable[[], list[str]]:
    """A store of our own on a disk, to see what stays in it."""
    options = {"location": str(tmp_path), "allow_overwrite": True}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**project.STORAGES, "default": backend}
    return lambda: sorted(one.name for one in tmp_path.rglob("*") if one.is_file())
