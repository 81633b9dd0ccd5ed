"""Phrases of the recovery sheet of a key."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Fiche de récupération d’une clé", "Recovery sheet of a key")
CONFIDENTIAL = Phrase(
    "Confidentiel. Qui détient cette fiche détient la clé de son ou sa dépositaire.",
    "Confidential. Whoever has this sheet has its holder’s key.",
)
HOLDER = Phrase("Dépositaire de la clé", "Key holder")
QUORUM = Phrase("Quorum", "Quorum")
OF_HOLDERS = Phrase("{quorum} clés sur {holders} ouvrent les plis", "{quorum} keys of {holders} open the envelopes")
DEADLINE = Phrase("Date limite de l’appel", "Deadline of the call")
FINGERPRINT = Phrase("Empreinte de la clé publique", "Fingerprint of the public key")
KEY = Phrase("La clé", "The key")
KEY_NOTE = Phrase(
    "Quatre lignes de seize signes ; les lettres I, L, O et U n’y figurent pas. Chaque ligne porte son propre contrôle : la "
    "page nomme celle qui est mal recopiée.",
    "Four lines of sixteen signs; the letters I, L, O and U do not occur. Each line carries its own check: the page names "
    "the one that is miscopied.",
)
LINE = Phrase("Ligne {number}", "Line {number}")
NOW = Phrase("À faire maintenant", "What to do now")
PRINT = Phrase(
    "Imprimez cette fiche et gardez le papier là où vous seul(e) le trouvez.",
    "Print this sheet and keep the paper where only you find it.",
)
DELETE = Phrase(
    "Supprimez ensuite ce fichier, aussi de la corbeille et des dossiers synchronisés ou sauvegardés. Ne l’envoyez à personne.",
    "Then delete this file, from the bin and from folders that are synchronised or backed up too. Send it to nobody.",
)
RETYPE = Phrase(
    "Retapez les quatre lignes depuis le papier sur la page « Ma clé » de l’appel : votre clé est alors confirmée.",
    "Type the four lines again from the paper on the page “My key” of the call: your key is then confirmed.",
)
LATER = Phrase("À quoi elle sert ensuite", "What it is for afterwards")
OPENING = Phrase(
    "À l’ouverture des plis et à l’exercice, elle remplace la phrase secrète oubliée : choisissez « J’ai plutôt la fiche de "
    "récupération ».",
    "At the opening and at the drill it stands in for a passphrase that is forgotten: choose “I have the recovery sheet instead”.",
)
LOST = Phrase(
    "Perdue, ou vue par quelqu’un : dites-le tout de suite à la personne responsable de la procédure. Jusqu’à la date limite, "
    "une autre clé peut remplacer la vôtre ; après, plus.",
    "Lost, or seen by somebody: tell the procurement officer at once. Until the deadline another key can take the place of "
    "yours; not after it.",
)
DESTROY = Phrase(
    "Une fois toutes les ouvertures de cet appel faites, détruisez-la.",
    "Once every opening of this call is done, destroy it.",
)
MADE_HERE = Phrase(
    "Les quatre lignes ont été inscrites dans ce document par votre navigateur ; le service ne les connaît pas et ne peut pas "
    "établir la fiche une seconde fois.",
    "The four lines were written into this document by your browser; the service does not know them and cannot draw the "
    "sheet up a second time.",
)
