"""Phrases of the declaration of impartiality and confidentiality."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Déclaration d’impartialité et de confidentialité", "Declaration of impartiality and confidentiality")
WHO = Phrase("Déclarant(e)", "Declared by")
ROLE = Phrase("Rôle", "Role")
LIST = Phrase("Candidatures concernées", "Applications concerned")
LIST_NOTE = Phrase(
    "La déclaration porte sur cette liste et sur elle seule. Empreinte de la liste :",
    "The declaration covers this list and no other. Digest of the list:",
)
TEXT = Phrase("Déclaration", "Declaration")
ARTICLES = (
    Phrase(
        "J’ai pris connaissance de la liste des candidatures ci-dessus.",
        "I have read the list of applications above.",
    ),
    Phrase(
        "J’exercerai mes fonctions avec impartialité et objectivité, sur les seuls critères publiés.",
        "I shall carry out my duties impartially and objectively, on the published criteria alone.",
    ),
    Phrase(
        "Je signalerai sans délai tout lien, familial, professionnel, financier ou autre, qui "
        "apparaîtrait plus tard, et cesserai aussitôt de participer.",
        "I shall report without delay any family, professional, financial or other link that comes "
        "to light later, and stop taking part at once.",
    ),
    Phrase(
        "Je garderai confidentiels les candidatures, les délibérations et les notes, pendant la "
        "procédure et après elle, et ne ferai aucun autre usage de ce que j’y aurai appris.",
        "I shall keep the applications, the deliberations and the marks confidential during and "
        "after the procedure, and make no other use of what I learn from them.",
    ),
)
CONFLICT = Phrase("Conflit d’intérêts", "Conflict of interest")
NO_CONFLICT_SAID = Phrase(
    "Je déclare n’avoir aucun conflit d’intérêts avec les candidat(e)s de cette liste.",
    "I declare that I have no conflict of interest with the applicants on this list.",
)
CONFLICT_SAID = Phrase(
    "Je déclare un lien avec les candidatures suivantes et me retire de leur évaluation.",
    "I declare a link with the following applications and withdraw from evaluating them.",
)
NATURE = Phrase("Nature du lien", "Nature of the link")
