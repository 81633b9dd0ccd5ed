"""What every paper begins with: the call, its people, and lines to sign, as facts of the letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from procurement.enums import Seat
from procurement.letters import facts
from procurement.letters.words import kinds
from procurement.letters.words.phrase import say
from procurement.models import Application, Call, CommitteeMember, Requirement

LABELLED = (Seat.EVALUATOR, Seat.OBSERVER)  # chair and secretary are one each: their role says it


def language_of(call: Call, language: str = "") -> facts.Language:
    """Return the language of a paper: the one asked for or the call's, and English where papers do not have it yet."""
    wanted = language or call.language
    return "fr" if wanted == "fr" else "en"


def call_facts(call: Call, *, language: str = "") -> facts.Call:
    """Return the call as the head of a paper shows it."""
    organisation = call.organisation
    spoken = language_of(call, language)
    return facts.Call(
        reference=call.reference,
        title=call.title_in(spoken),
        authority=facts.Authority(
            name=organisation.name,
            city=organisation.city,
            address=tuple(line for line in organisation.address.splitlines() if line.strip()),
            email=organisation.email,
            website=organisation.website,
        ),
        language=spoken,
        timezone=call.timezone,
        programme=call.programme,
        funder=call.funder,
    )


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in the first one it has."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def member_facts(member: CommitteeMember) -> facts.Member:
    """Return a member of the committee."""
    return facts.Member(
        name=str(member.user),
        organisation=member.organisation_name,
        role=cast(facts.Role, str(member.seat)),
        voting=member.seat == Seat.EVALUATOR,
        label=member.label if member.seat in LABELLED else "",
    )


def seat_named(member: CommitteeMember, *, language: facts.Language) -> str:
    """Return the label of a member; chair and secretary by their role, in the language of the paper."""
    return member.label if member.seat in LABELLED else say(kinds.ROLES[cast(facts.Role, str(member.seat))], language)


def lines_to_sign(members: Iterable[CommitteeMember], *, language: facts.Language) -> tuple[facts.Signature, ...]:
    """Return one empty line to sign for each member; signatures given in the application hold the paper's digest."""
    return tuple(
        facts.Signature(
            name=str(member.user),
            title=say(kinds.ROLES[cast(facts.Role, str(member.seat))], language),
            organisation=member.organisation_name,
        )
        for member in members
    )


def applicant_facts(application: Application) -> facts.Applicant:
    """Return who applies; a firm has the person who wrote for it under its name."""
    firm = application.organisation
    return facts.Applicant(
        label=application.label,
        name=application.applicant_name,
        represented_by=str(application.user) if firm else "",
    )


def requirement_facts(requirement: Requirement, *, language: str) -> facts.Requirement:
    """Return a required document."""
    return facts.Requirement(
        code=requirement.code,
        title=text_in(requirement.title, language),
        envelope=cast(facts.EnvelopeKind, str(requirement.envelope)),
        formats=tuple(requirement.formats),
        personal=requirement.personal,
        optional=not requirement.compulsory,
    )
