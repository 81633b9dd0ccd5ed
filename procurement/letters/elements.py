"""The few WordprocessingML elements the papers are made of."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from procurement.letters.text import clean

Element = BaseOxmlElement

HIDDEN_EDGE = "nil"


def node(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A `w:` element with `w:` attributes, its children in order."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def edge(side: str, *, size: int, colour: str, space: int = 0) -> Element:
    """A rule on one side; `size` in eighths of a point, 0 for none."""
    if size == 0:
        return node(side, val=HIDDEN_EDGE)
    return node(side, val="single", sz=size, space=space, color=colour)


def run(text: str, *marks: Element) -> Element:
    """A run of clean text; tabs and line ends become Word's own; `marks` are run properties."""
    element = node("r")
    if marks:
        element.append(node("rPr", *marks))
    for at, line in enumerate(clean(text).split("\n")):
        if at:
            element.append(node("br"))
        for column, part in enumerate(line.split("\t")):
            if column:
                element.append(node("tab"))
            if part:
                element.append(_text(part))
    return element


def _text(part: str) -> Element:
    element = node("t")
    element.text = part
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def paragraph(style: str, *runs: Element, keep: bool = False, align: str = "") -> Element:
    """A paragraph of a named style; `keep` holds it on the page of the next one."""
    properties = node("pPr", node("pStyle", val=style))
    if keep:
        properties.append(node("keepNext"))
    if align:
        properties.append(node("jc", val=align))
    return node("p", properties, *runs)


def field(instruction: str) -> list[Element]:
    """The runs of a field Word works out itself, such as PAGE or NUMPAGES."""
    code = node("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", code),
        node("r", node("fldChar", fldCharType="separate")),
        run("1"),
        node("r", node("fldChar", fldCharType="end")),
    ]
