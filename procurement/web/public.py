"""Pages that everybody may read. Nothing on them depends on applications before an award is final."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from procurement.models import Call, Paper
from procurement.queries.award_notice import award_notice, awarded_calls
from procurement.queries.public import SOON, end_paper, facets_of, notice_paper, published_calls, wanted_calls
from procurement.queries.roster import holders_of
from procurement.queries.versions import version_of_call, version_of_list
from procurement.sealing import fingerprint
from procurement.web.drawn_once import drawn_once
from procurement.web.forms.public_list import PERIODS, active_filters, address_of, choices_of, wanted_from
from procurement.web.notice_page import notice_context
from procurement.web.public_status import apply_to, is_open, status_of
from procurement.web.workspace import up_to_date
from workflow import clock, storage

ON_A_PAGE = 20


@login_not_required
@require_safe
@never_cache
@drawn_once(version_of_list)
def public_calls(request: HttpRequest) -> HttpResponse:
    """List the open calls, with a search and filters; those that close within seven days first."""
    now = clock.now()
    wanted = wanted_from(request.GET)
    page = Paginator(wanted_calls(wanted, now=now), ON_A_PAGE).get_page(request.GET.get("page"))
    soon = [call for call in page if call.deadline and now < call.deadline <= now + SOON]
    context = {
        "now": now,
        "wanted": wanted,
        "page": page,
        "soon": soon if wanted.sort == "deadline" else [],
        "others": [call for call in page if call not in soon] if wanted.sort == "deadline" else list(page),
        "filters": active_filters(wanted),
        "by_deadline": address_of(wanted, sort="deadline"),
        "by_publication": address_of(wanted, sort="publication"),
        **choices_of(wanted, facets_of(wanted, now=now, periods=PERIODS)),
    }
    return render(request, "procurement/public_list.html", context)


@login_not_required
@require_safe
@never_cache
@drawn_once(version_of_call)
def public_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a published call: what is asked, how it is judged, until when, and what has become of it."""
    call = up_to_date(published_call(reference))
    now = clock.now()
    context: dict[str, Any] = {
        **notice_context(call, now=now),
        "status": status_of(call, now=now),
        "open": is_open(call, now=now),
        "apply": apply_to(call, request.user, now=now),
        "notice": notice_paper(call),
        "award": award_notice(call),
        "keys": [] if call.lock_public is None else list(holders_of(call)),
        "lock": fingerprint(bytes(call.lock_public)) if call.lock_public is not None else "",
        "ending": end_paper(call) if call.ended_at else None,
    }
    return render(request, "procurement/public_call.html", context)


@login_not_required
@require_safe
def public_notice_file(request: HttpRequest, reference: str) -> HttpResponse | StreamingHttpResponse:
    """Give the notice in Word."""
    return word_file(request, notice_paper(published_call(reference)))


@login_not_required
@require_safe
def public_award_file(request: HttpRequest, reference: str) -> HttpResponse | StreamingHttpResponse:
    """Give the award notice in Word, once the award is final."""
    notice = award_notice(published_call(reference))
    return word_file(request, notice.paper if notice else None)


@login_not_required
@require_safe
def public_end_file(request: HttpRequest, reference: str) -> HttpResponse | StreamingHttpResponse:
    """Give the notice in Word that a call ended without award."""
    return word_file(request, end_paper(published_call(reference)))


@login_not_required
@require_safe
@never_cache
def public_awards(request: HttpRequest) -> HttpResponse:
    """List the awards that are final, the latest first."""
    page = Paginator(awarded_calls(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "procurement/public_awards.html", {"page": page})


def word_file(request: HttpRequest, paper: Paper | None) -> HttpResponse | StreamingHttpResponse:
    """Answer with the Word file of a paper; its digest is its name for caches, because it never changes."""
    if paper is None or paper.file is None:
        raise Http404
    tag = f'"{paper.file.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    answer = StreamingHttpResponse(storage.stream(paper.file), content_type=paper.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=paper.file.name) or ""
    answer["Content-Length"] = str(paper.file.size)
    answer["ETag"] = tag
    return answer


def published_call(reference: str) -> Call:
    """Return a call that was shown to the public, or 404."""
    call = published_calls().filter(reference=reference).first()
    if call is None:
        raise Http404
    return call
