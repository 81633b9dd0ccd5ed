"""One language and one time zone, to say phrases and figures in."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from procurement.letters import wording
from procurement.letters.facts import Call, Money
from procurement.letters.text import clean, typeset
from procurement.letters.wording import Precision
from procurement.letters.words import common
from procurement.letters.words.phrase import Counted, Phrase, say, say_count
from procurement.letters.zones import zone_phrase


class Voice:
    """Says phrases, figures and instants as the papers of one call do."""

    def __init__(self, call: Call) -> None:
        self.language = call.language
        self.zone = call.timezone

    def set(self, text: str) -> str:
        """Someone's text as it will be printed: cleaned, with the language's no-break spaces."""
        return typeset(clean(text), language=self.language)

    def say(self, phrase: Phrase, /, **facts: object) -> str:
        """A fixed phrase, its places filled."""
        return say(phrase, self.language, **facts)

    def count(self, phrase: Counted, /, count: int, **facts: object) -> str:
        """A fixed phrase for this number of things."""
        return say_count(phrase, self.language, count, **facts)

    def instant(self, instant: datetime, precision: Precision = "minute") -> str:
        """An instant in the call's zone, with its zone named."""
        return wording.format_instant(instant, zone=self.zone, language=self.language, precision=precision)

    def hour(self, instant: datetime) -> str:
        """The hour of an instant in the call's zone, to the second, with its zone named."""
        local = instant.astimezone(ZoneInfo(self.zone))
        hour = wording.format_hour(local, language=self.language, precision="second")
        return f"{hour} ({zone_phrase(self.zone, language=self.language)})"

    def day(self, instant: datetime) -> str:
        """The day of an instant in the call's zone."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return wording.format_day(local.date(), language=self.language)

    def calendar_day(self, day: date) -> str:
        """A day that has no hour."""
        return wording.format_day(day, language=self.language)

    def span(self, span: timedelta) -> str:
        """A length of time."""
        return wording.format_span(span, language=self.language)

    def mark(self, value: Decimal | None, *, threshold: Decimal | None = None) -> str:
        """A mark with two decimals, more where it would look equal to a threshold it fails."""
        if value is None:
            return self.say(common.EMPTY)
        return wording.format_mark(value, language=self.language, threshold=threshold)

    def number(self, value: Decimal | int | None, digits: int | None = None) -> str:
        """A figure with so many decimals, or as it is, without trailing zeros."""
        if value is None:
            return self.say(common.EMPTY)
        return wording.format_number(Decimal(value), language=self.language, digits=digits)

    def percent(self, share: Decimal | None) -> str:
        """A share of 1 as a percentage."""
        if share is None:
            return self.say(common.EMPTY)
        return wording.format_percent(share, language=self.language)

    def amount(self, money: Money | None, *, tax: bool = False) -> str:
        """An amount with its currency, with `tax` also whether tax is in it."""
        if money is None:
            return self.say(common.EMPTY)
        return wording.format_amount(money, language=self.language, tax=tax)

    def size(self, size: int) -> str:
        """A number of bytes."""
        return wording.format_size(size, language=self.language)
