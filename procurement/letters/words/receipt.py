"""Phrases of the acknowledgement of receipt."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Accusé de réception", "Acknowledgement of receipt")
SUBMITTED = Phrase("Votre candidature a été reçue dans le délai.", "Your application was received in time.")
LATE = Phrase(
    "Votre candidature est arrivée après la date limite. Elle est enregistrée et reste scellée.",
    "Your application came in after the deadline. It is recorded and stays sealed.",
)
WHAT_WAS_RECEIVED = Phrase("Ce qui a été reçu", "What was received")
RECEIPT_NUMBER = Phrase("Numéro d’accusé", "Receipt number")
RECEIVED_AT = Phrase("Reçue le", "Received on")
UTC_NOTE = Phrase("{instant}, horloge de la base de données", "{instant}, database clock")
DEADLINE = Phrase("Date limite", "Deadline")
ANSWERS = Phrase("Répond à", "Answers")
NOTICE_VERSION = Phrase("l’avis version {version}", "notice version {version}")
REPLACES = Phrase("Remplace", "Replaces")
STATE = Phrase("État", "State")
SEALED_UNTIL = Phrase("Scellée jusqu’à l’ouverture des plis, le {instant}", "Sealed until the opening, {instant}")
SEALED = Phrase("Scellée jusqu’à l’ouverture des plis", "Sealed until the opening")
SEALED_FOR_EVER = Phrase("Scellée, ne sera pas ouverte", "Sealed, will not be opened")
FILES = Phrase("Fichiers et empreintes", "Files and digests")
DOCUMENT = Phrase("Pièce", "Document")
FILE = Phrase("Fichier et empreinte SHA-256", "File and SHA-256 digest")
SIZE = Phrase("Taille", "Size")
SEAL = Phrase("Sceau du service", "Seal of the service")
SEAL_NOTE = Phrase(
    "Cet accusé n’est établi qu’une fois le dépôt enregistré. L’empreinte ci-dessous porte sur "
    "l’ensemble des fichiers.",
    "This receipt is drawn up only once the submission is stored. The digest below covers all the files together.",
)
SIGNED = Phrase("Signature {key} :", "Signature {key}:")
NEXT = Phrase("Et maintenant", "What comes next")
REPLACE_UNTIL = Phrase(
    "Jusqu’au {instant}, vous pouvez remplacer ou retirer votre candidature. Chaque dépôt donne un "
    "nouvel accusé ; seul le dernier sera ouvert.",
    "Until {instant}, you may replace or withdraw your application. Each submission gives a new "
    "receipt; only the last one will be opened.",
)
