"""Phrases of the award decision."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Décision d’attribution", "Award decision")
GROUNDS = Phrase("Fondements", "Grounds")
RANKING = Phrase("Classement retenu", "Ranking relied on")
EXCLUDED = Phrase("Candidatures hors classement", "Applications out of the ranking")
DECIDES = Phrase("{authority} décide :", "{authority} decides:")
DECISION = Phrase("Décision", "Decision")
ARTICLE = Phrase("Article {number}. {title}", "Article {number}. {title}")
AWARD = Phrase("Attribution", "Award")
AWARDED = Phrase(
    "Le marché est attribué à {name} (candidature {label}), pour {price}.",
    "The contract is awarded to {name} (application {label}), for {price}.",
)
AWARDED_UNPRICED = Phrase(
    "Le marché est attribué à {name} (candidature {label}).",
    "The contract is awarded to {name} (application {label}).",
)
REJECTION = Phrase("Autres candidatures", "Other applications")
REJECTED = Phrase(
    "Les autres candidatures ne sont pas retenues. Une lettre motivée est envoyée à chacun(e).",
    "The other applications are not accepted. A reasoned letter is sent to each applicant.",
)
STANDSTILL = Phrase("Délai de suspension", "Standstill")
STANDSTILL_SAID = Phrase(
    "Le contrat ne peut pas être signé avant la fin d’un délai de {days}, compté à partir de l’envoi de "
    "la dernière lettre.",
    "The contract may not be signed before the end of {days}, counted from the sending of the last letter.",
)
CONDITIONS = Phrase("Conditions", "Conditions")
EXECUTION = Phrase("Exécution", "Execution")
EXECUTED_BY = Phrase(
    "{name} est chargé(e) de l’exécution de la présente décision.",
    "{name} is responsible for carrying out this decision.",
)
