"""The empty .docx every paper begins from, built here so that nothing in it is unaccounted for."""

import io
import zipfile

from procurement.letters.facts import Language
from procurement.letters.numbering import numbering_xml
from procurement.letters.styles import ACCENT, FACE, LOCALE, MONO, styles_xml

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_WORD_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
        for at, part in enumerate(("styles", "numbering", "settings", "fontTable"), start=1)
    )
    + "</Relationships>"
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
_DOCUMENT = (
    f'<w:document {_W} xmlns:r="{_OFFICE}"><w:body><w:sectPr>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247" w:header="680" '
    'w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
)


def _fonts() -> str:
    def face(name: str, stand_in: str, family: str, pitch: str) -> str:
        return (
            f'<w:font w:name="{name}"><w:altName w:val="{stand_in}"/><w:family w:val="{family}"/>'
            f'<w:pitch w:val="{pitch}"/></w:font>'
        )

    return (
        f"<w:fonts {_W}>{face(FACE, 'Liberation Sans', 'swiss', 'variable')}"
        f"{face(MONO, 'Liberation Mono', 'modern', 'fixed')}</w:fonts>"
    )


def _settings(language: Language) -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LOCALE[language]}"/></w:settings>'
    )


def empty_document(*, language: Language) -> bytes:
    """An empty A4 document in the given language, ready for python-docx to open."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": _DOCUMENT,
        "word/_rels/document.xml.rels": _WORD_RELS,
        "word/styles.xml": styles_xml(language),
        "word/numbering.xml": numbering_xml(ACCENT),
        "word/settings.xml": _settings(language),
        "word/fontTable.xml": _fonts(),
        "docProps/core.xml": _CORE,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, written in parts.items():
            package.writestr(zipfile.ZipInfo(name), _HEAD + written)
    return buffer.getvalue()
