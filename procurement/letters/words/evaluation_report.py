"""Phrases of the evaluation report."""

from procurement.letters.words.phrase import Phrase

TITLE = Phrase("Rapport d’évaluation", "Evaluation report")
PROPOSED = Phrase(
    "Le comité propose de retenir la candidature {who}, première avec {total}\u00a0points, pour {price}.",
    "The committee proposes to accept application {who}, first with {total}\u00a0points, for {price}.",
)
PROPOSED_UNPRICED = Phrase(
    "Le comité propose de retenir la candidature {who}, dont la note technique est {mark}.",
    "The committee proposes to accept application {who}, whose technical mark is {mark}.",
)
PROPOSED_UNRANKED = Phrase(
    "Le comité propose de retenir la candidature {who}.", "The committee proposes to accept application {who}."
)
NOTHING_PROPOSED = Phrase("Le comité ne propose aucune attribution.", "The committee proposes no award.")

PROCEDURE = Phrase("Procédure", "Procedure")
PROGRAMME = Phrase("Programme", "Programme")
METHOD = Phrase("Méthode", "Method")
CEILING = Phrase("Plafond", "Ceiling")
THRESHOLD = Phrase("Seuil technique", "Technical threshold")
TIMETABLE = Phrase("Calendrier suivi", "Timetable followed")
DEVIATIONS = Phrase("Écarts au jeu de règles", "Departures from the rule set")
RULE = Phrase("Règle", "Rule")
VALUE = Phrase("Valeur retenue", "Value used")

COMMITTEE = Phrase("Comité d’évaluation", "Evaluation committee")
DECLARATIONS = Phrase(
    "Chaque membre a signé une déclaration d’impartialité portant sur la liste des candidatures avant "
    "d’ouvrir une pièce.",
    "Each member signed a declaration of impartiality for this list of applications before opening any document.",
)
CHANGES = Phrase("Changements dans le comité", "Changes in the committee")

RECEIVED = Phrase("Candidatures reçues et conformité", "Applications received and compliance")
OUTCOME = Phrase("Suite donnée", "Outcome")

TECHNICAL = Phrase("Évaluation technique", "Technical evaluation")
CRITERIA = Phrase("Critères et minima", "Criteria and minima")
AVERAGES = Phrase("Notes du comité par critère", "Panel marks by criterion")
AVERAGES_PART = Phrase("Critères {first} à {last}", "Criteria {first} to {last}")
AVERAGES_NOTE = Phrase(
    "Notes retenues pour le calcul (consensus consigné ou, à défaut, moyenne des grilles), sur le maximum "
    "indiqué sous chaque sigle de critère.",
    "Marks used in the calculation (recorded consensus or, without one, the mean of the sheets), out of the "
    "maximum shown under each criterion’s label.",
)
REACHED = Phrase("Seuil atteint", "Threshold reached")
SHEETS = Phrase("Totaux par évaluateur(trice)", "Totals by evaluator")
SHEETS_NOTE = Phrase(
    "L’écart est la différence entre le total le plus haut et le plus bas. Les notes individuelles "
    "sont données à la fin du rapport ; elles n’ont pas été modifiées par le consensus.",
    "The spread is the highest total less the lowest. Individual marks are given at the end of the report; the "
    "consensus has not changed them.",
)
KEPT = Phrase("Note retenue", "Mark used")
ASSESSMENTS = Phrase("Appréciations", "Assessments")
STRENGTHS = Phrase("Points forts : {text}", "Strengths: {text}")
WEAKNESSES = Phrase("Points faibles : {text}", "Weaknesses: {text}")
CONSENSUS = Phrase("Consensus : {text}", "Consensus: {text}")

INTERVIEWS = Phrase("Entretiens", "Interviews")
HELD = Phrase("Tenu le", "Held on")
BEFORE = Phrase("Note avant entretien", "Mark before interview")

FINANCIAL = Phrase("Évaluation financière", "Financial evaluation")
FINANCIAL_NOTE = Phrase(
    "Seules les enveloppes financières des candidatures qui ont atteint le seuil ont été ouvertes. "
    "Les autres restent scellées.",
    "Only the financial envelopes of applications that reached the threshold were opened. The others stay sealed.",
)
OFFERED = Phrase("Prix offert", "Price offered")
CORRECTED = Phrase("Prix corrigé", "Corrected price")
ABNORMALLY_LOW = Phrase("prix anormalement bas", "abnormally low price")
OVER_CEILING = Phrase("au-dessus du plafond", "over the ceiling")

RANKING = Phrase("Classement", "Ranking")
FORMULA = Phrase("Règle publiée", "Published rule")
TABLE = Phrase("Tableau combiné", "Combined table")
ARITHMETIC = Phrase("Calcul de chaque total", "How each total is made")
TIE = Phrase("Égalité", "Ties")
TIE_STATES = {
    "none": Phrase("Il n’y a pas d’égalité.", "There is no tie."),
    "resolved": Phrase(
        "Égalité entre {labels}, départagée par la règle déclarée : {rule}.",
        "Tie between {labels}, broken by the declared rule: {rule}.",
    ),
    "unresolved": Phrase(
        "Égalité entre {labels}, que les règles déclarées ne départagent pas : l’attribution est suspendue.",
        "Tie between {labels}, which the declared rules do not break: the award is stopped.",
    ),
}
EXCLUDED = Phrase("Candidatures hors classement", "Applications out of the ranking")
ENGINE = Phrase(
    "Calcul effectué le {instant}, moteur {version}. Empreinte des données d’entrée et du résultat :",
    "Calculated on {instant}, engine {version}. Digest of the inputs and the result:",
)
STEPS = Phrase("Étapes du calcul", "Steps of the calculation")

PROPOSAL = Phrase("Proposition d’attribution", "Proposal for award")
SIGNED_STATEMENT = Phrase(
    "Les membres soussignés attestent que ce rapport rend compte fidèlement de l’évaluation.",
    "The undersigned members certify that this report is a true account of the evaluation.",
)
ANNEX_SHEETS = Phrase("Détail des notes par évaluateur(trice)", "Marks of each evaluator in detail")
MARKS_OF = Phrase("Notes de la candidature {who}", "Marks of application {who}")
