"""The secrets of second factors in the database: sealed, readable with every key one had, moved to the newest."""

from __future__ import annotations

import importlib
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.at_rest import MARK, seal, unseal
from accounts.models import User
from tests.accounts.test_second_factor import code_of

OLD, NEW = "the word of last year, which is long", "the word of this year, which is long"
MIGRATION = importlib.import_module("accounts.migrations.0003_seal_second_factors")


def kept(user: User) -> dict[str, dict[str, Any]]:
    return {row.type: row.data for row in Authenticator.objects.filter(user=user)}


@pytest.fixture
def secret(rosa: User) -> str:
    made = str(auth.generate_totp_secret())
    with override_settings(ENCRYPTION_KEYS=[OLD]):
        auth.TOTP.activate(rosa, made)
        RecoveryCodes.activate(rosa)
    return made


def works(user: User, secret: str) -> bool:
    totp = Authenticator.objects.get(user=user, type="totp").wrap()
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    return totp.validate_code(code_of(secret)) and len(codes.get_unused_codes()) == 10


def test_nothing_of_a_secret_is_in_the_database(rosa: User, secret: str) -> None:
    rows = kept(rosa)
    assert secret not in str(rows)
    assert rows["totp"]["secret"].startswith(MARK)
    assert rows["recovery_codes"]["seed"].startswith(MARK)
    assert seal("x") != seal("x")
    with override_settings(ENCRYPTION_KEYS=[OLD]):
        assert unseal(rows["totp"]["secret"]) == secret
        assert works(rosa, secret)


def test_a_new_key_in_front_opens_the_old_ones_and_seals_them_anew(rosa: User, secret: str) -> None:
    said = StringIO()
    with override_settings(ENCRYPTION_KEYS=[NEW, OLD]):
        assert unseal(kept(rosa)["totp"]["secret"]) == secret
        call_command("seal_second_factors", stdout=said)
    assert said.getvalue() == "2 second factors are sealed with the first key.\n"
    with override_settings(ENCRYPTION_KEYS=[NEW]):
        assert works(rosa, secret)


def test_a_key_that_was_lost_is_said_and_nothing_is_destroyed(rosa: User, secret: str) -> None:
    before = kept(rosa)
    with override_settings(ENCRYPTION_KEYS=[NEW]):
        with pytest.raises(InvalidToken):
            unseal(before["totp"]["secret"])
        with pytest.raises(CommandError, match=f"accounts {rosa.pk}"):
            call_command("seal_second_factors", stdout=StringIO())
    assert kept(rosa) == before


def test_what_was_kept_in_clear_is_sealed_by_the_migration_and_back(rosa: User) -> None:
    plain = {"secret": auth.generate_totp_secret()}
    Authenticator.objects.create(user=rosa, type="totp", data=plain)
    Authenticator.objects.create(user=rosa, type="recovery_codes", data={"migrated_codes": ["a", "b"], "used_mask": 3})
    assert works_in_clear(rosa, plain["secret"])
    MIGRATION._change(apps, seal)
    rows = kept(rosa)
    assert plain["secret"] not in str(rows)
    assert [unseal(code) for code in rows["recovery_codes"]["migrated_codes"]] == ["a", "b"]
    assert rows["recovery_codes"]["used_mask"] == 3
    MIGRATION._change(apps, unseal)
    assert kept(rosa)["totp"] == plain


def works_in_clear(user: User, secret: str) -> bool:
    return Authenticator.objects.get(user=user, type="totp").wrap().validate_code(code_of(secret))


@pytest.mark.parametrize(("keys", "wrong"), [([NEW, OLD], False), (["short"], True), ([], True)])
def test_an_installation_needs_keys_of_its_own(settings: Any, keys: list[str], wrong: bool) -> None:
    settings.ENCRYPTION_KEYS = keys or [settings.SECRET_KEY]
    found = {error.id for error in run_checks(include_deployment_checks=True)}
    assert ("appel.E007" in found) is wrong
