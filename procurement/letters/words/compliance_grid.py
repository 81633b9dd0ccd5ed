"""Phrases of the administrative compliance grid."""

from procurement.letters.words.phrase import Counted, Phrase

TITLE = Phrase("Grille de conformité administrative", "Administrative compliance grid")
LEAD = Counted(
    one=Phrase(
        "{count} candidature conforme sur {total} examinées.",
        "{count} compliant application out of {total} examined.",
    ),
    many=Phrase(
        "{count} candidatures conformes sur {total} examinées.",
        "{count} compliant applications out of {total} examined.",
    ),
)
CHECKED_BY = Phrase("Examen conduit par", "Checked by")
CHECKED_ON = Phrase("Examen clos le", "Check closed on")
GRID = Phrase("Grille", "Grid")
GRID_PART = Phrase("Pièces {first} à {last}", "Documents {first} to {last}")
LEGEND = Phrase("Pièces examinées", "Documents examined")
STATES = {
    "present": Phrase("oui", "yes"),
    "missing": Phrase("manque", "missing"),
    "completed": Phrase("complétée", "completed"),
    "refused": Phrase("refusée", "refused"),
    "not_required": Phrase("sans objet", "not required"),
}
REQUESTS = Phrase("Demandes de complément", "Requests to complete the file")
ASKED = Phrase("Demande", "Request")
WINDOW = Phrase("Délai", "Time limit")
WINDOW_SAID = Phrase("envoyée le {asked}, réponse avant le {due}", "sent on {asked}, answer by {due}")
ANSWERED = Phrase("Réponse", "Answer")
ANSWERED_AT = Phrase("reçue le {instant}", "received on {instant}")
NOT_ANSWERED = Phrase("sans réponse", "no answer")
REMARKS = Phrase("Observations par pièce", "Remarks by document")
DECISIONS = Phrase("Décisions", "Decisions")
