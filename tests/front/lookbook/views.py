"""Views of the look-book: no data base, no person."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines

from tests.front.lookbook.forms import EveryKindForm
from tests.front.lookbook.sample import context

HERE = Path(__file__).parent


def _page(request: HttpRequest, name: str, variables: dict[str, Any]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string((HERE / name).read_text()).render(variables, request))


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Show every component; ?wrong=1 shows the form as it comes back with errors."""
    wrong = {"title": "", "deadline_0": "32/01/2020", "deadline_1": "17:00", "mode": "none"}
    form = EveryKindForm(wrong if "wrong" in request.GET else None)
    if "message" in request.GET:
        messages.success(request, "The call has been published. Two subscribers were told.")
        messages.warning(request, "One message could not be delivered.")
    page = Paginator(range(95), 10).page(3)
    return _page(request, "components.html", {**context(), "form": form, "page": page})


@login_not_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show the scoring desk."""
    return _page(request, "desk.html", context())


@login_not_required
def error(request: HttpRequest, code: int) -> HttpResponse:
    """Show an error page as it is, with the status 200 so that the browser keeps quiet."""
    return render(request, f"errors/{code}.html", {"objections": context()["objections"], "back_url": "/"})


@login_not_required
def autosave(request: HttpRequest) -> HttpResponse:
    """Answer a draft as a real view does; the text decides which answer, so that a test can ask for each."""
    text = request.POST.get("text", "")
    if text == "expire":
        return JsonResponse({"errors": {}}, status=401)
    if text == "close":
        return JsonResponse({"sentence": "The deadline has passed: this was not saved."}, status=409)
    if text == "refuse":
        reasons = [{"code": "sheet.signed", "sentence": "The sheet is signed."}]
        return JsonResponse({"errors": reasons}, status=409)
    errors = {"text": ["Too short."]} if text == "short" else {}
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved_at": "2020-03-10T12:03:41+01:00", "errors": errors})
    return sent(request)


@login_not_required
def upload(request: HttpRequest) -> HttpResponse:
    """Answer an upload: a refusal in a sentence, or where to go on."""
    file = request.FILES["file"]
    if file.size == 0:
        return JsonResponse({"errors": [f"{file.name} is empty."]}, status=400)
    return JsonResponse({"url": "/sent/"})


@login_not_required
def sent(request: HttpRequest) -> HttpResponse:
    """Say that something arrived."""
    return HttpResponse("<!doctype html><title>sent</title><p>arrived</p>")
