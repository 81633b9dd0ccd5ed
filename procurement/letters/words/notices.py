"""Phrases of the notices that come after the call: award, contract, cancellation."""

from procurement.letters.words.phrase import Phrase

AWARD_TITLE = Phrase("Avis d’attribution", "Award notice")
AWARD_LEAD = Phrase("Marché attribué à {name}, pour {price}.", "Contract awarded to {name}, for {price}.")
AWARD_LEAD_UNPRICED = Phrase("Marché attribué à {name}.", "Contract awarded to {name}.")
RESULT = Phrase("Résultat", "Result")
CONTRACTOR = Phrase("Titulaire", "Contractor")
VALUE = Phrase("Montant", "Value")
DECIDED = Phrase("Décision", "Decision")
RECEIVED = Phrase("Candidatures reçues", "Applications received")
IN_RANKING = Phrase("Candidatures classées", "Applications ranked")
STANDSTILL_END = Phrase("Fin du délai de suspension", "End of standstill")
PROCEDURE = Phrase("Procédure", "Procedure")
CPV = Phrase("Code CPV", "CPV code")
PROGRAMME = Phrase("Programme", "Programme")
METHOD = Phrase("Méthode", "Method")
PUBLISHED = Phrase("Publication de l’appel", "Publication of the call")

CONTRACT_TITLE = Phrase("Avis de conclusion du contrat", "Contract notice")
CONTRACT_LEAD = Phrase("Contrat conclu avec {name}, pour {price}.", "Contract concluded with {name}, for {price}.")
CONTRACT = Phrase("Contrat", "Contract")
CONTRACT_REFERENCE = Phrase("Référence du contrat", "Contract reference")
SIGNED = Phrase("Signé le", "Signed on")
STARTS = Phrase("Début", "Start")
ENDS = Phrase("Fin", "End")

CANCELLED_TITLE = Phrase("Déclaration sans suite", "Cancellation notice")
UNSUCCESSFUL_TITLE = Phrase("Avis d’appel infructueux", "Notice of unsuccessful call")
CANCELLED_LEAD = Phrase("L’appel est annulé par décision du {day}.", "The call is cancelled by a decision of {day}.")
UNSUCCESSFUL_LEAD = Phrase(
    "L’appel est déclaré infructueux par décision du {day}.",
    "The call is declared unsuccessful by a decision of {day}.",
)
EFFECT = Phrase("Effet sur les candidatures", "Effect on applications")
STAYS_SEALED = Phrase(
    "Les enveloppes qui n’ont pas été ouvertes restent scellées.",
    "The envelopes that have not been opened stay sealed.",
)
NEXT = Phrase("Suite", "What follows")
