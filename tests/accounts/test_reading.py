"""Who the reader is, is asked once for a page that is only read, and again by every act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from accounts.queries import has_role
from config.reading import ReadingMiddleware

pytestmark = pytest.mark.django_db


def asked_twice(user: User, organisation: Organisation, *, between: Callable[[], Any]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        before = has_role(user, organisation, Role.OFFICER)
        between()
        return HttpResponse(f"{before} {has_role(user, organisation, Role.OFFICER)}")

    return view


@pytest.mark.parametrize(
    ("method", "answers"), [("get", b"True True"), ("head", b"True True"), ("post", b"True False")]
)
def test_a_page_asks_once_and_an_act_each_time(rosa: User, method: str, answers: bytes) -> None:
    body = Organisation.objects.create(name="A city", kind="public_body")
    held = Membership.objects.create(user=rosa, organisation=body, role=Role.OFFICER)
    view = asked_twice(rosa, body, between=held.delete)

    response = ReadingMiddleware(view)(getattr(RequestFactory(), method)("/"))

    assert response.content == answers
    assert not has_role(rosa, body, Role.OFFICER)
