"""Texts in several languages, and digests."""

import re

import pytest
from django.utils import translation

from workflow.templatetags.appel import badge
from workflow.templatetags.texts import browser_text, digest_html, localised_html, short_hash_html

TITLE = {"fr": "Profil migratoire", "en": "Migration profile"}
DIGEST = "36a1b13628e1c89ae5996eba38edad143d894d27e430c7b5d8a72b5357d8e6c5"


def test_the_page_language_is_taken_without_markup() -> None:
    with translation.override("en"):
        assert localised_html(TITLE) == "Migration profile"
    with translation.override("fr-ca"):
        assert localised_html(TITLE) == "Profil migratoire"


def test_a_fallback_says_its_language() -> None:
    with translation.override("en"):
        assert localised_html({"fr": "Réunion"}) == '<span lang="fr" dir="ltr">Réunion</span>'
        assert localised_html({"en": "", "ar": "اجتماع"}) == '<span lang="ar" dir="rtl">اجتماع</span>'


@pytest.mark.parametrize("empty", [None, {}, "", {"fr": ""}])
def test_nothing_is_nothing(empty: object) -> None:
    assert localised_html(empty) == ""  # type: ignore[arg-type]


def test_texts_are_escaped() -> None:
    with translation.override("en"):
        assert "<b>" not in localised_html({"en": "<b>"})
        assert "<b>" not in localised_html({"fr": "<b>"})
    assert "<b>" not in badge("<b>", "now")


def test_copying_a_digest_gives_the_digest() -> None:
    for form in (DIGEST, bytes.fromhex(DIGEST), memoryview(bytes.fromhex(DIGEST))):
        html = digest_html(form)
        assert html.count("<span>") == 8
        assert re.sub(r"<[^>]+>", "", html) == DIGEST


def test_the_short_form_keeps_both_ends() -> None:
    assert "36a1b136…e6c5" in short_hash_html(DIGEST)
    assert ">abc<" in short_hash_html("abc")


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_people_know_it(agent: str, shown: str) -> None:
    assert browser_text(agent) == shown
