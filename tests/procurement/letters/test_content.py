"""What each paper says: the figures of the Grenoble call, and what must never be printed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from procurement.letters.award_decision import AwardDecision
from procurement.letters.facts import Ceiling, EnvelopeKind, Mark
from procurement.letters.letter_below_threshold import BelowThresholdLetter
from procurement.letters.outcomes import Tie
from procurement.letters.receipt import Sealing
from procurement.letters.record import InvalidPaper
from tests.procurement.letters import samples as s
from tests.procurement.letters.reading import head_of, text_of
from tests.procurement.letters.sample_evaluation import EVALUATION, RANKED_E2
from tests.procurement.letters.sample_letters import (
    AWARD,
    BELOW,
    CANCELLATION,
    DECISION,
    LATE,
    NON_COMPLIANT,
    OVER,
    UNSUCCESSFUL,
)
from tests.procurement.letters.sample_notice import NOTICE
from tests.procurement.letters.sample_papers import PAPERS, english
from tests.procurement.letters.sample_reports import COMPLIANCE, DECLARATION, OPENING, RECEIPT, SHEET


def test_the_report_carries_the_ranking_and_its_arithmetic() -> None:
    told = text_of(EVALUATION)
    assert (
        "retenir la candidature E3 Atelier Isère Études SARL, première avec 97,07 points, pour 11 800,00 € HT" in told
    )
    for equation in (
        "100 × 79,00 ÷ 82,00 = 96,34 100 × 11 800,00 ÷ 11 800,00 = 100,00 0,80 × 96,34 + 0,20 × 100,00 = 77,07 + 20,00 = 97,07",
        "100 × 11 800,00 ÷ 13 900,00 = 84,89 0,80 × 100,00 + 0,20 × 84,89 = 80,00 + 16,98 = 96,98",
        "Score technique = 100 × note technique ÷ meilleure note technique en lice.",
        "Total = 0,80 × score technique + 0,20 × score financier.",
    ):
        assert equation in told
    assert (
        "(1) la meilleure note technique, (2) la meilleure note au critère C1 (Compréhension et méthodologie)" in told
    )
    assert "Il n’y a pas d’égalité." in told
    assert "J’aurais retenu la note technique absolue" in told
    assert "Opinion divergente de Tomas Lindqvist" in told


def test_the_report_gives_each_sheet_and_the_spread() -> None:
    lines = text_of(EVALUATION).split("\n")
    row = lines.index("E3 Atelier Isère Études SARL", lines.index("Totaux par évaluateur(trice)"))
    assert lines[row + 1 : row + 6] == ["78,00", "81,00", "78,00", "3,00", "79,00"]
    detail = lines.index("Notes de la candidature E3 Atelier Isère Études SARL")
    parent = lines.index("C2 Expérience", detail)
    assert lines[parent + 1 : parent + 5] == ["30,00", "32,00", "32,00", "31,50"], (
        "a parent's mark is its children's sum"
    )


def test_an_unresolved_tie_and_no_award_are_said() -> None:
    tie = Tie(state="unresolved", labels=("E2", "E3"))
    told = text_of(replace(EVALUATION, tie=tie, recommended=None))
    assert "Égalité entre E2, E3, que les règles déclarées ne départagent pas : l’attribution est suspendue." in told
    assert "Le comité ne propose aucune attribution." in told
    assert "première avec" not in told


def test_the_english_report_uses_english_figures() -> None:
    told = text_of(english(EVALUATION))
    assert "first with 97.07 points, for €11,800.00 excluding tax" in told
    assert "0.80 × 96.34 + 0.20 × 100.00 = 77.07 + 20.00 = 97.07" in told


def test_the_notice_prints_a_public_ceiling_and_never_a_hidden_one() -> None:
    assert "Plafond : 14 000,00 € HT." in text_of(NOTICE)
    hidden = replace(NOTICE, ceiling=Ceiling(price=s.eur("14000"), mode="hidden"), example="")
    told = text_of(hidden)
    assert "14 000" not in told
    assert "il n’est pas communiqué" in told


def test_the_notice_gives_the_deadline_the_method_and_the_documents() -> None:
    told = text_of(NOTICE)
    for said in (
        "jeudi 12 mars 2020 à 17 h 00 (heure de Madrid)",
        "Seuil technique : 75 sur 100.",
        "Déclaration d’exclusivité et de disponibilité",
        "sur invitation, à partir de 60 points avant l’entretien",
        "10 jours francs après l’envoi de la dernière lettre",
        "du lundi 23 mars 2020 au mardi 24 mars 2020",
    ):
        assert said in told


def test_the_receipt_gives_the_clock_the_digests_and_the_state() -> None:
    told = text_of(RECEIPT)
    assert "mercredi 11 mars 2020 à 14 h 07 min 31,482 s (heure de Madrid)" in told
    assert "2020-03-11 13:07:31.482 UTC" in told
    assert all(one.sha256 in told and one.filename in told for one in RECEIPT.files)
    assert "Scellée jusqu’à l’ouverture des plis" in told
    late = text_of(replace(RECEIPT, late=True))
    assert "reste scellée" in late
    assert "remplacer ou retirer" not in late


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_receipt_has_the_five_legal_mentions(language: str) -> None:
    """Applicant, buyer, title and object, date and hour, detailed list: arrêté of 22 March 2019, article 2."""
    paper = RECEIPT if language == "fr" else english(RECEIPT)
    told = text_of(paper)
    assert RECEIPT.applicant.name in told
    assert paper.call.authority.name in head_of(paper)
    assert paper.call.title in told
    assert paper.call.reference in told
    assert "2020-03-11 13:07:31.482 UTC" in told
    for one in RECEIPT.files:
        assert all(said in told for said in (one.requirement, one.filename, one.sha256))


@pytest.mark.parametrize(("ways", "columns"), [((False,), 1), ((True,), 1), ((False, True), 2)])
def test_the_receipt_says_which_promise_holds_for_the_way_in_which_it_is_sealed(
    ways: tuple[bool, ...], columns: int
) -> None:
    envelopes: tuple[EnvelopeKind, ...] = ("technical", "financial")
    sealings = tuple(
        Sealing(envelope=kind, in_browser=way, sha256="ab" * 32, size=66_000, quorum=2, holders=("cd" * 32,) * 4)
        for kind, way in zip(envelopes, ways, strict=False)
    )
    told = text_of(english(replace(RECEIPT, sealings=sealings)))
    assert "Who could read this envelope before the opening" in told
    assert ("yes, what comes after the change" in told) == (False in ways)
    assert ("only by sending your browser another script" in told) == (True in ways)
    assert told.count("yes: this is the opening") == columns


def test_the_opening_report_names_quorum_late_and_withdrawn() -> None:
    told = text_of(OPENING)
    assert "2 dépositaires de clé sur 4" in told
    assert "Hors délai, restée scellée" in told
    assert "Retirée, restée scellée" in told
    assert OPENING.root in told


def test_the_grid_the_sheet_and_the_declaration() -> None:
    assert "complétée" in text_of(COMPLIANCE)
    assert "4 candidatures conformes sur 4 examinées." in text_of(COMPLIANCE)
    wide = replace(COMPLIANCE, requirements=s.REQUIREMENTS * 2)
    assert "Pièces A1 à A2" in text_of(wide)
    sheet = text_of(SHEET)
    assert "Peu de recul sur le contexte grenoblois." in sheet
    assert "78,00" in sheet
    assert "aucun conflit d’intérêts" in text_of(DECLARATION)


def test_a_rejection_gives_own_marks_the_winner_and_the_standstill() -> None:
    told = text_of(UNSUCCESSFUL)
    for said in (
        "Le marché est attribué à Atelier Isère Études SARL, avec 97,07 points, pour 11 800,00 € HT.",
        "Le mandat est bien compris",
        "13 900,00 € HT",
        "96,98",
        "samedi 11 avril 2020 à 0 h 00 (heure de Madrid)",
        "un prix inférieur de 2 100,00 €",
        UNSUCCESSFUL.personal_note,
        "tribunal compétent de Barcelone",
    ):
        assert said in told


def test_a_letter_below_the_threshold_prints_no_price_of_its_own_and_no_other_applicant() -> None:
    told = text_of(BELOW)
    assert "Votre enveloppe financière n’a pas été ouverte et ne le sera pas." in told
    assert "71,00 sur 100" in told
    assert "Nadia Ferhat" not in told
    closed = text_of(replace(BELOW, winner=None))
    assert "€" not in closed


def test_a_mark_just_under_the_threshold_is_printed_with_four_decimals() -> None:
    told = text_of(replace(BELOW, total=Decimal("74.995")))
    assert "la note technique de 74,9950 sur 100. Le seuil fixé par l’avis est de 75." in told


def test_a_criterion_under_its_minimum_is_the_ground_when_asked() -> None:
    low: BelowThresholdLetter = replace(BELOW, ground="minimum", criterion="C2", marks=s.marks(*["5"] * 8))
    assert "a obtenu 15,00 au critère C2 (Expérience). Le minimum fixé par l’avis est de 20." in text_of(low)
    with pytest.raises(InvalidPaper, match="C9"):
        text_of(replace(low, criterion="C9"))


def test_the_other_letters_give_their_ground() -> None:
    assert "Arrivée 40 secondes après cette limite" in text_of(LATE)
    assert "Le prix le dépasse de 600,00 €" in text_of(OVER)
    assert "A6 Déclaration d’exclusivité et de disponibilité" in text_of(NON_COMPLIANT)
    assert "Cette lettre ne vaut pas contrat" in text_of(AWARD)
    assert "annulé par décision du mardi 31 mars 2020" in text_of(CANCELLATION)
    assert "infructueux" in text_of(replace(CANCELLATION, outcome="unsuccessful"))


@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind.startswith("letter_")])
def test_every_letter_carries_the_personal_note_and_one_addressee(kind: str) -> None:
    letter = replace(PAPERS[kind], personal_note="Phrase écrite à la main.")  # type: ignore[call-arg]
    told = text_of(letter)
    assert told.count("Phrase écrite à la main.") == 1
    assert letter.applicant.name in told  # type: ignore[attr-defined]


def test_the_decision_awards_in_numbered_articles() -> None:
    told = text_of(DECISION)
    assert "Article 1. Attribution" in told
    assert "Le marché est attribué à Atelier Isère Études SARL (candidature E3), pour 11 800,00 € HT." in told
    alone: AwardDecision = replace(DECISION, ranking=(RANKED_E2,), winner=RANKED_E2, exclusions=())
    assert "Article 2. Délai de suspension" in text_of(alone)


def test_a_parent_mark_given_with_the_marks_is_not_recomputed() -> None:
    marks = (*SHEET.marks, Mark(code="C1", mark=Decimal("27.25")))
    assert "27,25" in text_of(replace(SHEET, marks=marks))
