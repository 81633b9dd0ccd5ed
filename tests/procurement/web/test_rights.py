"""The rights matrix: role by page by state by ownership, from one table; what is not in the table fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.procurement.staged import PEOPLE, World, addresses, world_at
from tests.procurement.web.rights import ACTS, ELSEWHERE, EVERYBODY, NOBODY, PAGES, STAGES
from workflow.models import AuditEvent


def patterns(resolver: Any = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver("procurement.web.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def url_of(pattern: URLPattern, values: dict[str, Any]) -> str:
    route, kwargs = str(pattern.pattern), {}
    for name in pattern.pattern.converters:
        kwargs[name] = values.get(name, "x")
        if name == "reference":
            kwargs[name] = values["application"] if route.startswith("applications/") else values["call"]
        elif name == "number":
            kwargs[name] = values["number"] if "receipt" in route else 1
        elif name == "label" and "letters" not in route:
            kwargs[name] = "v1"
        elif name == "code":
            kwargs[name] = "A5" if "completion" in route else "A1"
        elif name == "message":
            kwargs[name] = 1
        elif name == "stage":
            kwargs[name] = "file"
    return reverse(str(pattern.name), kwargs=kwargs)


def test_every_address_is_in_the_table() -> None:
    known = {str(pattern.name) for pattern in patterns()}

    assert known == PAGES.keys() | ACTS.keys() | ELSEWHERE.keys()


def test_no_two_addresses_share_a_name() -> None:
    names = [str(pattern.name) for pattern in patterns(get_resolver()) if pattern.name]

    assert len(names) == len(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_the_table_holds(stage: str) -> None:
    world = world_at(stage)
    values = addresses(world)
    wrong = []
    for pattern in patterns():
        name = str(pattern.name)
        if name in PAGES:
            wrong += _pages(world, name, url_of(pattern, values), PAGES[name].get(stage, NOBODY))
        elif name in ACTS and stage == "evaluation":
            wrong += _acts(world, name, url_of(pattern, values), ACTS[name])

    assert wrong == [], "\n".join(wrong)


def _pages(world: World, name: str, url: str, allowed: set[str]) -> list[str]:
    return [
        f"{name}: {who} got {status}"
        for who in PEOPLE
        if (status := _status(world, who, url, "get")) not in _expected(who, who in allowed)
    ]


def _expected(who: str, allowed: bool) -> set[int]:
    if allowed:
        return {200}
    return {302, 404} if who == "anonymous" else {404}


REFUSED = {400, 403, 404, 409, 422}


def _acts(world: World, name: str, url: str, allowed: set[str]) -> list[str]:
    """Try each act as everybody who may not: refused whatever the form says, and nothing is done."""
    wrong = []
    for who in sorted(EVERYBODY - allowed):
        done = AuditEvent.objects.filter(outcome="done").count()
        status = _status(world, who, url, "post", keep=True)
        if status not in ({302} if who == "anonymous" else REFUSED):
            wrong.append(f"{name}: {who} got {status}")
        if AuditEvent.objects.filter(outcome="done").count() != done:
            wrong.append(f"{name}: {who} did something")
    return wrong


def _status(world: World, who: str, url: str, method: str, *, keep: bool = False) -> int:
    """Ask in a savepoint that is rolled back unless kept: one answer does not prepare the next."""
    with transaction.atomic():
        response = getattr(world.clients[who], method)(url)
        status = int(response.status_code)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[arg-type]
        transaction.set_rollback(not keep)
    return status
