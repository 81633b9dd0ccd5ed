"""What the reading and scoring desk shows: the pieces on one side, the grid on the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from procurement.enums import SheetState, Stage
from procurement.models import Criterion, Score, ScoreSheet
from procurement.queries.findings import words_for
from procurement.queries.reading import Piece, chosen, pieces_of, text_of
from procurement.queries.sheets import asked_criteria, neighbours_of
from procurement.web.criteria_rows import groups_of
from procurement.web.forms.sheets import GENERAL, MarksForm, Written
from workflow.refusals import Reason
from workflow.transitions import objections


def stored_on(sheet: ScoreSheet) -> dict[str, Written]:
    """Return what a sheet holds, by code."""
    scores = Score.objects.filter(sheet=sheet).values_list("criterion__code", "mark", "comment")
    stored = {code: Written(mark, comment) for code, mark, comment in scores}
    stored[GENERAL] = Written(None, sheet.general_comment)
    return stored


def form_of(sheet: ScoreSheet, sent: Any = None) -> MarksForm:
    """Return the form of a sheet, with what was sent or what is stored."""
    criteria = asked_criteria(sheet.call, stage=Stage(sheet.stage))
    return MarksForm(sent, criteria=criteria, stored=stored_on(sheet))


def grid_context(sheet: ScoreSheet, form: MarksForm, *, now: datetime) -> dict[str, Any]:
    """Return the grid: groups of criteria, progress, and what stands against signing."""
    writable = sheet.state == SheetState.DRAFT
    marked = sum(form.stored.get(one.code, Written()).mark is not None for one in form.criteria)
    return {
        "sheet": sheet,
        "form": form,
        "writable": writable,
        "groups": groups_of(form.criteria, form=form, writable=writable),
        "general": form[GENERAL],
        "general_version": form.stored[GENERAL].version,
        "marked": marked,
        "asked": len(form.criteria),
        "points": sum((one.maximum for one in form.criteria if one.maximum is not None), start=0),
        "comment_minimum": int(sheet.call.rules.get("comment_minimum", 0)),
        "against": against_signing(sheet, now=now) if writable else [],
        "others": _of_other_stages(sheet),
    }


def against_signing(sheet: ScoreSheet, *, now: datetime) -> list[Reason]:
    """Return the sentences with which a signature would be refused now."""
    fresh = ScoreSheet.objects.select_related("call", "application__interview", "member__declaration").get(pk=sheet.pk)
    return objections(fresh, "sign", now=now)


def _of_other_stages(sheet: ScoreSheet) -> list[tuple[Criterion, Written | None]]:
    """Return the criteria marked at another stage, with the marks that the author gave there."""
    rows = list(sheet.call.criteria.filter(parts=None).exclude(stage=sheet.stage))
    if not rows:
        return []
    given = Score.objects.filter(
        sheet__member=sheet.member_id, sheet__application=sheet.application_id, sheet__state=SheetState.SIGNED,
        criterion__in=rows,
    )  # fmt: skip
    marks = {score.criterion_id: Written(score.mark, score.comment) for score in given}
    return [(criterion, marks.get(criterion.pk)) for criterion in rows]


def reader_context(sheet: ScoreSheet, *, key: str, actor: Any, now: datetime) -> dict[str, Any]:
    """Return the pieces of the application and the one that is open; refuses whoever may not read them."""
    pieces = pieces_of(sheet.application, actor=actor, now=now)
    piece = chosen(pieces, key)
    return {
        "pieces": [
            {"piece": one, "url": f"?{urlencode({'document': one.key})}#doc", "current": one is piece} for one in pieces
        ],
        "piece": piece,
        "text": text_of(piece, actor=actor, now=now) if piece else None,
        "findings": words_for(piece.document.findings) if piece and piece.document else [],
        "addresses": _addresses(sheet, piece),
    }


def _addresses(sheet: ScoreSheet, piece: Piece | None) -> dict[str, str]:
    if piece is None or piece.document is None:
        return {}
    names = {"shown": "call_document", "file": "call_document_file"}
    args = [sheet.call.reference, piece.document.file_id]
    return {key: reverse(name, args=args) for key, name in names.items()}


def desk_context(sheet: ScoreSheet, form: MarksForm, *, key: str, actor: Any, now: datetime) -> dict[str, Any]:
    """Return the whole desk."""
    near = neighbours_of(sheet)
    asked = len(form.criteria)
    return {
        "call": sheet.call,
        "application": sheet.application,
        "now": now,
        "near": near,
        "tags": [_tag(one, sheet, asked=asked) for one in near.around],
        **reader_context(sheet, key=key, actor=actor, now=now),
        **grid_context(sheet, form, now=now),
    }


def _tag(one: ScoreSheet, sheet: ScoreSheet, *, asked: int) -> dict[str, Any]:
    return {
        "label": one.application.label,
        "url": reverse("evaluation_desk", args=[sheet.call.reference, one.application.reference]),
        "current": one.pk == sheet.pk,
        "signed": one.state == SheetState.SIGNED,
        "marked": one.marked,  # type: ignore[attr-defined]
        "asked": asked,
    }
