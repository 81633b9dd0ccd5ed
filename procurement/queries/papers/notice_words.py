"""Words of the notice that belong to the call and not to its layout."""

from procurement.letters.words.phrase import Phrase

MOVED = Phrase(
    "La date limite du {former} est reportée au {deadline}. Motif : {reason}",
    "The deadline of {former} has moved to {deadline}. Reason: {reason}",
)
NUMBER = Phrase("AVIS", "NOTICE")
TWO_ENVELOPES = Phrase(
    "Procédure ouverte, un lot, deux enveloppes (technique et financière)",
    "Open procedure, one lot, two envelopes (technical and financial)",
)
SEALED = {  # where the financial envelope is sealed, when not by the service alone
    "offered": Phrase(
        "l’enveloppe financière peut être scellée dans le navigateur du candidat",
        "the financial envelope may be sealed in the applicant’s browser",
    ),
    "browser": Phrase(
        "l’enveloppe financière est scellée dans le navigateur du candidat",
        "the financial envelope is sealed in the applicant’s browser",
    ),
}
ONE_ENVELOPE = Phrase("Procédure ouverte, un lot, une enveloppe", "Open procedure, one lot, one envelope")
WHO_MAY_APPLY = Phrase(
    "Toute personne physique ou morale peut répondre, en son nom ou pour l’organisation qu’elle représente. Les "
    "personnes qui prennent part à la conduite de cet appel ne peuvent pas y répondre.",
    "Any natural or legal person may apply, in their own name or for the organisation they represent. People who take "
    "part in running this call cannot apply to it.",
)
SECTIONS = {
    "context": Phrase("Contexte", "Context"),
    "objectives": Phrase("Objectifs", "Objectives"),
    "tasks": Phrase("Travaux demandés", "Tasks"),
    "profile": Phrase("Profil recherché", "Profile sought"),
    "arrangements": Phrase("Lieu et modalités", "Place and working arrangements"),
}
LANGUAGES = {
    "fr": Phrase("français", "French"),
    "en": Phrase("anglais", "English"),
    "es": Phrase("espagnol", "Spanish"),
    "ar": Phrase("arabe", "Arabic"),
}
WEEK = Phrase("semaine {week} après la signature", "week {week} after signature")
PUBLICATION = Phrase("Publication", "Publication")
QUESTIONS = Phrase("Fin des questions", "End of questions")
ANSWERS = Phrase("Publication des réponses", "Answers published")
DEADLINE = Phrase("Date limite de dépôt", "Deadline")
OPENING = Phrase("Ouverture des enveloppes techniques", "Opening of the technical envelopes")
COMPLIANCE = Phrase("Conformité administrative", "Compliance check")
SCORING = Phrase("Fin de la notation", "End of scoring")
INTERVIEWS = Phrase("Entretiens", "Interviews")
PRICES = Phrase("Ouverture des enveloppes financières", "Opening of the financial envelopes")
DECISION = Phrase("Décision", "Decision")
CONTRACT = Phrase("Contrat", "Contract")
