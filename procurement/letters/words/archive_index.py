"""Phrases of the index of a procedure's file."""

from procurement.letters.words.phrase import Counted, Phrase

TITLE = Phrase("Bordereau du dossier de procédure", "Index of the procedure’s file")
COUNT = Counted(
    one=Phrase("{count} document au dossier.", "{count} document on file."),
    many=Phrase("{count} documents au dossier.", "{count} documents on file."),
)
CLOSED = Phrase("Dossier clos le", "File closed on")
DOCUMENTS = Phrase("Documents", "Documents")
DOCUMENT = Phrase("Document et empreinte SHA-256", "Document and SHA-256 digest")
VERSION = Phrase("Version", "Version")
DATED = Phrase("Date", "Date")
SIZE = Phrase("Taille", "Size")
KEPT_UNTIL = Phrase("À conserver jusqu’au", "Keep until")
DELETED = Phrase("supprimé le {day}", "deleted on {day}")
SEALED = Phrase("scellé, jamais ouvert", "sealed, never opened")
RULES = Phrase("Règles de conservation", "Retention rules")
JOURNAL = Phrase("Journal", "Log")
JOURNAL_NOTE = Phrase(
    "Empreinte du dernier événement du journal de la procédure :",
    "Digest of the last event of the procedure’s log:",
)
