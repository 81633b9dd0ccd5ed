"""Phrases that the letters share."""

from procurement.letters.words.phrase import Phrase

OUR_REFERENCE = Phrase("Nos références", "Our reference")
DATELINE = Phrase("{place}, le {day}", "{place}, {day}")
SENT_BY = Phrase("Envoi", "Sent by")
APPLICATION = Phrase("Candidature", "Application")
CALL = Phrase("Appel", "Call")
GREETING = Phrase("Madame, Monsieur,", "Dear Madam or Sir,")
CLOSING = Phrase(
    "Nous vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée.",
    "Yours faithfully,",
)
THANKS = Phrase("Nous vous remercions d’avoir répondu à cet appel.", "Thank you for answering this call.")
FOR = Phrase("Pour {authority}", "For {authority}")
CONTACT = Phrase(
    "Pour toute question sur cette lettre, vous pouvez écrire à {contact}.",
    "For any question about this letter, you may write to {contact}.",
)
MARKS = Phrase("Vos notes et leurs motifs", "Your marks and the reasons for them")
COMPARISON = Phrase("Comparaison avec la candidature retenue", "Comparison with the successful application")
YOURS = Phrase("Votre candidature", "Your application")
SUCCESSFUL = Phrase("Candidature retenue", "Successful application")
FIGURE = Phrase("Élément", "Item")
ADVANTAGES = Phrase(
    "Caractéristiques et avantages relatifs de la candidature retenue",
    "Characteristics and relative advantages of the successful application",
)
STANDSTILL = Phrase("Délai de suspension", "Standstill")
STANDSTILL_ENDS = Phrase(
    "Le contrat ne sera pas signé avant le {instant}, fin d’un délai de {days}.",
    "The contract will not be signed before {instant}, the end of {days}.",
)
UNOPENED = Phrase(
    "Votre enveloppe financière n’a pas été ouverte et ne le sera pas.",
    "Your financial envelope has not been opened and will not be.",
)
UNOPENED_BOTH = Phrase(
    "Vos enveloppes n’ont pas été ouvertes et ne le seront pas.",
    "Your envelopes have not been opened and will not be.",
)
WINNER_NAMED = Phrase(
    "Le marché est attribué à {name}, avec {total}\u00a0points, pour {price}.",
    "The contract is awarded to {name}, with {total}\u00a0points, for {price}.",
)
WINNER_UNPRICED = Phrase(
    "Le marché est attribué à {name}, dont la note technique est {mark}.",
    "The contract is awarded to {name}, whose technical mark is {mark}.",
)
