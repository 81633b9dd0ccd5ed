"""Applications that lack nothing but the submission, each begun and written by the real acts, by several processes."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import uuid
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PROCESSES, AT_ONCE = 2, 25
IDENTITY = {"status": "natural", "address": "1 rue Haute, Grenoble", "country": "France", "vat": "exempt"}
ONLY_SOWN = "-c synchronous_commit=off"  # what a power cut would lose is sown again: no draft waits for the disk


@dataclass(frozen=True)
class Draft:
    """An application ready to be submitted: its applicant's headers, the key of the click, the digest of its document."""

    application: str
    headers: dict[str, str]
    key: str
    sha256: str


def prepared(call: str, count: int, *, processes: int = PROCESSES) -> list[Draft]:
    """Return so many drafts for a call."""
    shares = [range(first, min(first + AT_ONCE, count)) for first in range(0, count, AT_ONCE)]
    if processes < 2:
        return [draft for share in shares for draft in _written(call, share)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin) as pool:
        return [draft for some in pool.map(_written, [call] * len(shares), shares) for draft in some]


def _begin() -> None:
    import django

    os.environ["PGOPTIONS"] = ONLY_SOWN
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def _written(reference: str, numbers: Sequence[int]) -> list[Draft]:
    from procurement.models import Call

    call = Call.objects.get(reference=reference)
    return [_draft(call, number) for number in numbers]


def _draft(call: Any, number: int) -> Draft:
    from accounts.models import User
    from infra.bench.people import headers_of
    from infra.bench.scenes import pdf
    from procurement.actions.attach_document import attach_document
    from procurement.actions.save_part import save_identity, save_price
    from procurement.demo.codes import CODE, begin
    from procurement.queries.sealed_files import receive
    from procurement.web.access import PREFIX
    from workflow import clock

    user = User.objects.create(
        email=f"{call.reference}.{number}@bench.example".lower(), full_name=f"Applicant {number}", language="fr"
    )
    now, content = clock.now(), pdf(2000) + b"%" + str(number).encode()
    application = begin(call=call, actor=user, now=now)
    identity = {**IDENTITY, "name": user.full_name}
    save_identity(application=application, identity=identity, actor=user, now=now)
    price = {"days": Decimal(40), "rate": Decimal(300), "expenses": Decimal(1000 + number % 900)}
    save_price(application=application, **price, actor=user, now=now)
    requirement = call.requirements.get(code="A1")
    received = receive(application, requirement, content, name="lettre.pdf")
    attach_document(application=application, requirement=requirement, received=received, actor=user, now=now)
    headers = headers_of(user)
    headers["Cookie"] += f"; {PREFIX}{application.reference}={CODE}"
    return Draft(application.reference, headers, uuid.uuid4().hex, hashlib.sha256(content).hexdigest())
