"""Phrases of the copy of what an applicant typed."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Ce que vous avez saisi", "What you typed")
COPY = Phrase(
    "Copie de ce qui a été saisi dans les formulaires de la candidature, telle que déposée. Les fichiers sont énumérés dans "
    "l’accusé de réception.",
    "Copy of what was typed in the forms of the application, as submitted. The files are listed in the receipt.",
)
RECEIPT_NUMBER = Phrase("Numéro d’accusé", "Receipt number")
SUBMITTED_AT = Phrase("Déposé le", "Submitted on")
NOTHING = Phrase("Rien n’a été saisi.", "Nothing was typed.")
NOT_PROOF = Phrase(
    "Ce document se lit ; la preuve est dans le fichier JSON du même nom et dans l’accusé signé. Gardez-les ensemble.",
    "This document is for reading; the proof is in the JSON file of the same name and in the signed receipt. Keep them together.",
)
