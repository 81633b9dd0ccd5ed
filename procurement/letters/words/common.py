"""Phrases that several papers share."""

from procurement.letters.words.phrase import Counted, Phrase

FOOT = Phrase(
    "{number} · modèle {kind} {version} · empreinte des données {mark}",
    "{number} · template {kind} {version} · data hash {mark}",
)
PAGE = Phrase("page", "page")
FUNDED_BY = Phrase("Financement : {funder}", "Funded by: {funder}")

REFERENCES = Phrase("Références du document", "Document references")
CALL_REFERENCE = Phrase("Référence de l’appel", "Call reference")
PAPER_REFERENCE = Phrase("Référence du document", "Document reference")
ISSUED = Phrase("Établi le", "Issued on")
AUTHORITY = Phrase("Pouvoir adjudicateur", "Contracting authority")
APPLICANT = Phrase("Candidat(e)", "Applicant")
APPLICATION = Phrase("Candidature", "Application")
REPRESENTED_BY = Phrase("représenté(e) par {name}", "represented by {name}")
NAME = Phrase("Nom", "Name")
NAME_AND_CAPACITY = Phrase("Nom et qualité", "Name and capacity")
ORGANISATION = Phrase("Organisation", "Organisation")
ROLE = Phrase("Rôle", "Role")
VOTE = Phrase("Voix", "Vote")
VOTING = Phrase("délibérative", "voting")
NOT_VOTING = Phrase("sans voix", "non-voting")
LABEL = Phrase("Sigle", "Label")
STEP = Phrase("Étape", "Step")
DATE_AND_TIME = Phrase("Date et heure", "Date and time")
FROM_TO = Phrase("du {start} au {end}", "from {start} to {end}")
REASON = Phrase("Motif", "Reason")
DECISION = Phrase("Décision", "Decision")
REMARKS = Phrase("Observations", "Remarks")
RECEIVED = Phrase("Reçue le", "Received on")
PRICE = Phrase("Prix", "Price")
NONE = Phrase("Néant.", "None.")
YES = Phrase("Oui", "Yes")
NO = Phrase("Non", "No")
NOT_OPENED = Phrase("Jamais ouvert", "Never opened")
EMPTY = Phrase("–", "–")
CODE = Phrase("Code", "Code")
DOCUMENT = Phrase("Document", "Document")
REMEDIES = Phrase("Voies et délais de recours", "Remedies and time limits")

SIGNATURE = Phrase("Signature", "Signature")
SIGNATURES = Phrase("Signatures", "Signatures")
DATE_AND_SIGNATURE = Phrase("Date et signature", "Date and signature")
SIGNED_ON = Phrase("Signé dans l’application le {instant}", "Signed in the application on {instant}")
DISSENT_RECORDED = Phrase("Opinion divergente, jointe ci-après", "Dissenting opinion, given below")
DISSENT_OF = Phrase("Opinion divergente de {name}", "Dissenting opinion of {name}")
ANNEXES = Phrase("Annexes", "Annexes")
NUMBER = Phrase("N°", "No.")
REFERENCE = Phrase("Référence", "Reference")
SHA256_NOTE = Phrase(
    "Chaque empreinte SHA-256 se recalcule à partir du fichier correspondant ; "
    "une empreinte différente révèle un fichier modifié.",
    "Each SHA-256 digest can be worked out again from its file; a different digest shows that "
    "the file has been changed.",
)
FULL_DAYS = Counted(
    one=Phrase("{count}\u00a0jour franc", "{count}\u00a0full day"),
    many=Phrase("{count}\u00a0jours francs", "{count}\u00a0full days"),
)
