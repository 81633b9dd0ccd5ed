"""Numbers as the reader's language writes them: money, marks, percentages, sizes. Rounding here is for display only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext

NB: Final = "\u00a0"
NOTHING: Final = "–"  # en dash: no figure, never an empty cell
SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£"}


def decimal_of(value: object) -> Decimal | None:
    """Return the exact figure behind a value, or None for what is not a finite figure."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def amount_text(value: object, *, currency: str = "EUR") -> str:
    """Write money with two decimals: « 14 000,00 € » in French, “€14,000.00” in English."""
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    number = _written(abs(figure), places=2)
    symbol = SYMBOLS.get(currency, currency)
    sign = "−" if figure < 0 and _rounded(figure, places=2) != 0 else ""
    if _language() != "en":
        return f"{sign}{number}{NB}{symbol}"
    return f"{sign}{symbol}{'' if currency in SYMBOLS else NB}{number}"


def mark_text(value: object, *, places: int | None = 2) -> str:
    """Write a mark with so many decimals, halves rounded up; places=None writes it exactly, without empty decimals."""
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    if places is None:
        places = _decimals_needed(figure)
    return _written(figure, places=places)


def percent_text(value: object, *, of_one: bool = False) -> str:
    """Write a percentage exactly; of_one says that 1 stands for the whole instead of 100."""
    figure = decimal_of(value)
    if figure is None:
        return NOTHING
    figure = figure * 100 if of_one else figure
    return f"{_written(figure, places=min(2, _decimals_needed(figure)))}{'' if _language() == 'en' else NB}%"


def size_text(count: object) -> str:
    """Write a number of bytes in decimal units, as file managers do: « 214 ko », « 6,4 Mo »."""
    figure = decimal_of(count)
    if figure is None:
        return NOTHING
    if figure < 1000:
        return f"{_written(figure, places=0)}{NB}{pgettext('unit', 'B')}"
    if figure < 999_500:
        return f"{_written(figure / 1000, places=0)}{NB}{pgettext('unit', 'kB')}"
    if figure < 999_950_000:
        return f"{_written(figure / 1_000_000, places=1)}{NB}{pgettext('unit', 'MB')}"
    return f"{_written(figure / 1_000_000_000, places=1)}{NB}{pgettext('unit', 'GB')}"


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _rounded(figure: Decimal, *, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _written(figure: Decimal, *, places: int) -> str:
    if _language() == "ar":  # Django knows no grouping for Arabic; the call's own figures are grouped by spaces
        return f"{_rounded(figure, places=places):,.{places}f}".translate({ord(","): NB, ord("."): ","})
    return str(number_format(_rounded(figure, places=places), decimal_pos=places, force_grouping=True))


def _decimals_needed(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
