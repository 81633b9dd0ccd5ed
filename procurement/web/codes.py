"""The page of an application's access code: shown to be noted, typed on another device, made anew when it is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import unsent
from accounts.requests import page_of, safe_path, wants_json
from procurement.actions.renew_access import note_code, renew_access
from procurement.demo.codes import CODE
from procurement.models import Application
from procurement.models.access import access_with
from procurement.queries.kept_codes import kept_code_of
from procurement.rules import submission
from procurement.web.access import keep_access
from procurement.web.forms.applications import CodeForm, PasswordForm
from procurement.web.own_application import load_own, render_own, standing_of
from procurement.web.refusals import reasons_json
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import Reason

TYPED = "typed:"  # before the name of a field that waits, on the page, for the code


def show_code(request: HttpRequest, own: Application, *, password: PasswordForm | None = None) -> HttpResponse:
    """Draw the page that shows the code, and where it can be kept with the account."""
    assert own.access is not None
    context = {"code": own.access.code, "kept": kept_code_of(own, request.user), "password": password or PasswordForm()}
    return render_own(request, own, "application_code.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the code to whoever has it on this device; else ask for it, and go on where the applicant was."""
    own = load_own(request, reference)
    back = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET" and own.access is not None:
        return redirect(back) if back else show_code(request, own)
    form = CodeForm(request.POST if "code" in request.POST else None)
    waiting = waiting_of(request, own)
    if form.is_valid():
        access = access_with(form.cleaned_data["code"], reference=own.reference, check=own.key_check)
        if access is not None:
            response = gone_on(request, own, back, waiting)
            keep_access(response, own, access)
            return response
        form.add_error("code", gettext("This is not the code of this application. Each application has its own."))
    return ask_for_code(request, own, form=form, back=back, waiting=waiting, status=200)


def ask_for_code(
    request: HttpRequest,
    own: Application,
    *,
    back: str,
    form: CodeForm | None = None,
    password: PasswordForm | None = None,
    waiting: dict[str, Any] | None = None,
    status: int = 409,
) -> HttpResponse:
    """Draw the page that asks for the code; what was typed waits in the page itself, nowhere else."""
    form = form or CodeForm()
    standing = standing_of(own, now=clock.now())
    context = {"form": form, "next": back, "waiting": waiting, "typed": TYPED, "standing": standing, "demo_code": CODE}
    context |= {"kept": kept_code_of(own, request.user), "password": password or PasswordForm()}
    return render_own(request, own, "application_locked.html", context, status=status)


def waiting_of(request: HttpRequest, own: Application) -> dict[str, Any] | None:
    """Return the form that waits on the page until the application is unlocked, None when none does."""
    path = safe_path(request, request.POST.get("path"))
    fields = [
        [name.removeprefix(TYPED), text]
        for name, texts in request.POST.lists()
        if name.startswith(TYPED)
        for text in texts
    ]
    back = request.POST.get("next") or reverse("application", args=[own.reference])
    return {"path": path, "page": safe_path(request, back), "fields": fields} if path and fields else None


def gone_on(request: HttpRequest, own: Application, back: str, waiting: dict[str, Any] | None) -> HttpResponse:
    """Lead an applicant who has unlocked the application to where they were, with what they had typed."""
    if waiting:
        context = {"waiting": waiting, "texts": unsent.long_texts(waiting)}
        return render(request, "procurement/application_typed.html", context)
    return redirect(back) if back else redirect("application", own.reference)


def answer_locked(request: HttpRequest, application: Application) -> HttpResponse:
    """Answer a request that asked for what is sealed and brought no code: the page that asks for it, nothing lost."""
    if wants_json(request):
        return reasons_json([Reason(submission.UNLOCKED.objection(None))])
    if request.method == "GET":
        address = reverse("application_code", args=[application.reference])
        response = (
            render(request, "procurement/application_again.html", status=200) if _from_elsewhere(request) else None
        )
        return response or redirect(f"{address}?next={request.get_full_path()}")
    waiting = unsent.typed_form(request)
    return ask_for_code(request, application, back=page_of(request), waiting=waiting)


def _from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether another site led here, a mail read in the browser for one: the browser then keeps the cookie back."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


@require_POST
def noted(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep that the applicant noted the code, and go to the parts."""
    own = load_own(request, reference)
    note_code(application=own, actor=request.user, now=clock.now())
    return redirect("application", reference)


@never_cache
@require_http_methods(["GET", "POST"])
def renewal(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin anew without the old code, after reading what that means."""
    own = load_own(request, reference)
    if request.method == "POST":
        renewed = renew_access(application=own, actor=request.user, now=clock.now())
        messages.success(request, gettext("A new code is made. What was written under the old one is gone."))
        response = redirect("application_code", reference)
        assert renewed.access is not None
        keep_access(response, own, renewed.access)
        return response
    now = clock.now()
    standing = standing_of(own, now=now)
    reasons = objections_to(submission.EDIT, own.facts(submission.ABOUT))
    context = {"now": now, "standing": standing, "objections": [Reason(one) for one in reasons]}
    return render_own(request, own, "application_renewal.html", context)
