"""Sign a paper in the application."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import Paper, Signature
from procurement.models.facts.attendance import signing_facts
from procurement.queries.impartiality import seat_of
from procurement.rules import signing
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def sign_paper(*, paper: Paper, actor: User, now: datetime, dissent: str = "") -> Signature:
    """Sign the digest of a paper for one's own seat, with a dissent if there is one.

    Refuses other seats than those that answer for the paper, a paper without its file, an older version, a second signature.
    """
    demand_permission(may.sign_paper(paper, actor), subject=paper.call, act="sign_paper")
    locked = Paper.objects.select_for_update(of=("self",)).select_related("file", "call").get(pk=paper.pk)
    member = seat_of(locked.call, actor)
    assert member is not None  # the permission
    demand(signing.SIGN, signing_facts(locked, member=member, dissent=dissent), subject=locked.call, act="sign_paper")
    signature = Signature.objects.create(
        paper=locked, member=member, sha256=locked.sha256, dissent=dissent.strip(), signed_at=now
    )
    details = {"paper": locked.pk, "sha256": locked.sha256, "dissent": bool(signature.dissent)}
    audit.record(signature, "sign_paper", actor=actor, now=now, scope=locked.call.reference, details=details)
    return signature
