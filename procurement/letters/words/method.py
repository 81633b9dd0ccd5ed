"""The evaluation methods and their formulas, in words."""

from procurement.letters.facts import Aggregate, MethodName, Normalisation, PriceFormula
from procurement.letters.words.phrase import Phrase

METHODS: dict[MethodName, Phrase] = {
    "prag": Phrase(
        "Meilleur rapport qualité-prix, note technique rapportée à la meilleure",
        "Best price-quality ratio, technical mark relative to the best one",
    ),
    "qcbs": Phrase("Sélection fondée sur la qualité et le coût", "Quality- and cost-based selection"),
    "points": Phrase(
        "Addition de points techniques et de points financiers",
        "Sum of technical points and financial points",
    ),
    "qbs": Phrase("Sélection fondée sur la qualité", "Quality-based selection"),
    "fbs": Phrase("Sélection dans le cadre d’un budget fixe", "Selection under a fixed budget"),
    "lcs": Phrase("Sélection au moindre coût", "Least-cost selection"),
    "lpta": Phrase("Offre techniquement acceptable la moins chère", "Lowest-priced technically acceptable offer"),
    "lowest_price": Phrase("Prix le plus bas", "Lowest price"),
    "quality_only": Phrase("Qualité seule", "Quality alone"),
}

METHOD_NAME = Phrase("Méthode : {method}.", "Method: {method}.")

CHOICES: dict[MethodName, Phrase] = {
    "prag": Phrase(
        "Total = {technical} × score technique + {financial} × score financier.",
        "Total = {technical} × technical score + {financial} × financial score.",
    ),
    "qcbs": Phrase(
        "Total = {technical} × score technique + {financial} × score financier.",
        "Total = {technical} × technical score + {financial} × financial score.",
    ),
    "points": Phrase(
        "Total = points techniques (au plus {technical}) + {financial} × score financier ÷ 100.",
        "Total = technical points ({technical} at most) + {financial} × financial score ÷ 100.",
    ),
    "qbs": Phrase(
        "La candidature qui a la meilleure note technique est retenue ; seul son prix est ouvert.",
        "The application with the best technical mark is chosen; only its price is opened.",
    ),
    "fbs": Phrase(
        "La meilleure note technique parmi les offres qui tiennent dans le budget est retenue.",
        "The best technical mark among the offers within the budget is chosen.",
    ),
    "lcs": Phrase(
        "La moins chère des candidatures qui atteignent le seuil est retenue.",
        "The cheapest of the applications that reach the threshold is chosen.",
    ),
    "lpta": Phrase(
        "La moins chère des candidatures conformes à toutes les exigences est retenue.",
        "The cheapest of the applications that meet every requirement is chosen.",
    ),
    "lowest_price": Phrase("L’offre la moins chère est retenue.", "The cheapest offer is chosen."),
    "quality_only": Phrase(
        "La meilleure note technique est retenue ; le prix n’est pas comparé.",
        "The best technical mark is chosen; prices are not compared.",
    ),
}

NORMALISATIONS: dict[Normalisation, Phrase] = {
    "best": Phrase(
        "Score technique = 100 × note technique ÷ meilleure note technique en lice.",
        "Technical score = 100 × technical mark ÷ best technical mark in the race.",
    ),
    "max": Phrase(
        "Score technique = 100 × note technique ÷ {maximum}.",
        "Technical score = 100 × technical mark ÷ {maximum}.",
    ),
    "none": Phrase("Score technique = note technique.", "Technical score = technical mark."),
}

PRICES: dict[PriceFormula, Phrase] = {
    "inverse": Phrase(
        "Score financier = 100 × prix le plus bas en lice ÷ prix de la candidature.",
        "Financial score = 100 × lowest price in the race ÷ price of the application.",
    ),
    "linear": Phrase(
        "Score financier = 100 × (prix le plus élevé − prix) ÷ (prix le plus élevé − prix le plus "
        "bas) ; 100 si tous les prix sont égaux.",
        "Financial score = 100 × (highest price − price) ÷ (highest price − lowest price); 100 when "
        "all prices are equal.",
    ),
    "penalty": Phrase(
        "Score financier = 100 × (1 − (prix − prix le plus bas) ÷ prix le plus bas), jamais moins de 0.",
        "Financial score = 100 × (1 − (price − lowest price) ÷ lowest price), never below 0.",
    ),
    "n_times": Phrase(
        "Score financier = 100 × (n × prix le plus bas − prix) ÷ ((n − 1) × prix le plus bas), "
        "jamais moins de 0, avec n = {n}.",
        "Financial score = 100 × (n × lowest price − price) ÷ ((n − 1) × lowest price), never below 0, with n = {n}.",
    ),
}

AGGREGATES: dict[Aggregate, Phrase] = {
    "mean": Phrase(
        "La note technique est la moyenne des notes des évaluateurs et évaluatrices.",
        "The technical mark is the mean of the evaluators’ marks.",
    ),
    "median": Phrase(
        "La note technique est la médiane des notes des évaluateurs et évaluatrices.",
        "The technical mark is the median of the evaluators’ marks.",
    ),
    "trimmed_mean": Phrase(
        "La note technique est la moyenne des notes des évaluateurs et évaluatrices, la plus haute "
        "et la plus basse écartées.",
        "The technical mark is the mean of the evaluators’ marks, the highest and the lowest left out.",
    ),
}

TIE_BREAKS: dict[str, Phrase] = {
    "technical": Phrase("la meilleure note technique", "the higher technical mark"),
    "price": Phrase("le prix le plus bas", "the lower price"),
    "submitted_at": Phrase("le dépôt le plus ancien", "the earlier submission"),
    "lots": Phrase("le tirage au sort", "drawing lots"),
}
TIE_CRITERION = Phrase("la meilleure note au critère {code} ({title})", "the higher mark on criterion {code} ({title})")
TIE_ORDER = Phrase(
    "En cas d’égalité, départagent dans cet ordre : {rules}.",
    "A tie is broken, in this order, by: {rules}.",
)
NO_TIE_RULE = Phrase(
    "Aucune règle de départage n’est déclarée : une égalité suspend l’attribution.",
    "No tie-break rule is declared: a tie stops the award.",
)
THRESHOLD = Phrase(
    "Seuil technique : {threshold} sur {maximum}. Atteindre le seuil suffit ; la comparaison se "
    "fait sur la note non arrondie. Au-dessous, l’enveloppe financière n’est jamais ouverte.",
    "Technical threshold: {threshold} out of {maximum}. Reaching it is enough; the unrounded mark "
    "is compared. Below it, the financial envelope is never opened.",
)
EXACT = Phrase(
    "Les calculs sont exacts ; les valeurs sont arrondies à deux décimales pour l’affichage "
    "seulement. Seules les candidatures encore en lice comptent pour la meilleure note et pour le "
    "prix le plus bas.",
    "The arithmetic is exact; figures are rounded to two decimals for display only. Only "
    "applications still in the race count for the best mark and the lowest price.",
)
BUDGET = Phrase("Budget fixe : {amount}.", "Fixed budget: {amount}.")
EQUAL_PRICES = Phrase("Prix égaux : {score}", "Equal prices: {score}")
