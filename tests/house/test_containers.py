"""The description of the containers: no engine runs it here, so that what it says is held against what the programs need."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from infra.local import places

FOLDER = places.ROOT / "infra" / "docker"
ROLES = {
    "web": "appel", "worker": "appel", "beat": "appel", "migrate": "appel_owner", "lock": "appel_lock",
}  # fmt: skip
SECRET = "/run/secrets/"


@pytest.fixture
def described() -> dict[str, Any]:
    """The services."""
    services: dict[str, Any] = whole()["services"]
    return services


def whole() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_the_containers_know_every_variable_and_the_key_of_the_lock_goes_to_the_lock_alone(
    described: dict[str, Any],
) -> None:
    given = {
        name: {one.removesuffix("_FILE") for one in service.get("environment", ())}
        for name, service in described.items()
    }
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (places.ROOT / ".env.example").read_text(), re.MULTILINE))
    # Of development, of tests, of the image, or set by the web server for itself alone unless they are said for all programs.
    elsewhere = {
        "DEBUG", "DEMO", "DEMO_TIME_ZONE", "CLOCK_SETTABLE", "TWO_FACTOR_REQUIRED", "STATIC_ROOT", "QUEUE",
        "DATABASE_WAIT_SECONDS", "DATABASE_LOCK_SECONDS", "DATABASE_STATEMENT_SECONDS",
    }  # fmt: skip
    for program in ("web", "worker", "beat", "migrate"):
        assert given[program] == documented - elsewhere, program
    assert [name for name, known in given.items() if "LOCK_KEY" in known] == ["lock"]
    assert not given["lock"] & {"SECRET_KEY", "SIGNING_KEY", "ENCRYPTION_KEYS", "STORAGE_URL", "BROKER_URL"}
    assert described["lock"]["command"] == ["python", "-m", "procurement.lock"]


@pytest.mark.parametrize(("service", "role"), ROLES.items())
def test_each_program_has_its_own_role_and_no_other_password(
    described: dict[str, Any], service: str, role: str
) -> None:
    given = described[service]["environment"]
    name = "LOCK_DATABASE" if service == "lock" else "DATABASE"
    address = urlsplit(given[f"{name}_URL"])
    assert (address.username, address.password, address.path) == (role, None, "/appel")
    assert given[f"{name}_PASSWORD_FILE"] == f"{SECRET}{role}"
    assert described[service]["secrets"] == [role]
    assert {one for one in given if "DATABASE_URL" in one} == {f"{name}_URL"}


def test_the_superuser_makes_roles_before_the_migrations_and_rights_after_them(described: dict[str, Any]) -> None:
    with_it = [name for name, one in described.items() if "postgres" in one.get("secrets", ())]
    assert with_it == ["postgres", "roles", "rights"]
    after = {name: set(one.get("depends_on", ())) for name, one in described.items()}
    assert after["roles"] == {"postgres"}
    assert after["migrate"] == {"roles"}
    assert after["rights"] == {"migrate"}
    assert all("rights" in after[name] for name in ("lock", "web", "worker", "beat"))
    for name in ("roles", "rights"):
        mounted = dict(one.split(":")[:2] for one in described[name]["volumes"])
        assert mounted == {"../postgres": "/srv/roles"}
        assert described[name]["command"] == ["sh", "/srv/roles/roles.sh"]
        assert described[name]["environment"]["PGUSER"] == described["postgres"]["environment"]["POSTGRES_USER"]
        assert described[name]["environment"]["PGDATABASE"] == described["postgres"]["environment"]["POSTGRES_DB"]


def test_every_secret_is_a_file_of_one_folder_outside_of_the_image(described: dict[str, Any]) -> None:
    named = whole()["secrets"]
    assert {one for service in described.values() for one in service.get("secrets", ())} == named.keys()
    script = (places.ROOT / "infra" / "postgres" / "roles.sh").read_text(encoding="utf-8")
    assert set(re.search(r"for role in (postgres .*); do", script)[1].split()) == named.keys()  # type: ignore[index]
    assert all(re.fullmatch(rf"\$\{{SECRETS_DIR:\?.*\}}/{name}", one["file"]) for name, one in named.items())


def test_no_password_of_the_database_is_a_variable() -> None:
    text = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
    assert not re.findall(r"\bPOSTGRES_PASSWORD\b|://[^@\s/]+:[^@\s]+@postgres", text)
