"""Message catalogues: gathered from Python and templates, compiled for the product, without gettext's own programs."""

from __future__ import annotations

import polib

from . import places, say


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
