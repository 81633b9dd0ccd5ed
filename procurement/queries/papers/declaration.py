"""The facts of a member's declaration."""

from __future__ import annotations

from datetime import datetime

from procurement.letters.declaration import Conflict
from procurement.letters.declaration import Declaration as DeclarationPaper
from procurement.letters.facts import Applicant, Signature
from procurement.models import Declaration
from procurement.queries.impartiality import Listed
from procurement.queries.papers.frame import call_facts, lines_to_sign, member_facts


def declaration_paper(declaration: Declaration, *, lines: tuple[Listed, ...], now: datetime) -> DeclarationPaper:
    """Return the declaration as it was signed, for the list it was signed on (PRAG annex a3)."""
    member = declaration.member
    heading = call_facts(member.call)
    (empty,) = lines_to_sign([member], language=heading.language)
    return DeclarationPaper(
        call=heading,
        number=f"{heading.reference}/DI-{member.label}-{member.pk}",
        issued_at=now,
        member=member_facts(member),
        applicants=tuple(Applicant(label=line.label, name=line.name) for line in lines),
        conflicts=tuple(
            Conflict(label=application.label, nature=declaration.statement)
            for application in declaration.with_applications.order_by("id")
        ),
        list_sha256=declaration.list_sha256,
        signature=Signature(
            name=empty.name, title=empty.title, organisation=empty.organisation, signed_at=declaration.signed_at
        ),
    )
