"""The look of a paper: one sober face, rules instead of boxes, one accent."""

from dataclasses import dataclass

from procurement.letters.facts import Language

FACE = "Arial"  # on every desk; Liberation Sans has the same widths where Arial is missing
MONO = "Courier New"
INK, INK_2, HAIR, ACCENT = "15191B", "4B5459", "D3D9DA", "0A5968"
LOCALE: dict[Language, str] = {"fr": "fr-FR", "en": "en-GB"}


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style; sizes in half points, distances in twentieths of a point."""

    name: str
    size: int = 20
    bold: bool = False
    colour: str = INK
    before: int = 0
    after: int = 0
    line: int = 264
    level: int | None = None
    outline: int | None = None
    list_id: int | None = None
    indent: int = 0
    hanging: int = 0
    rule: bool = False
    keep: bool = False
    face: str = FACE


STYLES: dict[str, Style] = {
    "Normal": Style(name="Normal", after=120, line=276),
    "Title": Style(name="Title", size=36, bold=True, before=360, after=60, line=252, keep=True),
    "Subtitle": Style(name="Subtitle", size=23, colour=INK_2, after=200, keep=True),
    "Lead": Style(name="Lead", size=23, before=40, after=160, line=288),
    "Heading1": Style(
        name="heading 1",
        size=25,
        bold=True,
        before=320,
        after=100,
        level=0,
        indent=567,
        hanging=567,
        rule=True,
        keep=True,
    ),
    "Heading2": Style(
        name="heading 2",
        size=21,
        bold=True,
        before=220,
        after=80,
        level=1,
        indent=567,
        hanging=567,
        keep=True,
    ),
    "Heading3": Style(
        name="heading 3",
        size=20,
        bold=True,
        colour=INK_2,
        before=160,
        after=60,
        level=2,
        indent=709,
        hanging=709,
        keep=True,
    ),
    "ListBullet": Style(name="List Bullet", after=50, list_id=2, indent=340, hanging=340),
    "ListNumber": Style(name="List Number", after=80, list_id=3, indent=397, hanging=397),
    "Article": Style(name="Article", size=20, bold=True, before=120, after=40, keep=True),
    "LetterHeading": Style(name="Letter Heading", size=21, bold=True, before=220, after=80, outline=1, keep=True),
    "Signatory": Style(name="Signatory", size=20, indent=4800, keep=True),
    "Dateline": Style(name="Dateline", size=20, colour=INK_2, before=240),
    "Address": Style(name="Address", size=20, line=264),
    "AddressRight": Style(name="Address Right", size=20, line=264, indent=4800),
    "Greeting": Style(name="Greeting", before=120, after=120, line=276),
    "Caption": Style(name="caption", size=18, bold=True, colour=INK, before=140, after=60, keep=True),
    "TableHead": Style(name="Table Head", size=16, colour=INK_2, line=240, keep=True),
    "TableText": Style(name="Table Text", size=18, line=252),
    "TableName": Style(name="Table Name", size=18, colour=INK_2, line=252),
    "TableNote": Style(name="Table Note", size=16, colour=INK_2, line=240),
    "Digest": Style(name="Digest", size=14, colour=INK_2, before=20, line=240, face=MONO),
    "Groups": Style(name="Groups", size=32, bold=True, after=80, line=276, keep=True, face=MONO),
    "Formula": Style(name="Formula", size=19, before=20, after=100, indent=340),
    "Note": Style(name="Note", size=17, colour=INK_2, before=60, after=120),
    "Gap": Style(name="Gap", size=12, line=240),
    "Authority": Style(name="Authority", size=27, bold=True, line=252),
    "Letterhead": Style(name="Letterhead", size=16, colour=INK_2, line=252),
    "Header": Style(name="header", size=16, colour=INK_2, line=240),
    "Footer": Style(name="footer", size=15, colour=INK_2, line=252),
}

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _paragraph_part(style: Style) -> str:
    part = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    part += '<w:widowControl w:val="1"/>'
    if style.level is not None:
        part += f'<w:numPr><w:ilvl w:val="{style.level}"/><w:numId w:val="1"/></w:numPr>'
    elif style.list_id is not None:
        part += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{style.list_id}"/></w:numPr>'
    if style.rule:
        part += f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="7" w:color="{INK}"/></w:pBdr>'
    part += f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="auto"/>'
    if style.indent:
        part += f'<w:ind w:left="{style.indent}" w:hanging="{style.hanging}"/>'
    outline = style.level if style.outline is None else style.outline
    if outline is not None:
        part += f'<w:outlineLvl w:val="{outline}"/>'
    return f"<w:pPr>{part}</w:pPr>"


def _run_part(style: Style) -> str:
    face = f'<w:rFonts w:ascii="{style.face}" w:hAnsi="{style.face}" w:cs="{style.face}"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>'
    return f'<w:rPr>{face}{bold}{colour}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr>'


def _style(style_id: str, style: Style) -> str:
    first = style_id == "Normal"
    head = ' w:default="1"' if first else ""
    based = "" if first else '<w:basedOn w:val="Normal"/>'
    after = '<w:next w:val="Normal"/>' if style.keep else ""
    return (
        f'<w:style w:type="paragraph"{head} w:styleId="{style_id}"><w:name w:val="{style.name}"/>'
        f"{based}{after}<w:qFormat/>{_paragraph_part(style)}{_run_part(style)}</w:style>"
    )


def styles_xml(language: Language) -> str:
    """The whole styles part, its language set so that a reader's voice and spelling follow."""
    paragraphs = "".join(_style(style_id, style) for style_id, style in STYLES.items())
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}" w:eastAsia="{FACE}"/>'
        f'<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{LOCALE[language]}" '
        f'w:eastAsia="{LOCALE[language]}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        f"{paragraphs}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
        "</w:styles>"
    )
