"""An applicant's pages: the list, the beginning, the parts, what was written, the submission, the withdrawal."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import queries as people
from accounts.requests import wants_json
from procurement.actions.discard_draft import discard_draft
from procurement.actions.start_application import start_application
from procurement.actions.submit_application import submit_application
from procurement.actions.withdraw_application import withdraw_application
from procurement.enums import PUBLIC, ApplicationState
from procurement.models import Application, Call, Submission
from procurement.models.browser_copy import seals_in_browser
from procurement.models.facts.submission import starting_facts
from procurement.queries.applications import (
    application_to,
    current_submission,
    letters_to,
    listed_applications_of,
    submissions_of,
)
from procurement.queries.manifest import differs
from procurement.queries.resupply import missing_files, unreadable
from procurement.rules import submission
from procurement.web.access import keep_access
from procurement.web.application_acts import against_files, against_submitting, cautions, may_submit
from procurement.web.application_status import status_of
from procurement.web.application_tasks import working_copy
from procurement.web.browser_price import page_facts, prepared_of
from procurement.web.forms.applications import ApplicantForm
from procurement.web.own_application import load_own, render_own, standing_of
from procurement.web.refusals import reasons_json
from procurement.web.written import written_sections
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import Reason, Refused


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My applications, each with its next step."""
    now = clock.now()
    rows = [{"application": one, "status": status_of(one, now=now)} for one in listed_applications_of(request.user)]
    return render(request, "procurement/applications.html", {"rows": rows, "now": now})


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an application: at once for a person, after choosing for whom where there are firms."""
    call = Call.objects.select_related("organisation").filter(reference=reference, state__in=PUBLIC).first()
    if call is None:
        raise Http404
    firms = list(people.firms_of(request.user))
    form = ApplicantForm(request.POST if "begin" in request.POST else None, person=request.user, firms=firms)
    if request.method == "POST" and (not firms or form.is_valid()):
        organisation = form.organisation() if firms else None
        begun = start_application(call=call, actor=request.user, now=clock.now(), organisation=organisation)
        return _begun(begun)
    return _starting_page(request, call, form)


def _begun(begun: Application) -> HttpResponse:
    """Go to the page that shows the code of a new application, or back to one that was begun before."""
    if begun.access is None:
        return redirect("application", begun.reference)
    response = redirect("application_code", begun.reference)
    keep_access(response, begun, begun.access)
    return response


def _starting_page(request: HttpRequest, call: Call, form: ApplicantForm) -> HttpResponse:
    now = clock.now()
    facts = starting_facts(call, person=request.user, now=now)
    context = {
        "call": call,
        "now": now,
        "form": form,
        "objections": [Reason(one) for one in objections_to(submission.START, facts)],
        "begun": application_to(call, request.user),
        "deadline": facts.latest_deadline,
    }
    return render(request, "procurement/application_start.html", context)


@require_GET
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """The parts of an application, what was submitted, and what comes next; without the code, all but what was written."""
    own = load_own(request, reference)
    now = clock.now()
    standing = standing_of(own, now=now)
    copy = working_copy(own) if own.access else None
    current = current_submission(own)
    changed = current is not None and standing.writable and copy is not None and differs(own, current)
    context = {
        "now": now,
        "standing": standing,
        "copy": copy,
        "status": status_of(own, now=now),
        "current": current,
        "differs": changed,
        "submissions": submissions_of(own),
        "letters": letters_to(own),
        "against": against_submitting(own, copy, standing) if copy else [],
        "offered": copy is not None and may_submit(own, standing) and (current is None or changed),
        "discardable": not own.submissions.exists(),
        "unreadable": own.call.opened_at is not None and bool(unreadable(own) or missing_files(own)),
    }
    return render_own(request, own, "application.html", context)


@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was written, before it counts; afterwards, what is kept."""
    return _check_page(request, load_own(request, reference))


def _check_page(request: HttpRequest, own: Application, *, refusal: Refused | None = None) -> HttpResponse:
    now = clock.now()
    used = refusal is not None and submission.SAME_CONTENT.code in refusal.codes
    standing, copy, current = standing_of(own, now=now), working_copy(own), current_submission(own)
    offered = may_submit(own, standing) and (current is None or differs(own, current))
    lost = against_files(own, copy) if offered and standing.writable and request.method == "GET" else []
    context = {
        "now": now,
        "standing": standing,
        "copy": copy,
        "sections": written_sections(copy, writable=standing.writable),
        "current": current,
        "against": against_submitting(own, copy, standing) + lost,
        "offered": offered,
        "cautions": cautions(copy),
        "key": uuid.uuid4().hex if used else request.POST.get("key") or uuid.uuid4().hex,
        "reasons": refusal.reasons if refusal else [],
        "sealing": page_facts(own) if seals_in_browser(own) else None,
    }
    return render_own(request, own, "application_check.html", context, status=422 if used else 409 if refusal else 200)


@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit. The key was made when the page was drawn: pressing twice, or going back, gives the same receipt.

    So does pressing in a second tab what was submitted in the first, as long as nothing was changed in between.
    """
    own: Any = load_own(request, reference, brief=True)
    current = current_submission(own) if own.state == ApplicationState.SUBMITTED else None
    if current is not None and not differs(own, current):
        return _receipt(request, current)
    key = request.POST.get("key", "")[:64] or uuid.uuid4().hex
    try:
        made = submit_application(
            application=own, actor=request.user, now=own.asked_at, idempotency_key=key,
            prepared=prepared_of(request, own),
        )  # fmt: skip
    except Refused as refusal:
        if wants_json(request):
            return reasons_json(refusal.reasons)
        return _check_page(request, load_own(request, reference), refusal=refusal)
    return _receipt(request, made)


def _receipt(request: HttpRequest, made: Submission) -> HttpResponse:
    url = reverse("application_receipt", args=[made.application.reference, made.receipt_number])
    return JsonResponse({"url": url}) if wants_json(request) else redirect(url)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a submitted application back, after reading what that means."""
    own = load_own(request, reference)
    if request.method == "POST":
        withdraw_application(application=own, actor=request.user, now=clock.now())
        messages.success(request, gettext("Your application is withdrawn. What you wrote is still here."))
        return redirect("application", reference)
    return _serious(request, own, "application_withdrawal.html", "withdraw")


@require_http_methods(["GET", "POST"])
def abandonment(request: HttpRequest, reference: str) -> HttpResponse:
    """Erase a draft that was never submitted."""
    own = load_own(request, reference)
    if request.method == "POST":
        discard_draft(application=own, actor=request.user, now=clock.now())
        messages.success(request, gettext("The draft and its files are erased."))
        return redirect("my_applications")
    return _serious(request, own, "application_abandonment.html", "")


def _serious(request: HttpRequest, own: Application, template: str, act: str) -> HttpResponse:
    now = clock.now()
    standing = standing_of(own, now=now)
    context: dict[str, Any] = {"now": now, "standing": standing, "current": current_submission(own)}
    if act:
        reasons = objections_to(submission.WITHDRAW, own.facts(submission.ABOUT))
        context["objections"] = [Reason(one) for one in reasons]
    else:
        facts = submission.ChangingFacts(submitted_before=own.submissions.exists())
        context["objections"] = [Reason(one) for one in objections_to((submission.NEVER_SUBMITTED,), facts)]
    return render_own(request, own, template, context)
