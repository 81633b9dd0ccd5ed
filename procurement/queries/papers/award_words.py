"""Words of the papers that end a call: they belong to the call and not to a layout."""

from procurement.letters.words.phrase import Phrase

REPORT = Phrase("RE", "ER")
DECISION = Phrase("DA", "AD")
LETTER = Phrase("L", "L")
NOTICE = Phrase("AA", "AN")
END_NOTICE = Phrase("FIN", "END")
INDEX = Phrase("BD", "IX")

LATE = Phrase(
    "Reçue le {received} ; la date limite était le {deadline}.", "Received on {received}; the deadline was {deadline}."
)
BELOW_THRESHOLD = Phrase(
    "{mark} pour un seuil de {limit} ; l’enveloppe financière reste scellée.",
    "{mark} for a threshold of {limit}; the financial envelope stays sealed.",
)
BELOW_THRESHOLD_ONE = Phrase("{mark} pour un seuil de {limit}.", "{mark} for a threshold of {limit}.")
BELOW_MINIMUM = Phrase(
    "{mark} au critère {criterion}, dont le minimum est {limit} ; l’enveloppe financière reste scellée.",
    "{mark} for criterion {criterion}, whose minimum is {limit}; the financial envelope stays sealed.",
)
BELOW_MINIMUM_ONE = Phrase(
    "{mark} au critère {criterion}, dont le minimum est {limit}.",
    "{mark} for criterion {criterion}, whose minimum is {limit}.",
)
OVER_CEILING = Phrase(
    "Le prix dépasse de {gap} le plafond contraignant de {limit}.",
    "The price is {gap} above the binding ceiling of {limit}.",
)
NOT_COMPLIANT = Phrase("Le dossier n’est pas conforme.", "The file is not compliant.")
EXCLUDED = Phrase("Exclue par décision motivée.", "Excluded by a reasoned decision.")

SEAT_ENDED = Phrase("{label} a quitté le comité le {day}.", "{label} left the committee on {day}.")
SEAT_REPLACED = Phrase(
    "{label} a quitté le comité le {day} ; {successor} siège à sa place.",
    "{label} left the committee on {day}; {successor} sits in their place.",
)
TIE_BY_DRAW = Phrase("tirage au sort, {held}", "drawing of lots, {held}")
TIE_BY_RULE = Phrase("règles de départage publiées", "published tie-break rules")

PUBLICATION = Phrase("Publication de l’avis", "Publication of the notice")
DEADLINE = Phrase("Date limite de dépôt", "Deadline")
OPENING = Phrase("Ouverture des enveloppes techniques", "Opening of the technical envelopes")
PRICES = Phrase("Ouverture des enveloppes financières", "Opening of the financial envelopes")
RANKING = Phrase("Classement", "Ranking")

GROUND_NOTICE = Phrase(
    "L’avis de l’appel {reference}, publié le {day}, et les règles d’évaluation qu’il a fixées.",
    "The notice of call {reference}, published on {day}, and the evaluation rules that it set.",
)
GROUND_REPORT = Phrase(
    "Le rapport d’évaluation {number} du {day}, signé par {signers}.",
    "The evaluation report {number} of {day}, signed by {signers}.",
)
GROUND_DISSENT = Phrase("Réserve consignée de {name} : « {text} »", "Dissent recorded by {name}: “{text}”")
GROUND_RUN = Phrase(
    "Le calcul numéro {number} du {day}, d’empreinte {digest}.",
    "Calculation number {number} of {day}, digest {digest}.",
)
EXECUTED_BY = Phrase("les responsables de la procédure", "the procurement officers")
SENT_BY = Phrase("Par courrier électronique et dans votre espace", "By electronic mail and in your account")
REPORT_TITLE = Phrase("Rapport d’évaluation", "Evaluation report")

PAPERS = {
    "notice": Phrase("Avis", "Notice"),
    "receipt": Phrase("Accusé de réception", "Acknowledgement of receipt"),
    "opening_report": Phrase("Procès-verbal d’ouverture", "Opening report"),
    "financial_opening_report": Phrase("Procès-verbal d’ouverture des prix", "Financial opening report"),
    "declaration": Phrase("Déclaration d’impartialité", "Declaration of impartiality"),
    "compliance_grid": Phrase("Grille de conformité", "Compliance grid"),
    "score_sheet": Phrase("Grille d’évaluation", "Score sheet"),
    "technical_report": Phrase("Rapport technique", "Technical report"),
    "evaluation_report": Phrase("Rapport d’évaluation", "Evaluation report"),
    "award_decision": Phrase("Décision d’attribution", "Award decision"),
    "letter": Phrase("Lettre", "Letter"),
    "award_notice": Phrase("Avis d’attribution", "Award notice"),
    "cancellation_notice": Phrase("Avis de fin sans attribution", "Notice of an end without award"),
    "archive_index": Phrase("Bordereau du dossier", "Index of the file"),
}
CONTRACT = Phrase("Contrat signé", "Signed contract")
SUBMITTED = Phrase("Pièce {code} de {label}", "Document {code} of {label}")
KEPT_FOR = Phrase(
    "Les papiers sont conservés {years} ans après la signature du contrat.",
    "Papers are kept for {years} years after the contract is signed.",
)
SEALED_STAY = Phrase(
    "Les pièces marquées comme scellées n’ont jamais été ouvertes ; seules leurs empreintes figurent ici.",
    "Documents marked as sealed were never opened; only their digests stand here.",
)
