"""Phrases of each letter: what it is called and what it says first."""

from procurement.letters.words.phrase import Phrase

AWARD_TITLE = Phrase("Notification d’attribution", "Notification of award")
AWARD_SAID = Phrase(
    "Nous avons le plaisir de vous informer que votre candidature {label} est retenue, pour {price}.",
    "We are pleased to inform you that your application {label} is accepted, for {price}.",
)
AWARD_UNPRICED = Phrase(
    "Nous avons le plaisir de vous informer que votre candidature {label} est retenue.",
    "We are pleased to inform you that your application {label} is accepted.",
)
AWARD_NO_CONTRACT = Phrase(
    "Cette lettre ne vaut pas contrat : aucun engagement ne naît, et aucune prestation ne peut "
    "commencer, avant la signature du contrat par les deux parties.",
    "This letter is not a contract: no commitment arises, and no work may begin, before both "
    "parties have signed the contract.",
)
TO_SUPPLY = Phrase("Pièces à nous remettre", "Documents to send us")
SUPPLY_UNTIL = Phrase(
    "Merci de nous remettre ces pièces avant le {instant}.",
    "Please send us these documents by {instant}.",
)

UNSUCCESSFUL_TITLE = Phrase("Candidature non retenue", "Application not accepted")
UNSUCCESSFUL_SAID = Phrase(
    "Après examen, votre candidature {label} n’est pas retenue : elle est classée au rang {rank}.",
    "After examination, your application {label} is not accepted: it is ranked {rank}.",
)

LATE_TITLE = Phrase("Candidature reçue hors délai", "Application received late")
LATE_SAID = Phrase(
    "Votre candidature {label} a été reçue le {received}. La date limite était fixée au {deadline}. "
    "Arrivée {gap} après cette limite, elle ne peut pas être examinée.",
    "Your application {label} was received on {received}. The deadline was {deadline}. Having come in "
    "{gap} after it, it cannot be examined.",
)

NON_COMPLIANT_TITLE = Phrase("Candidature non conforme", "Non-compliant application")
NON_COMPLIANT_SAID = Phrase(
    "Votre candidature {label} n’est pas conforme aux exigences de l’avis et n’a pas été évaluée.",
    "Your application {label} does not meet the requirements of the notice and was not evaluated.",
)
FAULTS = Phrase("Pièces manquantes ou refusées", "Documents missing or refused")
REQUEST_UNANSWERED = Phrase(
    "Une demande de complément vous avait été adressée le {asked}, avec un délai jusqu’au {due}.",
    "A request to complete your file was sent to you on {asked}, with a time limit of {due}.",
)

BELOW_TITLE = Phrase("Candidature sous le seuil technique", "Application below the technical threshold")
BELOW_SAID = Phrase(
    "Votre candidature {label} a obtenu la note technique de {total} sur {maximum}. Le seuil fixé par "
    "l’avis est de {threshold}. Elle n’est donc pas retenue pour la suite de la procédure.",
    "Your application {label} received a technical mark of {total} out of {maximum}. The threshold "
    "set by the notice is {threshold}. It therefore goes no further in the procedure.",
)
MINIMUM_SAID = Phrase(
    "Votre candidature {label} a obtenu {mark} au critère {code} ({title}). Le minimum fixé par l’avis "
    "est de {minimum}. Elle n’est donc pas retenue pour la suite de la procédure.",
    "Your application {label} received {mark} on criterion {code} ({title}). The minimum set by the "
    "notice is {minimum}. It therefore goes no further in the procedure.",
)
NOT_INVITED_SAID = Phrase(
    "Votre candidature {label} a obtenu {total} avant l’entretien. L’avis réserve l’entretien aux "
    "candidatures qui atteignent {threshold}. Elle n’est donc pas retenue pour la suite de la procédure.",
    "Your application {label} received {total} before the interview. The notice reserves the "
    "interview for applications that reach {threshold}. It therefore goes no further in the procedure.",
)
EXACT = Phrase("La comparaison se fait sur la note non arrondie.", "The unrounded mark is what is compared.")

CEILING_TITLE = Phrase("Offre au-dessus du plafond", "Offer over the ceiling")
CEILING_SAID = Phrase(
    "Votre candidature {label} propose un prix de {price}. Le plafond fixé pour cet appel, contraignant, "
    "est de {ceiling}. Le prix le dépasse de {gap} : votre candidature est exclue du classement.",
    "Your application {label} offers a price of {price}. The binding ceiling fixed for this call is "
    "{ceiling}. The price exceeds it by {gap}: your application is excluded from the ranking.",
)

EXCLUDED_TITLE = Phrase("Candidature exclue", "Application excluded")
EXCLUDED_SAID = Phrase(
    "Votre candidature {label} est exclue de la procédure par décision du {day}, pour le motif suivant.",
    "Your application {label} is excluded from the procedure by a decision of {day}, for the following reason.",
)

CANCELLED_TITLE = Phrase("Appel annulé", "Call cancelled")
CANCELLED_SAID = Phrase(
    "Nous vous informons que cet appel est annulé par décision du {day}.",
    "We inform you that this call is cancelled by a decision of {day}.",
)
UNSUCCESSFUL_CALL_TITLE = Phrase("Appel déclaré infructueux", "Call declared unsuccessful")
UNSUCCESSFUL_CALL_SAID = Phrase(
    "Nous vous informons que cet appel est déclaré infructueux par décision du {day}.",
    "We inform you that this call is declared unsuccessful by a decision of {day}.",
)
COMPLETION_TITLE = Phrase("Demande de complément", "Request to complete your file")
COMPLETION_SAID = Phrase(
    "L’examen administratif de votre candidature {label} montre qu’il manque ou qu’il faut préciser ce qui suit.",
    "The administrative check of your application {label} shows that the following is missing or unclear.",
)
COMPLETION_DUE = Phrase(
    "Votre réponse doit parvenir avant le {due}. Il n’y a qu’une demande par candidature ; sans réponse "
    "dans ce délai, la candidature est examinée telle quelle et peut être déclarée non conforme.",
    "Your answer must arrive by {due}. There is only one request for each application; without an "
    "answer in time, the application is examined as it stands and may be found non-compliant.",
)
COMPLETION_LIMITS = Phrase(
    "Cette demande ne permet de modifier ni l’offre technique ni l’offre financière.",
    "This request does not allow the technical or the financial offer to be changed.",
)
