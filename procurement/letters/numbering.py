"""How headings, bullets and numbered items are numbered."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _level(at: int, kind: str, text: str, *, style: str = "", left: int, colour: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    marks = f'<w:rPr><w:color w:val="{colour}"/></w:rPr>' if colour else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>{marks}</w:lvl>'
    )


def numbering_xml(accent: str) -> str:
    """The numbering part: 1 for headings (1., 1.1, 1.1.1), 2 for bullets, 3 for numbered items."""
    headings = (
        _level(0, "decimal", "%1.", style="Heading1", left=567, colour=accent)
        + _level(1, "decimal", "%1.%2", style="Heading2", left=567, colour=accent)
        + _level(2, "decimal", "%1.%2.%3", style="Heading3", left=709, colour=accent)
    )
    bullets = _level(0, "bullet", "–", style="ListBullet", left=340, colour=accent)
    items = _level(0, "decimal", "%1.", style="ListNumber", left=397, colour=accent)
    kinds = (("multilevel", headings), ("singleLevel", bullets), ("singleLevel", items))
    return (
        f"<w:numbering {_W}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
            for at, (kind, levels) in enumerate(kinds)
        )
        + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(kinds)))
        + "</w:numbering>"
    )
