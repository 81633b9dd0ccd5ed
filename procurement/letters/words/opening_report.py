"""Phrases of the opening report."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Procès-verbal d’ouverture des plis", "Opening report")
SESSION = Phrase("Séance", "Session")
ENVELOPE = Phrase("Enveloppes ouvertes", "Envelopes opened")
PLACE = Phrase("Lieu", "Place")
STARTED = Phrase("Ouverte le", "Opened on")
CLOSED = Phrase("Levée le", "Closed on")
QUORUM = Phrase("Quorum", "Quorum")
QUORUM_SAID = Phrase("{needed} dépositaires de clé sur {holders}", "{needed} of {holders} key holders")
ATTENDANCE = Phrase("Présences", "Attendance")
CONFIRMED = Phrase("Présence confirmée le", "Presence confirmed on")
RELEASED = Phrase("Fragments de clé remis le", "Pieces of the keys released on")
COMMITTEE = Phrase("Comité", "Committee")
TIMETABLE = Phrase("Rappel du calendrier", "Timetable")
APPLICATIONS = Phrase("Candidatures ouvertes", "Applications opened")
TECHNICAL = Phrase("Env. technique", "Technical env.")
FINANCIAL = Phrase("Env. financière", "Financial env.")
OPENED = Phrase("ouverte", "opened")
SEALED = Phrase("scellée", "sealed")
ABSENT = Phrase("absente", "absent")
OTHERS = Phrase("Candidatures restées scellées", "Applications left sealed")
STATE = Phrase("État", "State")
MINUTES = Phrase("Déroulement", "Minutes")
INCIDENTS = Phrase("Incidents", "Incidents")
NO_INCIDENT = Phrase("Aucun incident.", "No incident.")
ROOT = Phrase("Empreinte de l’ensemble", "Digest of the whole")
ROOT_NOTE = Phrase(
    "Cette empreinte est calculée à l’ouverture sur le numéro d’accusé de réception et l’empreinte de chaque dépôt : "
    "rien ne peut être ajouté, retiré ni remplacé depuis sans la changer.",
    "This digest is worked out at the opening over the receipt number and the digest of every submission: nothing can "
    "be added, removed or replaced since without changing it.",
)
CHECKPOINT = Phrase("Sceau du journal", "Seal of the log")
CHECKPOINT_NOTE = Phrase(
    "Dernier point de contrôle signé du journal au moment de l’ouverture : son nombre d’événements et leur empreinte. Le "
    "journal doit en être la suite, sinon il a été modifié.",
    "The last signed checkpoint of the log at the opening: its number of events and their digest. The log must go on from "
    "it, or it was changed.",
)
CONCLUSION = Phrase("Conclusion", "Conclusion")
