"""Phrases of the technical report."""

from procurement.letters.words.phrase import Counted, Phrase

TITLE = Phrase("Rapport technique", "Technical report")
MARKED = Counted(
    Phrase("{count} candidature conforme a été évaluée.", "{count} compliant application was evaluated."),
    Phrase("{count} candidatures conformes ont été évaluées.", "{count} compliant applications were evaluated."),
)
PASSED = Counted(
    Phrase("{count} atteint le seuil et tous les minima.", "{count} reaches the threshold and every minimum."),
    Phrase("{count} atteignent le seuil et tous les minima.", "{count} reach the threshold and every minimum."),
)
RESULT = Phrase("Résultat technique", "Technical result")
GO_ON = Phrase(
    "Atteignent le seuil et tous les minima, et restent en lice :",
    "These reach the threshold and every minimum and stay in the race:",
)
BELOW_SEALED = Phrase(
    "N’atteignent pas le seuil ou un minimum ; leurs enveloppes financières ne seront jamais ouvertes :",
    "These miss the threshold or a minimum; their financial envelopes will never be opened:",
)
BELOW = Phrase("N’atteignent pas le seuil ou un minimum :", "These miss the threshold or a minimum:")
SIGNED_STATEMENT = Phrase(
    "Les membres soussignés attestent que ce rapport rend compte fidèlement de l’évaluation technique, faite sans "
    "connaître les prix.",
    "The undersigned members certify that this report is a true account of the technical evaluation, made without "
    "knowing the prices.",
)
