"""The words for what is chosen from a list: roles, outcomes, envelopes, ceilings."""

from procurement.letters.facts import CeilingMode, EnvelopeKind, Role
from procurement.letters.outcomes import Outcome
from procurement.letters.words.phrase import Phrase

ROLES: dict[Role, Phrase] = {
    "chair": Phrase("Président(e)", "Chair"),
    "secretary": Phrase("Secrétaire", "Secretary"),
    "evaluator": Phrase("Évaluateur(trice)", "Evaluator"),
    "observer": Phrase("Observateur(trice)", "Observer"),
    "key_holder": Phrase("Dépositaire de clé", "Key holder"),
    "officer": Phrase("Responsable de la procédure", "Procurement officer"),
    "authority": Phrase("Autorité", "Authority"),
}

ENVELOPES: dict[EnvelopeKind, Phrase] = {
    "technical": Phrase("Enveloppe technique", "Technical envelope"),
    "financial": Phrase("Enveloppe financière", "Financial envelope"),
}

OUTCOMES: dict[Outcome, Phrase] = {
    "received": Phrase("Reçue", "Received"),
    "late": Phrase("Hors délai, restée scellée", "Late, left sealed"),
    "withdrawn": Phrase("Retirée, restée scellée", "Withdrawn, left sealed"),
    "superseded": Phrase("Remplacée, restée scellée", "Superseded, left sealed"),
    "non_compliant": Phrase("Non conforme", "Non-compliant"),
    "compliant": Phrase("Conforme", "Compliant"),
    "below_threshold": Phrase("Sous le seuil technique", "Below the technical threshold"),
    "below_minimum": Phrase("Sous le minimum d’un critère", "Below a criterion’s minimum"),
    "not_invited": Phrase("Non invitée à l’entretien", "Not invited to the interview"),
    "over_ceiling": Phrase("Au-dessus du plafond", "Over the ceiling"),
    "over_budget": Phrase("Au-dessus du budget", "Over the budget"),
    "excluded": Phrase("Exclue", "Excluded"),
    "abnormally_low": Phrase("Prix anormalement bas", "Abnormally low price"),
    "withdrawn_after_opening": Phrase("Retirée après l’ouverture", "Withdrawn after the opening"),
    "ranked": Phrase("Classée", "Ranked"),
    "winner": Phrase("Retenue", "Successful"),
}

CEILINGS: dict[CeilingMode, Phrase] = {
    "public_binding": Phrase(
        "Plafond contraignant : une offre qui le dépasse est exclue.",
        "Binding ceiling: an offer above it is excluded.",
    ),
    "public_indicative": Phrase(
        "Montant indicatif : le dépasser n’entraîne pas l’exclusion.",
        "Indicative amount: exceeding it does not lead to exclusion.",
    ),
    "hidden": Phrase(
        "Un plafond a été fixé avant la publication ; il n’est pas communiqué.",
        "A ceiling was fixed before publication; it is not disclosed.",
    ),
}

CEILINGS_REPORTED: dict[CeilingMode, Phrase] = {
    "public_binding": Phrase("Plafond public et contraignant", "Public and binding ceiling"),
    "public_indicative": Phrase("Montant public et indicatif", "Public and indicative amount"),
    "hidden": Phrase("Plafond non publié", "Ceiling not published"),
}
