"""Word, Excel and OpenDocument files: which one it is, whether it is locked, what in it deserves a warning. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workflow.contents import markup
from workflow.contents.allowance import Allowance
from workflow.contents.zip_entry import Entry
from workflow.contents.zips import ReadAt, read_entry

MAIN_PARTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
ODT: Final = b"application/vnd.oasis.opendocument.text"
UNPACKED: Final = 8 * 1024 * 1024  # bytes of the whole file that are unpacked to look into it
PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
NAMES: Final = {
    "macros": re.compile(
        r"vba(project|data)|/macrosheets/|/intlmacrosheets/|/dialogsheets/|attachedtoolbars|^basic/|^scripts/"
    ),
    "embedded_files": re.compile(r"/embeddings/|^object \d|oleobject"),
    "controls": re.compile(r"/activex/|/ctrlprops/|/webextensions/|^customui/|/controls/"),
    "external_relations": re.compile(r"^xl/(connections\.xml|querytables/|model/)"),
}
MARKS: Final = {
    "macros": re.compile(rb"macroenabled|vbaproject|intlmacrosheet|<script:(?:event-listener|event |module)|<office:script\b", re.IGNORECASE),
    "dde": re.compile(
        rb"<ddelink\b|<(?:text|table|office):dde-|instr\s*=\s*[\"']\s*\"?\s*dde|"
        rb"<f\b[^>]{0,200}>[^<|]{1,200}\|\s{0,9}(?:'|&apos;|&quot;|\")[^<]{0,400}!",
        re.IGNORECASE,
    ),
    "embedded_files": re.compile(rb"/afchunk[\"']|<w:altchunk\b|<o:oleobject\b|<draw:object(?:-ole)?\b", re.IGNORECASE),
    "external_relations": re.compile(
        rb"<(?:draw:(?:image|plugin|floating-frame|fill-image|object(?:-ole)?)|text:section-source|table:table-source|"
        rb"style:background-image|svg:font-face-uri|presentation:sound)\b[^>]{0,400}xlink:href\s*=\s*[\"'](?:[a-z][a-z0-9+.-]{1,20}:|//|\\\\|\.\./)|"
        rb"<xi:include\b|<\?xml-stylesheet\b|<f\b[^>]{0,200}>[^<]{0,200}webservice\s{0,9}\(|"
        rb"instr\s*=\s*[\"']\s*include(?:picture|text)",
        re.IGNORECASE,
    ),
    "submits": re.compile(rb"<form:form\b[^>]{0,400}xlink:href\s*=\s*[\"'](?:[a-z]{2,10}:|//)", re.IGNORECASE),
}  # fmt: skip
DOCTYPE: Final = re.compile(rb"<!DOCTYPE\b[^>]{0,400}(?:SYSTEM|PUBLIC)", re.IGNORECASE)
INSTRUCTION: Final = re.compile(rb"<w:instrText\b[^>]{0,200}>([^<]{0,2000})")
FIELDS: Final = {
    "dde": re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE),
    "external_relations": re.compile(rb"\bINCLUDE(?:PICTURE|TEXT)\b"),
}
RELATION: Final = re.compile(rb"<(?:\w{1,20}:)?Relationship\b[^>]{0,4000}>", re.IGNORECASE)
OUTSIDE: Final = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
HARMLESS: Final = re.compile(rb"/hyperlink[\"']", re.IGNORECASE)
ADDRESS: Final = re.compile(rb"Target\s*=\s*[\"']\s*(?:https?:|mailto:|tel:|ftps?:|#|[^\"':\\]*[\"'])", re.IGNORECASE)


def kind_of(read: ReadAt, entries: tuple[Entry, ...]) -> tuple[str, bool]:
    """Return docx, xlsx or odt, else zip; and whether a password is needed."""
    named = {entry.name: entry for entry in entries}
    if any(entry.encrypted for entry in entries):
        return "zip", True
    for part, kind in MAIN_PARTS.items():
        if part in named and "[Content_Types].xml" in named:
            return kind, False
    if "mimetype" not in named or read_entry(read, named["mimetype"], most=200).strip() != ODT:
        return "zip", False
    manifest = named.get("META-INF/manifest.xml")
    return "odt", manifest is not None and b"encryption-data" in read_entry(read, manifest, most=256 * 1024)


def findings_of(read: ReadAt, entries: tuple[Entry, ...], allowance: Allowance) -> set[str]:
    """Return what in an office file deserves a warning, as codes; refuses one whose parts declare entities."""
    names = [entry.name.lower() for entry in entries]
    found = {code for code, mark in NAMES.items() if any(mark.search(name) for name in names)}
    if any(entry.head.startswith(PROGRAMS) for entry in entries):
        found.add("programs")
    instructions = []
    for name, part in _parts(read, entries, allowance):
        try:
            text = markup.plain(part)
        except markup.OtherEncoding:
            allowance.short = True
            continue
        found |= _marked(name, text)
        instructions += INSTRUCTION.findall(text)
    fields = b"".join(instructions)  # a word may be spread over several runs
    found |= {code for code, mark in FIELDS.items() if mark.search(fields)}
    return found | ({"partly_seen"} if allowance.short else set())


def _parts(read: ReadAt, entries: tuple[Entry, ...], allowance: Allowance) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that say something to programs, relations first: they are small and say most."""
    wanted = [entry for entry in entries if entry.name.lower().endswith((".xml", ".rels", ".vml", ".rdf"))]
    for entry in sorted(wanted, key=lambda one: (not one.name.lower().endswith(".rels"), one.unpacked)):
        most = allowance.take(entry.unpacked)
        if most:
            part = read_entry(read, entry, most=most)
            allowance.spend(len(part))
            yield entry.name.lower(), part


def _marked(name: str, text: bytes) -> set[str]:
    found = {code for code, mark in MARKS.items() if mark.search(text)}
    if DOCTYPE.search(text) and name != "meta-inf/manifest.xml":  # there OpenOffice 1 wrote one
        found.add("external_relations")
    if name.endswith(".rels") and any(_leads_outside(relation) for relation in RELATION.findall(text)):
        found.add("external_relations")
    return found


def _leads_outside(relation: bytes) -> bool:
    return bool(OUTSIDE.search(relation)) and not (HARMLESS.search(relation) and ADDRESS.search(relation))
