"""The demonstration's data on a first start: the same call, stopped at several stages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from procurement.demo.cast import PASSWORD, accounts, gather
from procurement.demo.codes import CODE
from procurement.demo.keys import PASSPHRASE
from procurement.demo.seeds import SEEDS, sow
from procurement.models import Call
from workflow import clock, outbox


class Command(BaseCommand):
    help = "Shows the Grenoble call at each of its stages around today; keeps the data of an earlier start."

    def add_arguments(self, parser: Any) -> None:
        """Say what the command understands."""
        parser.add_argument("--accounts", action="store_true", help="print the accounts and do nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sow once, print the accounts when asked."""
        if options["accounts"]:
            self.print_accounts()
        elif Call.objects.exists():
            self.stdout.write("The demonstration's data are there already.")
        else:
            self.sow()

    def sow(self) -> None:
        """Play each stage, oldest first."""
        clock.allow_setting()
        cast, today = gather(), clock.now().date()
        with outbox.delivered_here():
            for seed in SEEDS:
                sow(seed, cast=cast, today=today)
                self.stdout.write(f"  {seed.number:2} of {len(SEEDS)}: {seed.en}")

    def print_accounts(self) -> None:
        """Print who can sign in, with what, to do what."""
        self.stdout.write(f"Every account has the password {PASSWORD}")
        self.stdout.write(f"Every application has the access code {CODE}")
        self.stdout.write(f"Every key of a key holder has the passphrase {PASSPHRASE}")
        for name, address, part in accounts():
            self.stdout.write(f"  {address:28} {name:16} {part}")
