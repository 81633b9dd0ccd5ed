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
SEALING = Phrase("Comment le pli est scellé", "How it is sealed")
ENVELOPE = Phrase("Pli et empreinte du contenu scellé", "Envelope and digest of what is sealed")
IN_BROWSER = Phrase("scellé dans votre navigateur", "sealed in your browser")
ON_ARRIVAL = Phrase("scellé à son arrivée", "sealed as it arrived")
QUORUM = Phrase("{quorum} clés sur {holders} l’ouvrent", "{quorum} of {holders} keys open it")
PROMISE = Phrase(
    "Avant l’ouverture, ni la base de données, ni le magasin de fichiers, ni leurs copies ne contiennent rien de lisible. "
    "Le pli ne s’ouvre qu’après la date limite, quand assez de dépositaires libèrent leurs clés et que le verrou du "
    "serveur y consent. Un serveur altéré pendant l’envoi n’est pas couvert : comparez les empreintes avec vos fichiers.",
    "Before the opening neither the database nor the file store nor their copies hold anything that can be read. The "
    "envelope opens after the deadline only, when enough key holders release their keys and the server’s lock agrees. "
    "A server tampered with while you send is not covered: compare the digests with your files.",
)
PROMISES = Phrase("Qui pourrait lire ce pli avant l’ouverture", "Who could read this envelope before the opening")
SOMEBODY = Phrase("Quelqu’un qui détient", "Somebody who has")
NO = Phrase("non", "no")
YES = Phrase("oui", "yes")
CHANGED = Phrase("oui, ce qui arrive après le changement", "yes, what comes after the change")
SCRIPT = Phrase(
    "seulement en envoyant un autre script à votre navigateur", "only by sending your browser another script"
)
OPENING = Phrase("oui : c’est l’ouverture", "yes: this is the opening")
COPIES = Phrase(
    "la base de données, le magasin de fichiers, leurs copies et les journaux",
    "the database, the file store, their copies and the logs",
)
SECRETS = Phrase(
    "aussi les réglages et la clé du verrou du serveur", "also the settings and the key of the server’s lock"
)
TOO_FEW = Phrase("moins de dépositaires de clé que le quorum", "fewer key holders than the quorum")
SERVER = Phrase(
    "le serveur lui-même, ses programmes changés pendant que vous écrivez",
    "the server itself, with its programs changed while you write",
)
COMPUTER = Phrase("votre propre ordinateur", "your own computer")
EVERYTHING = Phrase("le quorum et le verrou du serveur ensemble", "the quorum and the server’s lock together")
HOLDERS = Phrase("Empreintes des clés des dépositaires :", "Fingerprints of the holders’ keys:")
PROOF = Phrase("Sel et engagement", "Salt and commitment")
COMMITMENTS = Phrase(
    "L’engagement de chaque fichier, SHA-256 du sel et de l’empreinte, est inscrit au dos du pli : il prouve un jour que "
    "le fichier est bien celui qui a été scellé.",
    "The commitment of each file, SHA-256 of the salt and the digest, is written on the envelope: it proves one day that "
    "the file is the one that was sealed.",
)
SEAL = Phrase("Sceau du service", "Seal of the service")
SEAL_NOTE = Phrase(
    "Cet accusé n’est établi qu’une fois le dépôt enregistré. L’empreinte ci-dessous porte sur "
    "l’ensemble des plis scellés.",
    "This receipt is drawn up only once the submission is stored. The digest below covers all sealed envelopes together.",
)
SIGNED = Phrase("Signature {key} :", "Signature {key}:")
NEXT = Phrase("Et maintenant", "What comes next")
REPLACE_UNTIL = Phrase(
    "Jusqu’au {instant}, vous pouvez remplacer ou retirer votre candidature. Chaque dépôt donne un "
    "nouvel accusé ; seul le dernier sera ouvert.",
    "Until {instant}, you may replace or withdraw your application. Each submission gives a new "
    "receipt; only the last one will be opened.",
)
