"""Texts that are data: a title in several languages, a digest in groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

GROUP: Final = 8
BROWSERS: Final = (  # the first sign that is found counts: most of them also say that they are another one
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def text_in_language(texts: Mapping[str, str] | str | None) -> tuple[str, str]:
    """Return the text in the reader's language, or the first one there is, with the language it is in ('' when unknown)."""
    if not texts:
        return "", ""
    if isinstance(texts, str):
        return texts, ""
    wanted = (get_language() or "").split("-")[0]
    for language in (wanted, *texts):
        if texts.get(language):
            return texts[language], language
    return "", ""


def localised_html(texts: Mapping[str, str] | str | None) -> SafeString:
    """Write the text; one that falls back to another language carries its `lang` and direction."""
    text, language = text_in_language(texts)
    if not language or language == (get_language() or "").split("-")[0]:
        return format_html("{}", text)
    return format_html('<span lang="{}" dir="{}">{}</span>', language, "rtl" if _from_right(language) else "ltr", text)


def digest_html(digest: str | bytes | memoryview | None) -> SafeString:
    """Write a digest in groups of eight without spaces between them, so that copying gives the digest itself."""
    hexadecimal = _hexadecimal(digest)
    groups = ((hexadecimal[at : at + GROUP],) for at in range(0, len(hexadecimal), GROUP))
    return format_html('<span class="a-hash" dir="ltr">{}</span>', format_html_join("", "<span>{}</span>", groups))


def short_hash_html(digest: str | bytes | memoryview | None) -> SafeString:
    """Write the two ends of a digest, for lists: 9ef14466…b15c."""
    hexadecimal = _hexadecimal(digest)
    short = hexadecimal if len(hexadecimal) <= GROUP + 4 else f"{hexadecimal[:GROUP]}…{hexadecimal[-4:]}"
    return format_html('<span class="a-nb" dir="ltr">{}</span>', short)


def _hexadecimal(digest: str | bytes | memoryview | None) -> str:
    return digest.hex() if isinstance(digest, bytes | memoryview) else (digest or "")


def _from_right(language: str) -> bool:
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return False


def browser_text(agent: str) -> str:
    """Name a browser and its system as people know them; one that is not known by what it says of itself, shortened."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part) if browser else agent[:60]
