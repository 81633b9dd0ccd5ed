"""Form fields on the page: everything that describes a control is tied to it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from workflow.templatetags.fields import errors_of, first_input_id, kind_of

MODES = [("binding", "Binding"), ("hidden", "Hidden")]


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="One sentence.")
    purpose = forms.CharField(label="Purpose", widget=forms.Textarea, required=False)
    ceiling = forms.DecimalField(label="Ceiling", localize=True)
    theme = forms.ChoiceField(label="Theme", choices=MODES)
    mode = forms.ChoiceField(label="Mode", choices=MODES, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(label="Languages", choices=MODES, widget=forms.CheckboxSelectMultiple)
    deadline = forms.SplitDateTimeField(label="Deadline")
    day = forms.DateField(label="Day")
    honour = forms.BooleanField(label="I declare")
    annex = forms.FileField(label="Annex")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The dates are out of order.")


def rendered(form: forms.Form, name: str, options: str = "") -> str:
    with translation.override("en"):
        return Template(f"{{% load appel %}}{{% field form.{name} {options} %}}").render(Context({"form": form}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "text"),
        ("purpose", "area"),
        ("ceiling", "text"),
        ("theme", "select"),
        ("mode", "radios"),
        ("languages", "checks"),
        ("deadline", "pair"),
        ("day", "text"),
        ("honour", "check"),
        ("annex", "file"),
        ("secret", "hidden"),
    ],
)
def test_kind(name: str, kind: str) -> None:
    assert kind_of(Sample()[name]) == kind


@pytest.mark.parametrize(
    "name", ["title", "purpose", "ceiling", "theme", "mode", "languages", "deadline", "day", "honour", "annex"]
)
def test_label_and_error_are_tied_to_the_control(name: str) -> None:
    form = Sample({"purpose": "x"})
    form.add_error(name, "Wrong like this.")
    html = rendered(form, name)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\bfor="([^"]+)"', html)) <= set(ids)
    described = {one for value in re.findall(r'aria-describedby="([^"]+)"', html) for one in value.split()}
    assert f"id_{name}_error" in described
    assert described <= set(ids)
    assert first_input_id(form[name]) in ids
    assert "Wrong like this." in html


def test_the_hint_given_in_the_page_describes_the_control() -> None:
    html = rendered(Sample(), "theme", 'hint="Choose one."')
    assert 'aria-describedby="id_theme_helptext"' in html
    assert 'id="id_theme_helptext"' in html


def test_a_hint_is_escaped() -> None:
    form = Sample()
    form.fields["theme"].help_text = "<img src=x>"
    html = rendered(form, "theme")
    assert "&lt;img src=x&gt;" in html
    assert "<img" not in html


def test_a_field_that_is_not_required_says_so() -> None:
    assert ">optional<" in rendered(Sample(), "purpose")
    assert ">optional<" not in rendered(Sample(), "title")


def test_dates_go_to_the_browser_in_iso_form() -> None:
    form = Sample(
        initial={"deadline": datetime(2020, 3, 12, 17, tzinfo=UTC), "day": datetime(2020, 3, 23, tzinfo=UTC).date()}
    )
    with translation.override("fr"):
        html = Template("{% load appel %}{% field form.deadline %}{% field form.day %}").render(Context({"form": form}))
    assert '<input type="date" name="deadline_0" value="2020-03-12"' in html
    assert '<input type="time" name="deadline_1" value="17:00"' in html
    assert '<input type="date" name="day" value="2020-03-23"' in html


def test_figures_get_a_keypad_and_accept_a_comma() -> None:
    html = rendered(Sample(), "ceiling")
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html


def test_other_values_become_attributes() -> None:
    html = rendered(Sample(), "purpose", 'rows=4 data_mark="yes" size="m"')
    assert 'rows="4"' in html
    assert 'data-mark="yes"' in html
    assert 'class="form-control a-w-m"' in html


def test_the_summary_links_each_error_to_its_field() -> None:
    form = Sample({})
    with translation.override("en"):
        errors = errors_of([form, None, ["A second key holder must be present."]])
    by_text = {error["text"]: error["target"] for error in errors}
    assert by_text["Title: This field is required."] == "id_title"
    assert by_text["Mode: This field is required."] == "id_mode_0"
    assert by_text["The dates are out of order."] == ""
    assert by_text["A second key holder must be present."] == ""
    html = Template("{% load appel %}{% error_summary form %}").render(Context({"form": form}))
    assert 'href="#id_title"' in html
    assert 'role="alert"' in html


def test_the_summary_reads_formsets() -> None:
    Lines = forms.formset_factory(Sample, extra=0, min_num=1, validate_min=True)  # noqa: N806
    lines = Lines({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert not lines.is_valid()
    assert len(errors_of([lines])) == 1


def test_without_errors_there_is_no_summary() -> None:
    assert Template("{% load appel %}{% error_summary form %}").render(Context({"form": Sample()})).strip() == ""
