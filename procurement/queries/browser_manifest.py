"""The manifest of an envelope that a browser sealed, once it is open: it came unchecked, and must not stop an opening."""

from __future__ import annotations

from dataclasses import replace

from procurement.enums import EnvelopeKind, SealedIn
from procurement.models import Document, Envelope
from procurement.rules import files
from procurement.rules.file_names import clean_name, extension_of
from procurement.rules.offered_price import offered
from procurement.sealing.manifest import Manifest
from workflow.contents.kinds import Content
from workflow.guards import objections_to

UNKNOWN = "application/octet-stream"
LONGEST_CODE = 20


def from_browser(envelope: Envelope) -> bool:
    """Tell whether a submitted envelope was sealed in a browser."""
    return isinstance(envelope.header, dict) and envelope.header.get("sealed_in") == SealedIn.BROWSER


def tidied(manifest: Manifest, *, kind: str) -> Manifest:
    """Return the manifest in the form that those made here have; types and findings of files are looked for afterwards."""
    listed = tuple(
        replace(
            one,
            code=clean_name(one.code)[:LONGEST_CODE],
            name=clean_name(one.name),
            media_type=UNKNOWN,
            size=min(one.size, one.stored_size),
            findings=(),
        )
        for one in manifest.files
    )
    return Manifest(offered(manifest.written) if kind == EnvelopeKind.FINANCIAL else manifest.written, listed)


def look_again(document: Document, content: Content) -> list[str]:
    """Give a file that came unchecked its type, and return the codes of the rules that would have refused it."""
    requirement = document.requirement
    document.media_type = files.MEDIA_TYPES.get(content.kind, UNKNOWN)
    facts = files.FileFacts(
        name=document.name,
        ending=extension_of(document.name),
        kind=content.kind,
        size=document.size or 0,
        largest=document.size or 0,
        locked=content.locked,
        damage=content.damage,
        formats=tuple(requirement.formats),
        attached=0,
        most_files=1,
    )
    return [one.code for one in objections_to(files.ACCEPTED, facts)]
