"""How a form field is laid out: which kind it is, what describes it, where its errors lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

INPUT_CLASS: Final = {
    "select": "form-select",
    "check": "form-check-input",
    "radios": "form-check-input",
    "checks": "form-check-input",
}


def kind_of(bound: BoundField) -> str:
    """Say how to lay out a field: hidden, check, radios, checks, pair (date and time), select, area, file or text."""
    widget = bound.field.widget
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "check"),
        (forms.SplitDateTimeWidget, "pair"),
        (forms.Select, "select"),
        (forms.Textarea, "area"),
        (forms.FileInput, "file"),
    )
    if bound.is_hidden:
        return "hidden"
    return next((name for types, name in kinds if isinstance(widget, types)), "text")


def first_input_id(bound: BoundField) -> str:
    """Return the id of the control that an error leads to: the first one of a group."""
    if kind_of(bound) in {"radios", "checks", "pair"}:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def described_by(bound: BoundField, *, hint: str) -> str:
    """Return the ids of what describes the control: its own, the hint, the error."""
    own = bound.field.widget.attrs.get("aria-describedby", "")
    ids = [own, f"{bound.auto_id}_helptext" if hint else "", f"{bound.auto_id}_error" if bound.errors else ""]
    return " ".join(part for part in ids if part)


def widget_html(bound: BoundField, *, hint: str, attrs: dict[str, Any]) -> SafeString:
    """Render the control alone, with the classes and the descriptions of the page."""
    _native(bound.field)
    kind = kind_of(bound)
    look = INPUT_CLASS.get(kind, "form-control")
    all_attrs = {
        "class": " ".join(filter(None, [look, bound.field.widget.attrs.get("class", ""), attrs.pop("class", "")])),
        **attrs,
    }
    if description := described_by(bound, hint=hint):
        all_attrs["aria-describedby"] = description
    return bound.as_widget(attrs=all_attrs)


def options_of(bound: BoundField) -> Iterator[dict[str, Any]]:
    """Yield the options of radios or checkboxes: id, value, label, whether chosen, other attributes."""
    for option in bound.subwidgets:
        attrs = {
            k: v for k, v in option.data["attrs"].items() if k not in {"class", "aria-invalid", "aria-describedby"}
        }
        yield {"widget": {**option.data, "attrs": attrs}, "id": option.id_for_label, "label": option.choice_label}


def pair_of(bound: BoundField) -> list[tuple[str, SafeString]]:
    """Render the date and the time of a split field separately, each with its id."""
    _native(bound.field)
    attrs = bound.build_widget_attrs({"id": bound.auto_id, "class": "form-control"})
    widget = bound.field.widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    return [(part["attrs"]["id"], _part_html(bound, part)) for part in widget["subwidgets"]]


def errors_of(sources: Iterable[Any]) -> list[dict[str, str]]:
    """Collect the errors of forms, formsets and plain sentences, in page order, each with the id of its control."""
    return [item for source in sources if source for item in _errors(source)]


def _errors(source: Any) -> Iterator[dict[str, str]]:
    if isinstance(source, forms.BaseFormSet):
        yield from ({"text": text, "target": ""} for text in source.non_form_errors())
        yield from errors_of(source.forms)
    elif isinstance(source, forms.BaseForm):
        yield from ({"text": text, "target": ""} for text in source.non_field_errors())
        for bound in source:
            target = "" if bound.is_hidden else first_input_id(bound)
            yield from ({"text": _named(bound, text), "target": target} for text in bound.errors)
    elif isinstance(source, str):
        yield {"text": source, "target": ""}
    else:
        yield from ({"text": str(getattr(one, "sentence", one)), "target": ""} for one in source)


def _part_html(bound: BoundField, part: dict[str, Any]) -> SafeString:
    # The renderer strips the page it made, and with it the mark that it is safe.
    return mark_safe(bound.form.renderer.render(part["template_name"], {"widget": part}))  # noqa: S308


def _named(bound: BoundField, text: str) -> str:
    return gettext("%(label)s: %(error)s") % {"label": bound.label, "error": text}


def _native(field: forms.Field) -> None:
    """Give dates, times and figures the control that a browser fills best; the value then goes in ISO form."""
    widget = field.widget
    if isinstance(widget, forms.SplitDateTimeWidget):
        day, hour = widget.widgets
        day.input_type, day.format, hour.input_type, hour.format = "date", "%Y-%m-%d", "time", "%H:%M"
    elif isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
    elif isinstance(field, forms.IntegerField) and isinstance(widget, forms.TextInput):
        widget.attrs.setdefault("inputmode", "decimal" if isinstance(field, forms.DecimalField) else "numeric")
