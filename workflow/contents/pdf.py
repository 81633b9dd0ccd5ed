"""PDF files: whether one is locked, and what in it acts. Searched in pieces, and inside the streams that hold objects. Pure."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass, field
from typing import Final

from workflow.contents.allowance import Allowance
from workflow.contents.zips import ReadAt

PIECE: Final = 1024 * 1024
OVERLAP: Final = 512
UNPACKED: Final = 8 * 1024 * 1024  # bytes of all object streams that are unpacked to look into them
LARGEST_STREAM: Final = 1024 * 1024
MOST_STREAMS: Final = 2000
MOST_ESCAPED: Final = 2000
STEP: Final = 4096
SIP: Final = 16 * 1024
GAP: Final = rb"(?:[\s\x00]|%[^\r\n]{0,80}[\r\n]){0,64}"
REFERENCE: Final = rb"\d{1,10}\s{1,8}\d{1,5}\s{1,8}R"
LOCK: Final = "locked"
CODES: Final = {
    LOCK: rb"Encrypt" + GAP + rb"(?:" + REFERENCE + rb"|<<)",
    "javascript": rb"JavaScript\b",
    "launch": rb"Launch\b",
    "embedded_files": rb"(?:EmbeddedFiles?|GoToE|Collection)\b",
    "forms_xfa": rb"XFA" + GAP + rb"(?:\[|<<|\d)",
    "submits": rb"(?:SubmitForm|ImportData)\b",
    "goes_elsewhere": rb"(?:GoToR|FFilter)\b|F" + GAP + rb"<<" + GAP + rb"/FS" + GAP + rb"/URL\b",
    "media": rb"(?:RichMedia|Rendition|Movie|3D|Sound)\b" + GAP + rb"(?:/|<<|>>|\[|\d)",
    "links": rb"URI" + GAP + rb"(?:\((?!mailto:)|<[0-9A-Fa-f]|" + REFERENCE + rb")",
    "acts_when_opened": rb"(?:OpenAction|AA)" + GAP + rb"(?:<<|" + REFERENCE + rb")",
    "huge_page": rb"MediaBox" + GAP + rb"\[[^\]]{0,200}?\d{6}",
}
NESTED: Final = (re.compile(rb"\[(?:\s{0,3}\[){99}"), re.compile(rb"<<(?:\s{0,3}(?:/\w{1,20}\s{0,3})?<<){59}"))
ESCAPED: Final = rb"[^\x00-\x20/<>\[\](){}%#]{0,40}#[0-9A-Fa-f]{2}[^\x00-\x20/<>\[\](){}%]{0,60}"
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECTS: Final = rb"ObjStm\b"
FIRST: Final = rb"(?=[3A-Z])"  # of every mark: most slashes in packed bytes need no second look
OBJECT_STREAM, ESCAPED_NAME = re.compile(b"/" + OBJECTS), re.compile(b"/" + ESCAPED)
FILTERS: Final = re.compile(rb"/F(?:ilter)?\s*(\[[^\]]{0,200}\]|/\w{1,20})")
PREDICTED: Final = re.compile(rb"/Predictor\s{0,9}(?:[2-9]|1\d)")


@dataclass
class Search:
    """What was found so far; a mark that was found is not searched for again, so that a flood of them costs nothing.

    All that begins with a slash is searched for at once: going through the bytes is what costs.
    """

    found: set[str] = field(default_factory=set)
    escaped: int = 0
    streams: int = 0

    def __post_init__(self) -> None:
        self._flooded: set[str] = set()
        self._compile()

    def _compile(self) -> None:
        marks = [b"(?P<%s>%s)" % (code.encode(), mark) for code, mark in CODES.items() if code not in self.found]
        marked = [FIRST + b"(?:" + b"|".join(marks) + b")"] if marks else []
        names = {"objects": OBJECTS, "escaped": ESCAPED}
        others = [b"(?P<%s>%s)" % (kind.encode(), names[kind]) for kind in names if kind not in self._flooded]
        self._marks = re.compile(b"/" + marked[0]) if marked else None
        self._all = re.compile(b"/(?:" + b"|".join(marked + others) + b")") if marked or others else None

    def look(self, text: bytes, *, end: int | None = None) -> list[int]:
        """Look for the marks in plain text, and in names with escaped characters; return where object streams are said.

        Those that begin before `end` are returned: what follows it is looked at again with the next piece.
        """
        places: list[int] = []
        at = 0
        while self._all and (found := self._all.search(text, at)):
            at, what = found.start(), str(found.lastgroup)
            if what in CODES:  # the same place is looked at for the others
                self._note(what)
                continue
            if (what == "objects" or self._look_at_name(text, at)) and at < (end or len(text)):
                places.append(at)
                self._bound("objects", len(places), MOST_STREAMS)
            if what == "objects" and ESCAPED_NAME.match(text, at):
                self._look_at_name(text, at)
            at += 1
        if "odd_structure" not in self.found and any(deep.search(text) for deep in NESTED):
            self.found.add("odd_structure")
        return places

    def _look_at_name(self, text: bytes, at: int) -> bool:
        """Look at a name with escaped characters, and tell whether it says an object stream."""
        self.escaped += 1
        if self._bound("escaped", self.escaped, MOST_ESCAPED):
            return False
        name = ESCAPED_NAME.match(text, at)
        written = written_out(text[at : (name.end() if name else at) + 100])
        self._look_for_marks(written)
        return bool(OBJECT_STREAM.match(written))

    def _bound(self, kind: str, count: int, most: int) -> bool:
        """Search for no more of a kind of which there are too many, and say so."""
        if count > most and kind not in self._flooded:
            self._flooded.add(kind)
            self._note("partly_seen")
        return count > most

    def _note(self, code: str) -> None:
        self.found.add(code)
        self._compile()

    def _look_for_marks(self, text: bytes) -> None:
        at = 0
        while self._marks and (mark := self._marks.search(text, at)):
            self._note(str(mark.lastgroup))
            at = mark.start()


def written_out(text: bytes) -> bytes:
    """Return names with their escaped characters written out."""
    return HEX.sub(lambda found: bytes([int(found[1], 16)]), text)


def findings_of(read: ReadAt, *, size: int, allowance: Allowance) -> set[str]:
    """Return what in a PDF deserves a warning, as codes; `locked` among them when it is encrypted."""
    search = Search()
    for start in range(0, size, PIECE):
        piece = read(start, min(PIECE + OVERLAP, size - start))
        for place in search.look(piece, end=PIECE):
            search.streams += 1
            if search.streams > MOST_STREAMS or not allowance.left:
                allowance.short = True
                break
            search.look(_stream_at(read, start + place, size, allowance))
    return search.found | ({"partly_seen"} if allowance.short else set())


def _stream_at(read: ReadAt, place: int, size: int, allowance: Allowance) -> bytes:
    """Return the objects of the stream around this place, unpacked within the allowance."""
    begin = max(0, place - 1024)
    around = read(begin, min(place - begin + 4096, size - begin))
    keyword = re.compile(rb"stream\r?\n").search(around, place - begin)
    if keyword is None:
        allowance.short = True
        return b""
    dictionary = written_out(around[max(0, around.rfind(b"obj", 0, place - begin)) : keyword.start()])
    filters = FILTERS.findall(dictionary)
    names = re.findall(rb"/(\w+)", filters[-1]) if filters else []
    if PREDICTED.search(dictionary) or any(name not in PACKINGS for name in names):
        allowance.short = True
        return b""
    data = begin + keyword.end()
    packed = _packed(read, data, size) if names else b""  # in plain it was looked at with the file
    for name in names:
        packed = PACKINGS[name](packed, allowance)
    return packed


def _packed(read: ReadAt, data: int, size: int) -> bytes:
    """Read a stream to its end, some KiB at a time; one that only seems to end there does not unpack whole, and that is said."""
    found = bytearray()
    while len(found) < min(LARGEST_STREAM, size - data):
        found += read(data + len(found), min(SIP, size - data - len(found)))
        if found.find(b"endstream", max(0, len(found) - SIP - 9)) >= 0:
            break
    return bytes(found)


def _inflated(packed: bytes, allowance: Allowance) -> bytes:
    """Inflate a stream step by step: what came before a fault is looked at as readers would show it."""
    packer, found = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), STEP):
        most = allowance.take(LARGEST_STREAM)
        if not most:
            break
        try:
            came = packer.decompress(packed[start : start + STEP], most)
        except zlib.error:
            allowance.short = True
            break
        allowance.spend(len(came))
        found += came
        if packer.eof or len(found) >= LARGEST_STREAM:
            break
    allowance.short = allowance.short or not packer.eof
    return bytes(found)


def _from_hex(packed: bytes, allowance: Allowance) -> bytes:
    digits = re.sub(rb"\s", b"", packed.partition(b">")[0])
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except binascii.Error:
        allowance.short = True
        return b""


def _from_85(packed: bytes, allowance: Allowance) -> bytes:
    try:
        return base64.a85decode(packed.partition(b"~>")[0].removeprefix(b"<~"))
    except ValueError:
        allowance.short = True
        return b""


PACKINGS: Final = {
    b"FlateDecode": _inflated, b"Fl": _inflated,
    b"ASCIIHexDecode": _from_hex, b"AHx": _from_hex,
    b"ASCII85Decode": _from_85, b"A85": _from_85,
}  # fmt: skip
