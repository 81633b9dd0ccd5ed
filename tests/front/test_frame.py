"""The frame of every page, without a browser: language, direction, appearance, and nothing inline."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

TEMPLATES = Path(project.BASE_DIR) / "templates"
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style[\s>]"),
    "a script without a file": re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))[^>]*>"),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript address": re.compile(r"javascript:"),
}


def page(client: Client, settings: Any, address: str = "/", **cookies: str) -> str:
    settings.ROOT_URLCONF = "tests.front.lookbook.urls"
    settings.LANGUAGES = [("fr", "French"), ("en", "English"), ("ar", "Arabic")]
    for name, value in cookies.items():
        client.cookies[name] = value
    return client.get(address).content.decode()


@pytest.mark.django_db
def test_right_to_left_takes_the_other_style_sheet(client: Client, settings: Any) -> None:
    arabic = page(client, settings, language="ar")
    assert '<html lang="ar" dir="rtl"' in arabic
    assert "bootstrap.rtl.min.css" in arabic
    french = page(client, settings, language="fr")
    assert '<html lang="fr" dir="ltr"' in french
    assert "bootstrap.rtl.min.css" not in french


@pytest.mark.django_db
def test_the_appearance_is_written_by_the_server_when_it_was_chosen(client: Client, settings: Any) -> None:
    assert "data-bs-theme" not in page(client, settings).split("<head>")[0]
    assert 'data-bs-theme="dark"' in page(client, settings, theme="dark")
    assert "<svg" not in page(client, settings, theme='"><svg onload=x>').split("<head>")[0]


@pytest.mark.django_db
def test_the_page_begins_with_the_way_to_its_content(client: Client, settings: Any) -> None:
    html = page(client, settings)
    assert html.index('href="#main"') < html.index("<header")
    assert 'id="main"' in html


@pytest.mark.django_db
def test_the_title_says_that_the_form_has_errors(client: Client, settings: Any) -> None:
    assert "<title>Error: Look-book" in page(client, settings, "/?wrong=1", language="en")
    assert "<title>Look-book" in page(client, settings, language="en")


@pytest.mark.django_db
def test_every_component_renders_without_a_missing_text(client: Client, settings: Any) -> None:
    html = page(client, settings, "/?wrong=1&message=1", language="en")
    assert "None" not in re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("500.html", "Something failed on our side", "Une erreur est survenue de notre côté"),
        ("503.html", "The service is away for a moment", "Le service est absent un instant"),
    ],
)
def test_error_pages_need_no_context(name: str, english: str, french: str) -> None:
    for language, words in (("en", english), ("fr", french)):
        with translation.override(language):
            assert words in engines["django"].get_template(name).render({})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "400.html",
        "403.html",
        "404.html",
        "403_csrf.html",
        "errors/409.html",
        "errors/413.html",
        "errors/429.html",
    ],
)
def test_error_pages_render_for_anybody(name: str, rf: RequestFactory, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.front.lookbook.urls"
    assert "<h1>" in engines["django"].get_template(name).render({}, rf.post("/"))


def test_no_template_has_anything_inline() -> None:
    found = [
        f"{path.relative_to(TEMPLATES)}: {what}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "email" not in path.parts and "mail" not in path.parts
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_style_sheet_takes_colours_from_tokens_only() -> None:
    css = (Path(project.BASE_DIR) / "static" / "appel.css").read_text(encoding="utf-8")
    tokens, rest = css.split("/* ---------- 2. Type ---------- */")
    before_print = re.split(r"/\* -+ \d+\. Print -+ \*/", rest)[0]
    assert len(re.findall(r"#[0-9a-f]{3,6}\b", tokens)) > 30
    assert re.findall(r":[^;{}]*#[0-9a-f]{3,6}\b", before_print.replace("background: #fff; padding", "")) == []


def test_what_is_vendored_stays_small_and_says_its_licence() -> None:
    vendor = Path(project.BASE_DIR) / "static" / "vendor"
    assert sum(file.stat().st_size for file in vendor.rglob("*") if file.is_file()) < 1_500_000
    notes = (vendor / "README.md").read_text(encoding="utf-8")
    for file in vendor.glob("*.css"):
        assert file.name in notes
        assert "sourceMappingURL" not in file.read_text(encoding="utf-8")
