"""A phrase in both languages, side by side, so that neither can be missing."""

from typing import NamedTuple

from procurement.letters.facts import Language
from procurement.letters.text import typeset


class Phrase(NamedTuple):
    """One thing said in French and in English, with the same named places in braces."""

    fr: str
    en: str


class Counted(NamedTuple):
    """A phrase for one thing and for several; `{count}` is the number."""

    one: Phrase
    many: Phrase


def say(phrase: Phrase, language: Language, /, **facts: object) -> str:
    """The phrase in one language, its places filled, its spaces as that language sets them."""
    words = phrase.fr if language == "fr" else phrase.en
    return typeset(words.format(**facts), language=language)


def say_count(phrase: Counted, language: Language, /, count: int, **facts: object) -> str:
    """The phrase for this number: French takes the singular for zero, English the plural."""
    single = count == 1 or (count == 0 and language == "fr")
    return say(phrase.one if single else phrase.many, language, count=count, **facts)
