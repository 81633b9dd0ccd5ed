"""Amounts, marks, dates and sizes, against what a printer would set."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.letters.facts import Language, Money
from procurement.letters.text import typeset
from procurement.letters.wording import (
    format_amount,
    format_day,
    format_instant,
    format_mark,
    format_number,
    format_percent,
    format_size,
    format_span,
)

NB = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NB, "_")


@pytest.mark.parametrize(
    ("amount", "currency", "tax", "french", "english"),
    [
        ("14000", "EUR", "excluded", "14_000,00_€_HT", "€14,000.00 excluding_tax"),
        ("1234567.895", "USD", "included", "1_234_567,90_$_TTC", "$1,234,567.90 including_tax"),
        ("999.9", "TND", "exempt", "999,900_TND", "TND_999.900"),
        ("650000", "XOF", "excluded", "650_000_XOF_HT", "XOF_650,000 excluding_tax"),
        ("-12.5", "EUR", "exempt", "−12,50_€", "−€12.50"),
    ],
)
def test_an_amount_is_set_as_its_language_sets_it(
    amount: str, currency: str, tax: str, french: str, english: str
) -> None:
    money = Money(amount=Decimal(amount), currency=currency, tax=tax)  # type: ignore[arg-type]
    assert plain(format_amount(money, language="fr", tax=True)) == french
    assert plain(format_amount(money, language="en", tax=True)) == english


@pytest.mark.parametrize(
    ("instant", "zone", "language", "told"),
    [
        ("2020-03-12T16:00:00+00:00", "Europe/Madrid", "fr", "jeudi 12_mars_2020 à_17_h_00 (heure de_Madrid)"),
        ("2020-03-12T16:00:00+00:00", "Europe/Madrid", "en", "Thursday 12_March_2020, 17:00 (Madrid_time)"),
        ("2020-04-10T22:00:00+00:00", "Europe/Madrid", "fr", "samedi 11_avril_2020 à_0_h_00 (heure de_Madrid)"),
        ("2020-03-01T08:05:00+00:00", "Europe/London", "fr", "dimanche 1er_mars_2020 à_8_h_05 (heure de_Londres)"),
        ("2020-08-01T08:05:00+00:00", "Europe/Athens", "fr", "samedi 1er_août_2020 à_11_h_05 (heure d’Athènes)"),
        ("2020-08-01T08:05:00+00:00", "Africa/Cairo", "fr", "samedi 1er_août_2020 à_10_h_05 (heure du Caire)"),
        ("2020-08-01T08:05:00+00:00", "UTC", "en", "Saturday 1_August_2020, 08:05 (UTC)"),
        ("2020-08-01T08:05:00+00:00", "America/New_York", "en", "Saturday 1_August_2020, 04:05 (New York_time)"),
    ],
)
def test_an_instant_is_told_in_its_zone(instant: str, zone: str, language: Language, told: str) -> None:
    assert plain(format_instant(datetime.fromisoformat(instant), zone=zone, language=language)) == told


def test_an_instant_keeps_its_seconds_and_milliseconds_when_asked() -> None:
    instant = datetime(2020, 3, 11, 13, 7, 31, 482999, tzinfo=UTC)
    told = format_instant(instant, zone="Europe/Madrid", language="fr", precision="millisecond")
    assert plain(told) == "mercredi 11_mars_2020 à_14_h_07_min_31,482_s (heure de_Madrid)"
    assert "14:07:31 " in format_instant(instant, zone="Europe/Madrid", language="en", precision="second")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_instant(datetime(2020, 3, 12, 17), zone="Europe/Madrid", language="fr")


@pytest.mark.parametrize(
    ("value", "threshold", "told"),
    [
        ("79", None, "79,00"),
        ("96.341463414", None, "96,34"),
        ("4.015", None, "4,02"),
        ("74.995", "75", "74,9950"),
        ("74.99", "75", "74,99"),
        ("75", "75", "75,00"),
        ("75.001", "75", "75,00"),
        ("74.99999", "75", "74,99999"),
        ("4.9951", "5", "4,9951"),
    ],
)
def test_a_mark_that_fails_never_looks_equal_to_its_threshold(value: str, threshold: str | None, told: str) -> None:
    limit = None if threshold is None else Decimal(threshold)
    assert format_mark(Decimal(value), language="fr", threshold=limit) == told


@given(
    mark=st.decimals(min_value=0, max_value=100, places=10), threshold=st.decimals(min_value=0, max_value=100, places=2)
)
def test_a_failing_mark_is_always_printed_below_its_threshold(mark: Decimal, threshold: Decimal) -> None:
    printed = Decimal(format_mark(mark, language="en", threshold=threshold).replace(",", ""))
    assert (printed < threshold) == (mark < threshold) or mark >= threshold


def test_percentages_numbers_and_days() -> None:
    assert plain(format_percent(Decimal("0.80"), language="fr")) == "80_%"
    assert format_percent(Decimal("0.125"), language="en") == "12.5%"
    assert plain(format_number(Decimal("1E+4"), language="fr")) == "10_000"
    assert format_number(Decimal("17.50"), language="fr") == "17,5"
    assert plain(format_day(date(2020, 5, 1), language="fr")) == "vendredi 1er_mai_2020"
    assert plain(format_day(date(2020, 5, 1), language="en")) == "Friday 1_May_2020"


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [(999, "999_o", "999_B"), (210_400, "210_ko", "210_kB"), (10_249_000, "10,2_Mo", "10.2_MB")],
)
def test_sizes(size: int, french: str, english: str) -> None:
    assert plain(format_size(size, language="fr")) == french
    assert plain(format_size(size, language="en")) == english


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (40, "40_secondes", "40_seconds"),
        (3601, "1_heure 1_seconde", "1_hour 1_second"),
        (90060, "1_jour 1_heure 1_minute", "1_day 1_hour 1_minute"),
        (0.4, "moins d’une seconde", "less than a second"),
    ],
)
def test_spans(seconds: float, french: str, english: str) -> None:
    assert plain(format_span(timedelta(seconds=seconds), language="fr")) == french
    assert plain(format_span(timedelta(seconds=seconds), language="en")) == english


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Quoi ? Non ! Si : oui ; 80 % de « tout ».", "Quoi_? Non_! Si_: oui_; 80_% de «_tout_»."),
        ("14 000 € et 2 100 000 €, le 12 mars 2020", "14_000_€ et 2_100_000_€, le 12 mars 2020"),
        ("https://exemple.org:80/?a=1;b", "https://exemple.org:80/?a=1;b"),
        ("sans espace: rien n’est ajouté", "sans espace: rien n’est ajouté"),
    ],
)
def test_french_spaces_are_made_no_break_and_nothing_else_changes(written: str, set_as: str) -> None:
    assert plain(typeset(written, language="fr")) == set_as
    assert typeset(written, language="en") == written


@given(st.text())
def test_typesetting_changes_spaces_only(text: str) -> None:
    assert typeset(text, language="fr").replace(NB, " ") == text.replace(NB, " ")
