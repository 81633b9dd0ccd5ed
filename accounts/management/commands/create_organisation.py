"""manage.py create_organisation --name "…" --authority name@example.org"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.actions.create_organisation import create_organisation
from accounts.enums import OrganisationKind
from accounts.models import Invitation
from workflow import clock

KINDS = (OrganisationKind.PUBLIC_BODY, OrganisationKind.PARTNER)


class Command(BaseCommand):
    """Creates a public body or a partner and its first authority, who then invites the others."""

    help = "Create an organisation; its authority gets the role, or an invitation by mail when there is no account yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="name as on the letterhead")
        parser.add_argument("--authority", required=True, help="e-mail address of the first authority")
        parser.add_argument("--short-name", default="", help="name in lists")
        parser.add_argument("--kind", choices=[str(kind) for kind in KINDS], default=str(KINDS[0]))
        parser.add_argument("--timezone", default="Europe/Paris", help="IANA zone of its deadlines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["authority"])
        except ValidationError as error:
            raise CommandError(f"“{options['authority']}” is not an e-mail address.") from error
        organisation = create_organisation(
            name=options["name"],
            authority=options["authority"],
            kind=options["kind"],
            short_name=options["short_name"],
            timezone=options["timezone"],
            actor=None,
            now=clock.now(),
        )
        invited = Invitation.objects.filter(organisation=organisation).exists()
        how = "was sent an invitation" if invited else "is its authority now"
        self.stdout.write(f"{organisation.name} exists; {options['authority']} {how}.")
