"""Column heads and captions of the tables that several papers share."""

from procurement.letters.words.phrase import Phrase

CRITERIA = Phrase("Critères d’évaluation", "Evaluation criteria")
CRITERION = Phrase("Critère", "Criterion")
MAXIMUM = Phrase("Maximum", "Maximum")
MINIMUM = Phrase("Minimum", "Minimum")
WEIGHT = Phrase("Poids", "Weight")
MARK = Phrase("Note", "Mark")
COMMENT = Phrase("Motivation", "Reasons")
TOTAL = Phrase("Total", "Total")
INTERVIEW_FROM = Phrase(
    "sur invitation, à partir de {mark}\u00a0points avant l’entretien",
    "by invitation, from {mark}\u00a0points before the interview upwards",
)
INTERVIEW = Phrase("noté lors de l’entretien", "marked at the interview")

REQUIREMENT = Phrase("Pièce", "Document")
FORMATS = Phrase("Formats", "Formats")
PERSONAL = Phrase("donnée personnelle, conservée séparément", "personal data, kept separately")
OPTIONAL = Phrase("facultative", "optional")

TIMETABLE = Phrase("Calendrier", "Timetable")
COMMITTEE = Phrase("Composition du comité", "Composition of the committee")

RANK = Phrase("Rang", "Rank")
TECHNICAL_MARK = Phrase("Note technique", "Technical mark")
TECHNICAL_SCORE = Phrase("Score technique", "Technical score")
FINANCIAL_SCORE = Phrase("Score financier", "Financial score")
TECHNICAL_POINTS = Phrase("Points techniques", "Technical points")
FINANCIAL_POINTS = Phrase("Points financiers", "Financial points")
RANKING = Phrase("Classement", "Ranking")
EXCLUDED = Phrase("Candidatures hors classement", "Applications out of the ranking")
EXCLUDED_FOR = Phrase("Motif d’exclusion", "Ground for exclusion")
SPREAD = Phrase("Écart", "Spread")
MARKS = Phrase("Notes par critère", "Marks by criterion")
EQUATIONS = Phrase("Calcul", "Arithmetic")
DETAIL = Phrase("Détail du calcul", "The arithmetic in detail")
ENVELOPE = Phrase("Enveloppe", "Envelope")
