"""Amounts, marks, dates and sizes as people write them, in French and in English."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from procurement.letters.facts import Language, Money
from procurement.letters.text import NBSP
from procurement.letters.zones import zone_phrase

Precision = Literal["minute", "second", "millisecond"]

_DAYS: dict[Language, tuple[str, ...]] = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
# ISO 4217: currencies whose smallest unit is not a hundredth.
_DIGITS = {
    **dict.fromkeys(("JPY", "KRW", "XAF", "XOF", "XPF", "CLP", "ISK", "RWF", "UGX", "VND"), 0),
    **dict.fromkeys(("TND", "KWD", "BHD", "JOD", "OMR", "LYD", "IQD"), 3),
}
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
_TAX: dict[Language, dict[str, str]] = {
    "fr": {"excluded": f"{NBSP}HT", "included": f"{NBSP}TTC", "exempt": ""},
    "en": {"excluded": f" excluding{NBSP}tax", "included": f" including{NBSP}tax", "exempt": ""},
}


_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


def decimals(value: Decimal) -> int:
    """How many decimals a figure has, trailing zeros left out."""
    return max(0, -int(value.normalize(_EXACT).as_tuple().exponent))


def format_number(value: Decimal, *, language: Language, digits: int | None = None) -> str:
    """A figure with its thousands apart, rounded half up to `digits`, or as it is, without
    trailing zeros, when `digits` is None."""
    if digits is None:
        digits = decimals(value)
    written = f"{_rounded(value, digits):,f}"
    if language == "fr":
        written = written.replace(",", NBSP).replace(".", ",")
    return written.replace("-", "\u2212")


def currency_digits(currency: str) -> int:
    """How many decimals a currency is written with (ISO 4217)."""
    return _DIGITS.get(currency, 2)


def format_amount(money: Money, *, language: Language, tax: bool = False) -> str:
    """An amount with its currency: « 14 000,00 € », “€14,000.00”; with `tax`, HT or TTC too."""
    digits, symbol = currency_digits(money.currency), _SYMBOLS.get(money.currency)
    figure = format_number(abs(money.amount), language=language, digits=digits)
    if language == "fr":
        written = f"{figure}{NBSP}{symbol or money.currency}"
    else:
        written = f"{symbol}{figure}" if symbol else f"{money.currency}{NBSP}{figure}"
    written = ("\u2212" if money.amount < 0 else "") + written
    return written + (_TAX[language][money.tax] if tax else "")


def format_percent(share: Decimal, *, language: Language) -> str:
    """A share of 1 as a percentage: 0.80 gives « 80 % », “80%”."""
    return format_number(share * 100, language=language) + (f"{NBSP}%" if language == "fr" else "%")


def format_mark(value: Decimal, *, language: Language, threshold: Decimal | None = None) -> str:
    """A mark with two decimals, half up; with four or more when it fails the threshold but two
    decimals would show it equal."""
    digits = 2
    if threshold is not None and value < threshold:
        while digits < 12 and _rounded(value, digits) >= _rounded(threshold, digits):
            digits = max(4, digits + 1)
    return format_number(value, language=language, digits=digits)


def format_day(day: date, *, language: Language) -> str:
    """« jeudi 12 mars 2020 », “Thursday 12 March 2020”; the first of a French month is « 1er »."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    weekday, month = _DAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    return f"{weekday} {number}{NBSP}{month}{NBSP}{day.year}"


def format_hour(moment: datetime, *, language: Language, precision: Precision = "minute") -> str:
    """« 17 h 00 » or « 17 h 00 min 40 s », “17:00” or “17:00:40”."""
    second = f"{moment:%S}"
    if precision == "millisecond":
        second += f"{',' if language == 'fr' else '.'}{moment.microsecond // 1000:03d}"
    if language == "en":
        return f"{moment:%H:%M}" + ("" if precision == "minute" else f":{second}")
    hour = f"{moment.hour} h {moment:%M}" + ("" if precision == "minute" else f" min {second} s")
    return hour.replace(" ", NBSP)


def format_instant(instant: datetime, *, zone: str, language: Language, precision: Precision = "minute") -> str:
    """« jeudi 12 mars 2020 à 17 h 00 (heure de Madrid) », in an IANA zone; refuses naive times."""
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its zone")
    local = instant.astimezone(ZoneInfo(zone))
    day = format_day(local.date(), language=language)
    hour = format_hour(local, language=language, precision=precision)
    joint = f" à{NBSP}" if language == "fr" else ", "
    return f"{day}{joint}{hour} ({zone_phrase(zone, language=language)})"


def format_size(size: int, *, language: Language) -> str:
    """A size in bytes as octets, kilo-octets or mega-octets (powers of ten)."""
    unit = "o" if language == "fr" else "B"
    for step, prefix, digits in ((1_000_000, "M", 1), (1_000, "k", 0)):
        if size >= step:
            figure = format_number(Decimal(size) / step, language=language, digits=digits)
            return f"{figure}{NBSP}{prefix}{unit}"
    return f"{size}{NBSP}{unit}"


_SPANS: tuple[tuple[int, dict[Language, str]], ...] = (
    (86_400, {"fr": "jour", "en": "day"}),
    (3_600, {"fr": "heure", "en": "hour"}),
    (60, {"fr": "minute", "en": "minute"}),
    (1, {"fr": "seconde", "en": "second"}),
)


def format_span(span: timedelta, *, language: Language) -> str:
    """A length of time down to the second: « 1 heure 40 secondes », “1 hour 40 seconds”."""
    left, told = int(span.total_seconds()), []
    for length, name in _SPANS:
        count, left = divmod(left, length)
        if count:
            told.append(f"{count}{NBSP}{name[language]}{'s' if count > 1 else ''}")
    if told:
        return " ".join(told)
    return "moins d’une seconde" if language == "fr" else "less than a second"
