"""What programs of readers ask for again and again: the dates of a call for a calendar, the open calls for a feed reader.

Neither keeps a cookie: the language they were given in is in their address, as `in`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from procurement.models import Call, PublishedDeadline
from procurement.queries.public import wanted_calls
from procurement.web.forms.public_list import address_of, wanted_from
from procurement.web.notice_calendar import calendar_of
from procurement.web.public import published_call
from workflow import clock
from workflow.templatetags.instants import instant_text
from workflow.templatetags.texts import text_in_language

MOST, FRESH = 100, 300  # entries; seconds
KNOWN = {code for code, _name in settings.LANGUAGES}


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def call_dates(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the dates of a published call as a file that calendars take, once or again and again."""
    call = published_call(reference)
    with translation.override(_language(request)):
        return _file(calendar_of(call), kind="text/calendar; charset=utf-8", name=f"{reference}.ics")


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def calls_feed(request: HttpRequest) -> HttpResponse:
    """Give the open calls as an Atom feed, the latest first; a search and its filters count as in the list."""
    wanted = replace(wanted_from(request.GET), sort="publication")
    calls = wanted_calls(wanted, now=clock.now()).annotate(moved_at=Max("published_deadlines__published_at"))
    with translation.override(_language(request)):
        feed = _feed(
            calls[:MOST], found_at=f"{reverse('public_calls')}?{address_of(wanted)}", here=request.get_full_path()
        )
        return _file(feed.writeString("utf-8"), kind=feed.content_type, name="calls.atom")


def _file(content: bytes | str, *, kind: str, name: str) -> HttpResponse:
    """Answer with a file: programs take it as it is, and no browser takes it for a page."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


class OpenCalls(Atom1Feed):
    """A feed that changes only when something is published; one without entries, too."""

    def latest_post_date(self) -> datetime:
        """Return when the latest deadline of any call was published."""
        latest = PublishedDeadline.objects.aggregate(at=Max("published_at"))["at"]
        return latest or datetime(1970, 1, 1, tzinfo=UTC)


def _feed(calls: Iterable[Call], *, found_at: str, here: str) -> Atom1Feed:
    feed = OpenCalls(
        title=_("Open calls"),
        link=settings.SITE_URL + found_at,
        description=_("Calls for tenders and for experts, by cities and their networks."),
        language=translation.get_language(),
        feed_url=settings.SITE_URL + here,
    )
    for call in calls:
        page = settings.SITE_URL + reverse("public_call", args=[call.reference])
        feed.add_item(
            title=f"{call.reference} – {text_in_language(call.title)[0]}",
            link=page,
            description=escape(_summary(call)),  # readers take it for HTML
            author_name=call.organisation.name,
            pubdate=call.published_at,
            updateddate=call.moved_at or call.published_at,  # type: ignore[attr-defined]
            unique_id=page,
            categories=[name for name in (call.theme, call.country) if name],
        )
    return feed


def _summary(call: Call) -> str:
    told = [str(call.get_kind_display()), ", ".join(name for name in (call.place, call.country) if name)]
    if call.deadline:
        when = f"{instant_text(call.deadline, zone=call.timezone)} ({call.timezone})"
        told.append(_("Deadline: %(when)s") % {"when": when})
    return " · ".join(one for one in told if one)


def _language(request: HttpRequest) -> str:
    named = request.GET.get("in", "")
    return named if named in KNOWN else translation.get_language() or settings.LANGUAGE_CODE
