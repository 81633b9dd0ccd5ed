"""The access code of the demonstration's applications: one for all of them, told to everybody."""

from __future__ import annotations

from typing import Any

from procurement.actions.start_application import start_application
from procurement.models import Application
from procurement.models.access import access_with

CODE = "DEM0-DEM0-DEM0-DEM0-DEM0-DEM0-DEM0-DEM0"


def begin(**what: Any) -> Application:
    """Begin an application under the code of the demonstration; one begun before is unlocked with it."""
    return unlocked(start_application(code=CODE, **what))


def unlocked(application: Application) -> Application:
    """Return an application of the demonstration with its access, as a request of its applicant brings it."""
    application.access = access_with(CODE, reference=application.reference, check=application.key_check)
    assert application.access is not None
    return application
