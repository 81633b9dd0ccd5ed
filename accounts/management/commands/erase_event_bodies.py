"""manage.py erase_event_bodies --person name@example.org --by officer@example.org --cause "their request of 3 May" """

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.erase_event_bodies import erase_event_bodies
from accounts.models import User
from workflow import clock
from workflow.log import sealer
from workflow.refusals import Refused


class Command(BaseCommand):
    """Erases a person from the log; the log stays sound, and says that something was erased."""

    help = "Erase who acted, and with what details, in the events of a person; those of a call only when it is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, help="e-mail address of the account")
        parser.add_argument("--by", required=True, help="e-mail address of the account that orders it")
        parser.add_argument("--cause", required=True, help="why, in words that name nobody")
        parser.add_argument(
            "--file", action="append", default=[], help="reference of a call whose retention is over; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person, actor = self._account(options["person"]), self._account(options["by"])
        sealer.seal_all()
        try:
            count = erase_event_bodies(
                person=person, files=options["file"], cause=options["cause"], actor=actor, now=clock.now()
            )
        except Refused as refused:
            raise CommandError(" ".join(reason.sentence for reason in refused.reasons)) from refused
        self.stdout.write(f"The bodies of {count} events are erased.")

    def _account(self, address: str) -> User:
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            raise CommandError(f"There is no account {address}.")
        return user
