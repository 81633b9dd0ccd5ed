"""The list of everything that an installation runs and somebody else wrote: CycloneDX, to be compared with advisories.

Made of what is written down anyway: requirements/base.txt, and the tables of static/vendor/README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from . import places

LIST = places.REQUIREMENTS / "components.cdx.json"
VENDOR = places.ROOT / "static" / "vendor" / "README.md"
LOCKED = re.compile(r"^([a-z0-9-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
VERSIONS = re.compile(r"\d+(?:\.\d+)+(?:, \d+(?:\.\d+)+)*")


def write() -> None:
    """Write the list."""
    LIST.write_text(text(), encoding="utf-8")


def text() -> str:
    """Return the list as it must be: the same whenever and wherever it is made."""
    found = [_component("pypi", *one) for one in locked()] + [_component("npm", *one) for one in vendored()]
    listed = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "appel", "bom-ref": "appel"}},
        "components": sorted(found, key=lambda one: str(one["purl"])),
    }
    return json.dumps(listed, indent=1) + "\n"


def locked() -> Iterator[tuple[str, str]]:
    """Yield name and version of each Python package of the product."""
    yield from LOCKED.findall((places.REQUIREMENTS / "base.txt").read_text(encoding="utf-8"))


def vendored() -> Iterator[tuple[str, str]]:
    """Yield name and version of each package whose files lie under static/vendor."""
    for line in VENDOR.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        for names, versions in pairwise(cells):
            if line.startswith("|") and VERSIONS.fullmatch(versions):
                yield from zip(re.findall(r"`([^`]+)`", _names(names)), versions.split(", "), strict=True)


def _names(cell: str) -> str:
    return re.sub(r" \([^)]*\)", "", cell)  # a file of the package, in brackets


def _component(kind: str, name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
