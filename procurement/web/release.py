"""The release of pieces in an opening session: the browser fetches what is sealed to its holder, and sends what it opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from accounts.second_factor import fresh_second_factor
from procurement.actions.release_pieces import left_to_release, release_pieces
from procurement.enums import EnvelopeKind
from procurement.models import Call, Envelope, KeyHolder, OpeningSession
from procurement.models.facts.release import release_facts
from procurement.queries.pieces import held_by, to_open
from procurement.queries.roster import name_of
from procurement.rules import release as rules
from procurement.web.holder_key import Unreadable, own_holder, sent
from procurement.web.opening import load
from workflow import clock
from workflow.guards import objections_to

AT_ONCE = 50  # envelopes in one answer


@require_GET
def pieces(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the next envelopes whose pieces this holder has not released in the running session.

    Until the holder may release, present and with the deadline passed, not even how many there are.
    """
    call = load(request, reference)
    holder = own_holder(request, call)
    session = OpeningSession.objects.filter(call=call, ended_at=None).first()
    if session is None or objections_to(rules.BEGIN, release_facts(holder, session=session, now=clock.now())):
        return JsonResponse({"total": 0, "left": 0, "envelopes": []})
    return JsonResponse(_left(call, holder, session))


def _left(call: Call, holder: KeyHolder, session: OpeningSession) -> dict[str, Any]:
    envelopes = {one.pk: one for one in to_open(call, EnvelopeKind(session.kind))}
    left = left_to_release(holder, session=session, envelopes=envelopes)
    return {
        "total": sum(held_by(one, holder) for one in envelopes.values()),
        "left": len(left),
        "envelopes": [_shown(envelopes[pk], holder) for pk in sorted(left)[:AT_ONCE]],
    }


def _shown(envelope: Envelope, holder: KeyHolder) -> dict[str, Any]:
    """Return of an envelope what a holder needs to open their pieces, and nothing that says whose it is."""
    header, name = envelope.header, name_of(holder)
    mine = {subset: subset.split("+").index(name) for subset in header["subsets"] if name in subset.split("+")}
    return {
        "id": envelope.pk,
        "binding": {field: header[field] for field in ("call", "application", "envelope", "version")},
        "header": {
            "quorum": header["quorum"],
            "holders": [
                {"name": one["name"], "pieces": one["pieces"] if one["name"] == name else ""}
                for one in header["holders"]
            ],
        },
        "prints": {subset: header["subsets"][subset][at] for subset, at in mine.items()},
    }


@require_POST
@fresh_second_factor
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Record pieces; tell whether the holder's release is complete."""
    call = load(request, reference)
    own_holder(request, call)
    try:
        found = {int(pk): dict(one) for pk, one in sent(request)["pieces"].items()}
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        return HttpResponse(status=400)
    presence = release_pieces(call=call, pieces=found, actor=request.user, now=clock.now())
    return JsonResponse({"complete": presence.released_at is not None})
