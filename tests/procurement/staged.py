"""The Grenoble call at a stage, by the real road: every act is played, nothing is put in place by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from procurement.demo.cast import Cast, gather
from procurement.demo.play import NAMES, play
from procurement.demo.stage import Stage
from procurement.models import Application, Call
from tests.procurement.browsers import Browser as Client
from tests.procurement.played_once import played_once

HALTS = ["applied", "evaluation", "ranked"]
PEOPLE = [
    "anonymous", "stranger", "E3", "E4", "officer", "approver", "authority", "auditor",
    "chair", "secretary", "V1", "observer", "outsider",
]  # fmt: skip


@dataclass
class World:
    """A call somewhere on its way, and everybody around it."""

    call: Call
    cast: Cast
    clients: dict[str, Client]

    @property
    def third(self) -> Application:
        """Return the application of E3, who will win."""
        return Application.objects.get(call=self.call, user=self.cast["E3"])


def world_at(name: str) -> World:
    """Play up to a stage; `outsider` is an officer of another body, `stranger` applies to nothing."""
    stage, call = _played_until("applied" if name == "published" else name)
    Call.objects.filter(pk=call.pk).update(next_check_at=None)  # a page would catch up with a clock that is ahead
    clients = {key: _client(_account(key, stage.cast)) for key in PEOPLE}
    return World(call=Call.objects.get(pk=call.pk), cast=stage.cast, clients=clients)


@played_once
def _played_until(name: str) -> tuple[Stage, Call]:
    """Go on from the last halt before, so that the way to it is gone once."""
    before = [halt for halt in HALTS if NAMES.index(halt) < NAMES.index(name)]
    if not before:
        stage = Stage(cast=gather(), world=_deliver)
        return stage, play(stage, until=name)
    stage, call = _played_until(before[-1])
    return stage, play(stage, until=name, call=call, after=before[-1])


def _deliver() -> None:
    from workflow import outbox

    outbox.deliver_waiting()


def _account(key: str, cast: Cast) -> User | None:
    if key == "anonymous":
        return None
    if key in cast.people:
        return cast[key]
    user, _created = User.objects.get_or_create(email=f"{key}@elsewhere.example", defaults={"full_name": key})
    if key == "outsider":
        other, _made = Organisation.objects.get_or_create(name="Another city", defaults={"kind": "public_body"})
        Membership.objects.get_or_create(user=user, organisation=other, role=Role.OFFICER, ended_at=None)
    return user


def _client(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def addresses(world: World) -> dict[str, Any]:
    """Return the values that fill the addresses of this call: they name things of E3 wherever there is a choice."""
    third, call = world.third, world.call
    document = third.documents.order_by("id").first()
    paper = call.papers.order_by("id").first()
    receipt = third.submissions.order_by("id").first()
    member = call.members.get(label="V1")
    return {
        "call": call.reference,
        "application": third.reference,
        "label": third.label or "E3",
        "file": document.file_id if document else "",
        "paper": paper.pk if paper else 1,
        "number": receipt.receipt_number if receipt else "AR-0000-0000",
        "member": member.pk,
    }
