"""Message catalogues: filled with the sentences of the product, compiled for it, without gettext's own programs."""

from __future__ import annotations

import polib

from . import places, say

TRANSLATED = ("fr",)
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}


def compile_all() -> int:
    """Compile every catalogue that is newer than its compiled form, and return how many there were."""
    count = 0
    for source in sorted(places.ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            catalogue = polib.pofile(str(source))
        except (OSError, ValueError) as error:
            raise say.CannotStart(f"The catalogue {source.relative_to(places.ROOT)} cannot be read: {error}") from error
        catalogue.save_as_mofile(str(target))
        count += 1
    return count


def gather() -> int:
    """Bring each catalogue up to the sentences that are in the product now, and say how many wait for a translation."""
    for language in TRANSLATED:
        catalogue = _opened(language)
        _bring_up_to_date(catalogue)
        catalogue.save()
        waiting = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        say.line(f"  {language}: {len(catalogue.translated_entries())} translated, {waiting} waiting")
    return 0


def _opened(language: str) -> polib.POFile:
    place = places.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if place.exists():
        return polib.pofile(str(place), wrapwidth=100)
    place.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.fpath = str(place)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def _bring_up_to_date(catalogue: polib.POFile) -> None:
    """Add what is new, set aside what nobody says any more, and keep every translation."""
    from .sentences import Sentence, found

    known = {Sentence(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in catalogue}
    entries = []
    for sentence, files in sorted(found().items()):
        entry = known.pop(sentence, None) or polib.POEntry(
            msgctxt=sentence.context or None, msgid=sentence.text, msgid_plural=sentence.plural
        )
        if sentence.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(file, "") for file in files]
        entry.flags = ["python-format"] if "%(" in sentence.text else []
        entry.obsolete = False
        entries.append(entry)
    unsaid = [entry for entry in known.values() if entry.msgstr or any(entry.msgstr_plural.values())]
    for entry in unsaid:
        entry.obsolete = True
    catalogue[:] = entries + unsaid
