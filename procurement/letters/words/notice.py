"""Phrases of the call notice."""

from procurement.letters.words.phrase import Counted, Phrase

TITLE = Phrase("Avis d’appel", "Call notice")
VERSION = Phrase("Version de l’avis", "Notice version")
DEADLINE = Phrase("Date limite", "Deadline")
DEADLINE_NOTE = Phrase(
    "L’horloge du service fait foi, à la fin du dépôt. Une candidature en retard est enregistrée et reste scellée.",
    "The service’s clock decides, at the end of the submission. A late application is recorded and stays sealed.",
)
CEILING = Phrase("Plafond", "Ceiling")
CHANGES = Phrase("Modifications", "Changes")

OBJECT = Phrase("Objet de l’appel", "Subject of the call")
PROCEDURE = Phrase("Procédure", "Procedure")
CPV = Phrase("Code CPV", "CPV code")
LOTS = Phrase("Lots", "Lots")
ONE_LOT = Phrase("Lot unique", "Single lot")
PROGRAMME = Phrase("Programme", "Programme")
FUNDER = Phrase("Financement", "Funding")
CONTACT = Phrase("Contact", "Contact")

TERMS = Phrase("Termes de référence", "Terms of reference")
DELIVERABLES = Phrase("Livrables et paiements", "Deliverables and payments")
DELIVERABLE = Phrase("Livrable", "Deliverable")
DUE = Phrase("Échéance", "Due")
PAYMENT = Phrase("Paiement", "Payment")

BUDGET = Phrase("Budget", "Budget")
CEILING_AMOUNT = Phrase("Plafond : {amount}.", "Ceiling: {amount}.")
PERSON_DAYS = Phrase("Charge estimée : {days} jours de travail.", "Estimated effort: {days} working days.")

CONDITIONS = Phrase("Qui peut répondre", "Who may apply")
DOCUMENTS = Phrase("Pièces à fournir", "Documents to supply")
DOCUMENTS_NOTE = Phrase(
    "Les deux enveloppes sont scellées séparément : l’enveloppe financière n’est ouverte que si "
    "l’enveloppe technique a atteint le seuil.",
    "The two envelopes are sealed separately: the financial envelope is opened only when the "
    "technical envelope has reached the threshold.",
)
EVALUATION = Phrase("Évaluation", "Evaluation")
CRITERIA = Phrase("Critères", "Criteria")
METHOD = Phrase("Méthode", "Method")
EXAMPLE = Phrase("Exemple : {example}", "Example: {example}")
TIMETABLE = Phrase("Calendrier", "Timetable")

SUBMISSION = Phrase("Dépôt des candidatures", "How to apply")
SUBMIT_AT = Phrase("Adresse de dépôt", "Submission address")
LANGUAGES = Phrase("Langues acceptées", "Accepted languages")
VALIDITY = Phrase("Validité de la candidature", "Validity of the application")
VALIDITY_DAYS = Counted(
    one=Phrase("{count} jour à compter de la date limite", "{count} day from the deadline"),
    many=Phrase("{count} jours à compter de la date limite", "{count} days from the deadline"),
)
QUESTIONS = Phrase("Questions", "Questions")
UNTIL = Phrase("jusqu’au {instant}", "until {instant}")
ANSWERS = Phrase("Réponses publiées", "Answers published")
OPENING = Phrase("Ouverture des plis", "Opening")
SEALED = Phrase(
    "Jusqu’à l’ouverture, personne ne peut lire les candidatures, ni savoir qui a répondu ni "
    "combien de candidatures sont arrivées. Une candidature peut être remplacée ou retirée jusqu’à "
    "la date limite ; seule la dernière version déposée est ouverte.",
    "Until the opening, nobody can read the applications, nor learn who has applied or how many "
    "applications have come in. An application may be replaced or withdrawn until the deadline; "
    "only the last version submitted is opened.",
)
KEYS = Phrase("Clés des plis", "Keys of the envelopes")
KEYS_NOTE = Phrase(
    "Chaque enveloppe est scellée pour {keys} dépositaires, dont {quorum} l’ouvrent ensemble, et pour le verrou du serveur, "
    "qui ne répond qu’après la date limite. Voici l’empreinte (SHA-256) de la clé publique de chaque dépositaire.",
    "Each envelope is sealed to {keys} key holders, {quorum} of whom open it together, and to the server lock, which answers "
    "only after the deadline. Below is the fingerprint (SHA-256) of each holder’s public key.",
)
HOLDER = Phrase("Dépositaire", "Key holder")
FINGERPRINT = Phrase("Empreinte de la clé", "Fingerprint of the key")
LOST_KEYS = Phrase(
    "Si trop de clés se perdaient, chaque candidat serait invité à redonner ses fichiers et son accusé de réception : les "
    "engagements du reçu prouvent que ce sont ceux qu’il avait scellés. Conservez donc vos fichiers et le reçu.",
    "Should too many keys be lost, each applicant would be asked for their files and receipt again: the commitments in the "
    "receipt prove that they are those that were sealed. So keep your files and the receipt.",
)
AFTER = Phrase("Décision et recours", "Decision and remedies")
STANDSTILL = Phrase(
    "Le contrat est signé au plus tôt {days} après l’envoi de la dernière lettre.",
    "The contract is signed at the earliest {days} after the last letter is sent.",
)
DATA_PROTECTION = Phrase("Données personnelles", "Personal data")
