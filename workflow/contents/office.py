"""Word, Excel and OpenDocument files: which one it is, whether it is locked, what in it deserves a warning. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from workflow.contents import markup
from workflow.contents.allowance import Allowance
from workflow.contents.zip_entry import Entry
from workflow.contents.zips import ReadAt, read_entry

MAIN_PARTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
ODT: Final = b"application/vnd.oasis.opendocument.text"
UNPACKED: Final = 4 * 1024 * 1024  # bytes of the whole file that are unpacked to look into it
PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
NAMES: Final = {
    "macros": re.compile(
        r"vba(project|data)|/macrosheets/|/intlmacrosheets/|/dialogsheets/|attachedtoolbars|^basic/|^scripts/"
    ),
    "embedded_files": re.compile(r"/embeddings/|^object \d|oleobject"),
    "controls": re.compile(r"/activex/|/ctrlprops/|/webextensions/|^customui/|/controls/"),
    "external_relations": re.compile(r"^xl/(connections\.xml|querytables/|model/)"),
}
Mark = tuple[str, bytes, re.Pattern[bytes] | None]
# A code, a word that is quickly searched for, and what must stand around it. All in small letters.
MARKS: Final[tuple[Mark, ...]] = (
    ("macros", b"macroenabled", None),
    ("macros", b"vbaproject", None),
    ("macros", b"intlmacrosheet", None),
    ("macros", b"<script:", re.compile(rb"<script:(?:event-listener|event|module)\b")),
    ("macros", b"<office:script", re.compile(rb"<office:script\b")),
    ("dde", b"<ddelink", None),
    ("dde", b":dde-", re.compile(rb":dde-(?:connection|source|link)")),
    ("dde", b"dde", re.compile(rb"instr\s{0,3}=\s{0,3}[\"']\s{0,9}\"?\s{0,9}dde")),
    ("dde", b"|", re.compile(rb"<f\b[^>]{0,200}>[^<|]{1,200}\|\s{0,9}(?:'|&apos;|&quot;|\")[^<]{0,400}!")),
    ("embedded_files", b"/afchunk", None),
    ("embedded_files", b"<w:altchunk", None),
    ("embedded_files", b"<o:oleobject", None),
    ("embedded_files", b"<draw:object", None),
    ("external_relations", b"<xi:include", None),
    ("external_relations", b"<?xml-stylesheet", None),
    ("external_relations", b"webservice", re.compile(rb"webservice\s{0,9}\(")),
    ("external_relations", b"include", re.compile(rb"instr\s{0,3}=\s{0,3}[\"']\s{0,9}include(?:picture|text)")),
)
DOCTYPE: Final = re.compile(rb"<!doctype\b[^>]{0,400}(?:system|public)")
HREF: Final = re.compile(rb"xlink:href\s{0,3}=\s{0,3}[\"']\s{0,9}(?:[a-z][a-z0-9+.-]{1,20}:|//|\\\\|\.\./)")
TAG: Final = re.compile(rb"[\w:-]{1,40}")
FETCHED: Final = {
    b"draw:image", b"draw:plugin", b"draw:floating-frame", b"draw:fill-image", b"draw:object", b"draw:object-ole", b"presentation:sound",
    b"text:section-source", b"table:table-source", b"style:background-image", b"svg:font-face-uri",
}  # fmt: skip
MOST_HREFS: Final = 5000
INSTRUCTION: Final = re.compile(rb"<w:instrtext\b[^>]{0,200}>([^<]{0,2000})")
FIELDS: Final = {
    "dde": re.compile(rb"\bdde(?:auto)?\b"),
    "external_relations": re.compile(rb"\binclude(?:picture|text)\b"),
}
RELATION: Final = re.compile(rb"<(?:\w{1,20}:)?relationship\b[^>]{0,4000}>")
OUTSIDE: Final = re.compile(rb"targetmode\s*=\s*[\"']external[\"']")
HARMLESS: Final = re.compile(rb"/hyperlink[\"']")
ADDRESS: Final = re.compile(rb"target\s*=\s*[\"']\s*(?:https?:|mailto:|tel:|ftps?:|#|[^\"':\\]*[\"'])")


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
            text = markup.plain(part).lower()  # marks in small letters: a search that ignores case is much slower
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
    found = {code for code, word, around in MARKS if word in text and (around is None or around.search(text))}
    if DOCTYPE.search(text) and name != "meta-inf/manifest.xml":  # there OpenOffice 1 wrote one
        found.add("external_relations")
    if name.endswith(".rels") and any(_leads_outside(relation) for relation in RELATION.findall(text)):
        found.add("external_relations")
    hrefs = list(islice(HREF.finditer(text), MOST_HREFS))
    if len(hrefs) == MOST_HREFS:
        found.add("partly_seen")
    for href in hrefs:
        tag = TAG.match(text, text.rfind(b"<", max(0, href.start() - 600), href.start()) + 1)
        if tag and tag[0] in FETCHED:
            found.add("external_relations")
        elif tag and tag[0] == b"form:form":
            found.add("submits")
    return found


def _leads_outside(relation: bytes) -> bool:
    return bool(OUTSIDE.search(relation)) and not (HARMLESS.search(relation) and ADDRESS.search(relation))
