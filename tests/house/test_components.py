"""The list of components says what is really locked, installed and vendored."""

from __future__ import annotations

import importlib.metadata
import json
from typing import Any

from infra.local import components, places


def listed() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(components.LIST.read_text(encoding="utf-8"))["components"]
    return read


def test_the_list_is_that_of_the_locks_and_of_the_vendored_files() -> None:
    assert components.LIST.read_text(encoding="utf-8") == components.text(), "run `make lock`"


def test_every_locked_package_is_listed_and_what_is_installed_has_its_version() -> None:
    lock = (places.REQUIREMENTS / "base.txt").read_text(encoding="utf-8")
    python = {one["name"]: one["version"] for one in listed() if one["purl"].startswith("pkg:pypi/")}
    assert len(python) == sum("==" in line.split("#")[0].split(";")[0] for line in lock.splitlines())
    assert {"django", "psycopg", "cryptography", "granian"} <= python.keys()
    installed = {
        one.name.lower().replace("_", "-").replace(".", "-"): one.version for one in importlib.metadata.distributions()
    }
    assert {name: version for name, version in python.items() if installed.get(name, version) != version} == {}


def test_every_file_from_npm_is_of_a_listed_package() -> None:
    npm = {one["name"]: one["purl"] for one in listed() if one["purl"].startswith("pkg:npm/")}
    assert npm["@hpke/core"].startswith("pkg:npm/%40hpke/core@")
    assert npm.keys() >= {
        "bootstrap",
        "tus-js-client",
        "@noble/hashes",
        "@hpke/dhkem-x25519",
        "@fontsource/ibm-plex-sans",
    }
    licences = {file.name.split(".")[1] for file in (places.ROOT / "static" / "vendor").glob("LICENSE.*.txt")}
    assert len(npm) >= len(licences)
