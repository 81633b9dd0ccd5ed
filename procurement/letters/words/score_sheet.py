"""Phrases of the score sheet."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Grille d’évaluation individuelle", "Individual score sheet")
EVALUATOR = Phrase("Évaluateur(trice)", "Evaluator")
APPLICATION = Phrase("Candidature notée", "Application scored")
VERSION = Phrase("Version de la grille", "Sheet version")
REOPENED = Phrase("Rouverte par la présidence", "Reopened by the chair")
MARKS = Phrase("Notes et motivations", "Marks and reasons")
STRENGTHS = Phrase("Points forts", "Strengths")
WEAKNESSES = Phrase("Points faibles", "Weaknesses")
DECLARATION = Phrase(
    "Notes attribuées seul(e), sur les seules pièces de la candidature, avant d’avoir eu connaissance "
    "des notes des autres membres et du prix.",
    "Marks given alone, on the documents of the application only, before knowing the other "
    "members’ marks and the price.",
)
