"""What an installation for real use must not have: checked by `manage.py check --deploy`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution

from workflow import scanning, signing
from workflow.log.notes import BadNote


@register(Tags.security, deploy=True)
def no_demonstration(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse the demonstration's doors: its accounts with open passwords, its mail page, its clock."""
    errors = []
    if settings.DEMO:
        errors.append(Error("DEMO is set: anybody could sign in as an invented person.", id="appel.E001"))
    if settings.CLOCK_SETTABLE:
        errors.append(Error("CLOCK_SETTABLE is set: deadlines could be moved.", id="appel.E002"))
    if not settings.TWO_FACTOR_REQUIRED:
        errors.append(Error("TWO_FACTOR_REQUIRED is off: staff could sign in with a password alone.", id="appel.E003"))
    return errors


@register(Tags.security, deploy=True)
def real_work(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse an installation where tasks run inside the request, or where mail goes nowhere."""
    errors = []
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        errors.append(Error("Tasks run inside the request: set a broker.", id="appel.E004"))
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        errors.append(Error("EMAIL_URL is not a mail server: nobody would get a mail.", id="appel.E005"))
    return errors


@register(Tags.security, deploy=True)
def keys_of_their_own(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse to seal second factors with the word that signs sessions: one cannot be changed without the other."""
    if any(word == settings.SECRET_KEY or len(word) < 32 for word in settings.ENCRYPTION_KEYS):
        message = "ENCRYPTION_KEYS is missing, short or the SECRET_KEY: give it long random words of its own."
        return [Error(message, id="appel.E007")]
    return []


@register(Tags.security, deploy=True)
def signatures_of_its_own(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse signatures that anybody could make who knows another secret, or who can guess."""
    if settings.SIGNING_KEY == settings.SECRET_KEY or len(settings.SIGNING_KEY) < 43:
        sentence = "SIGNING_KEY must be a secret of its own, of 43 characters or more."
        return [Error(sentence, id="appel.E008")]
    try:
        signing.public_keys()
    except BadNote as error:
        return [Error(f"SIGNING_KEYS_RETIRED: {error}", id="appel.E009")]
    return []


@register(Tags.security, deploy=True)
def a_lock_of_its_own(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse an installation whose server lock is missing, or is kept where Django could read its key."""
    if not settings.LOCK_URL:
        return [
            Error("LOCK_URL is missing: without the server lock no call can be published or opened.", id="appel.E010")
        ]
    if settings.LOCK_URL.startswith("inside:"):
        sentence = "LOCK_URL is inside: and the lock must be a process of its own; inside: is for tests."
        return [Error(sentence, id="appel.E011")]
    if len(settings.LOCK_TOKEN) < 32:
        return [Error("LOCK_TOKEN must be a secret of 32 characters or more.", id="appel.E012")]
    return []


@register(Tags.security)
def the_scanner_is_near(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse a virus scanner on another machine: it would be sent what applicants write, in plain."""
    if scanning.configured() and not scanning.is_near(settings.CLAMD_URL):
        return [Error("CLAMD_URL leads to another machine: ask a scanner on this one.", id="appel.E020")]
    return []


@register(Tags.database)
def the_log_is_sealed(app_configs: Any, databases: Any = None, **_: Any) -> list[Caution]:
    """Warn when events have waited too long for the sealer: is beat there, is a transaction left open somewhere?"""
    from workflow.log import lag

    if not databases or not (late := lag.found()).alarming:
        return []
    return [Caution(late.sentence, id="appel.W001")]


@register(Tags.database)
def the_store_answers(app_configs: Any, databases: Any = None, **_: Any) -> list[Caution]:
    """Warn when the document store does not keep a small object: no file can be sent or read.

    Asked with the database, which is what `check` does only when it is told where: the other checks need no server.
    """
    from workflow import watch

    if not databases or not (sentence := watch.store_fault()):
        return []
    return [Caution(sentence, id="appel.W002")]


@register(Tags.database)
def the_clock_goes_right(app_configs: Any, databases: Any = None, **_: Any) -> list[Caution]:
    """Warn when the clock of the database jumped, or is far from that of this machine."""
    from workflow import clock_watch

    if not databases or not (sentence := clock_watch.fault()):
        return []
    return [Caution(sentence, id="appel.W003")]


@register(Tags.database)
def the_clock_is_the_databases(app_configs: Any, databases: Any = None, **_: Any) -> list[Error]:
    """Refuse a database whose clock follows the shift table although nobody may move it.

    That of a demonstration may: it was moved while its calls were played, and migrations must go on after that.
    """
    if not databases or settings.CLOCK_SETTABLE or settings.DEMO:
        return []
    from workflow import clock

    if clock.is_settable():
        return [Error("app_now() of this database can be moved: run `manage.py fix_clock`.", id="appel.E006")]
    return []
