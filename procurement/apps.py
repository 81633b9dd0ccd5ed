"""The procedure, as an app: what it tells the apps below it at the start."""

from django.apps import AppConfig
from django.conf import settings


class ProcurementConfig(AppConfig):
    name = "procurement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register effects, checks of time and of passwords, what must be in the log, who needs a second factor, the demonstration's people."""
        from accounts import staff
        from procurement import passwords, tasks  # noqa: F401 - register
        from procurement.queries import traces
        from procurement.queries.people import sits_on_a_committee

        staff.register(sits_on_a_committee)
        traces.register()
        if settings.DEMO:
            from procurement.demo.entrance import show_accounts

            show_accounts()
