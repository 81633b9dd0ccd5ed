"""A hundred names that lead elsewhere, hide what a file is, or break what shows them."""

from __future__ import annotations

from collections.abc import Iterator

UP = (
    "../",
    "..\\",
    "/",
    "\\",
    "C:\\",
    "C:/",
    "//server/share/",
    "\\\\server\\share\\",
    "file:///",
    "a/../../",
    "....//",
    "%2e%2e%2f",
    "~/",
    "./",
)
UNSEEN = "\0\x01\t\n\r\x0b\x1b\x7f\x85\xad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202d\u202e\u2060\u2066\u2069\ufeff\ufff9\U000e0041\ud800\ue000\uffff\u3164\u2800"
DEVICES = ("CON", "prn", "Aux", "NUL", "COM1", "lpt9", "COM¹", "CONIN$", "nul ", "con.x")
FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://evil")', "\t=1")
SIGNS = (
    '"',
    "<script>alert(1)</script>",
    "a;b",
    "a|b",
    "a?b",
    "a*b",
    "a:b",
    "'; DROP TABLE x--",
    "${7*7}",
    "{{7*7}}",
    "`id`",
    "$(id)",
    "%s%n",
    "a&b",
    "a#b",
)
LONG = (
    "x" * 300,
    "é" * 300,
    "😀" * 200,
    "x" * 5000,
    "e" + "\u0301" * 200,
    "a." * 150,
    " " * 300 + "a",
    "\u202e" * 300 + "a",
    "x" * 149 + "é",
    "ﬀ" * 150,
)
ENDINGS = ("x.pdf.exe", "x.exe", "x.pdf .exe", "x.pdf\u202eexe", "x.PDF ", "x.pdf.", "x", "x.pdf:stream", "x.pdf\0.exe", ".htaccess", ".pdf", "...", "  ", "", "pdf")  # fmt: skip


def names() -> Iterator[str]:
    """Return them."""
    yield from (f"{up}x.pdf" for up in UP)
    yield from (f"facture{unseen}fdp.pdf" for unseen in UNSEEN)
    yield from (f"{device}.pdf" for device in DEVICES)
    yield from (f"{formula}.pdf" for formula in FORMULAS)
    yield from (f"{sign}.pdf" for sign in SIGNS)
    yield from (f"{stem}.pdf" for stem in LONG)
    yield from ENDINGS
