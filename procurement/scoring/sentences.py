"""The sentences of the arithmetic, in English; the pages translate them, so they stay short and stable."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue of translations, and leave it as it is."""
    return sentence


SENTENCES = {
    "method.prag": gettext_noop(
        "Technical quality weighs %(technical)s and price %(financial)s; the highest combined score comes first."
    ),
    "method.qcbs": gettext_noop(
        "Technical quality weighs %(technical)s and price %(financial)s; the highest combined score comes first."
    ),
    "method.points": gettext_noop(
        "Technical quality earns up to %(technical)s points and price up to %(financial)s; the highest total comes first."
    ),
    "method.qbs": gettext_noop("The highest technical mark comes first; only its price is looked at."),
    "method.fbs": gettext_noop("Within the budget of %(budget)s, the highest technical mark comes first."),
    "method.lcs": gettext_noop("Among the applications that pass, the lowest price comes first."),
    "method.lpta": gettext_noop("Among the admissible applications, the lowest price comes first."),
    "method.lowest_price": gettext_noop("Among the admissible applications, the lowest price comes first."),
    "method.quality_only": gettext_noop("The highest technical mark comes first; no price is looked at."),
    "sheet.total": gettext_noop("%(ref)s, sheet of %(evaluator)s: %(products)s = %(value)s"),
    "mark.given": gettext_noop("%(ref)s: technical mark %(value)s"),
    "mark.mean": gettext_noop("%(ref)s: %(totals)s; the mean is %(value)s"),
    "mark.median": gettext_noop("%(ref)s: %(totals)s; the median is %(value)s"),
    "mark.trimmed_mean": gettext_noop("%(ref)s: %(totals)s; the mean without the highest and the lowest is %(value)s"),
    "passed.threshold": gettext_noop("%(ref)s passes: %(value)s reaches the threshold of %(threshold)s."),
    "passed.minima": gettext_noop("%(ref)s reaches the minimum of each criterion: %(marks)s."),
    "out.not_admissible": gettext_noop("%(ref)s is out: it is not admissible. Its price is not opened."),
    "out.below_threshold": gettext_noop(
        "%(ref)s is out: %(value)s is below the threshold of %(threshold)s. Its price is not opened."
    ),
    "out.below_minimum": gettext_noop(
        "%(ref)s is out: %(value)s for %(criterion)s is below its minimum of %(minimum)s. Its price is not opened."
    ),
    "out.over_ceiling": gettext_noop(
        "%(ref)s is out: its price of %(price)s is above the binding ceiling of %(ceiling)s."
    ),
    "out.over_budget": gettext_noop("%(ref)s is out: its price of %(price)s is above the budget of %(budget)s."),
    "ceiling.indicative": gettext_noop(
        "%(ref)s stays in: its price of %(price)s is above the ceiling of %(ceiling)s, which is indicative."
    ),
    "price.opened": gettext_noop("%(ref)s comes first, so its price alone is looked at."),
    "best.mark": gettext_noop("Highest technical mark in the race: %(value)s (%(refs)s)."),
    "best.price": gettext_noop("Lowest price in the race: %(value)s (%(refs)s)."),
    "technical.best": gettext_noop("%(ref)s: technical score %(scale)s × %(mark)s ÷ %(best)s = %(value)s"),
    "technical.best.zero": gettext_noop("%(ref)s: technical score 0, as no mark is above zero."),
    "technical.max": gettext_noop("%(ref)s: technical score %(scale)s × %(mark)s ÷ %(max)s = %(value)s"),
    "technical.none": gettext_noop("%(ref)s: technical score %(value)s, the mark as it is."),
    "price.inverse": gettext_noop("%(ref)s: financial score %(scale)s × %(lowest)s ÷ %(price)s = %(value)s"),
    "price.linear": gettext_noop(
        "%(ref)s: financial score %(scale)s × (%(highest)s − %(price)s) ÷ (%(highest)s − %(lowest)s) = %(value)s"
    ),
    "price.all_equal": gettext_noop("%(ref)s: financial score %(value)s, as all prices are equal."),
    "price.penalty": gettext_noop(
        "%(ref)s: financial score %(scale)s × (1 − (%(price)s − %(lowest)s) ÷ %(lowest)s) = %(value)s"
    ),
    "price.penalty.floor": gettext_noop(
        "%(ref)s: financial score %(scale)s × (1 − (%(price)s − %(lowest)s) ÷ %(lowest)s) is below zero, so %(value)s"
    ),
    "price.n_times": gettext_noop(
        "%(ref)s: financial score %(scale)s × (%(n)s × %(lowest)s − %(price)s) ÷ ((%(n)s − 1) × %(lowest)s) = %(value)s"
    ),
    "price.n_times.floor": gettext_noop(
        "%(ref)s: financial score %(scale)s × (%(n)s × %(lowest)s − %(price)s) ÷ ((%(n)s − 1) × %(lowest)s) is below zero, so %(value)s"
    ),
    "combined.weighted": gettext_noop(
        "%(ref)s: combined score %(technical_weight)s × %(technical)s + %(financial_weight)s × %(financial)s = %(value)s"
    ),
    "combined.points": gettext_noop("%(ref)s: combined score %(technical)s + %(financial)s = %(value)s"),
    "tie.technical": gettext_noop("%(refs)s are equal; by the higher technical mark: %(order)s."),
    "tie.price": gettext_noop("%(refs)s are equal; by the lower price: %(order)s."),
    "tie.submitted_at": gettext_noop("%(refs)s are equal; by the earlier submission: %(order)s."),
    "tie.criterion": gettext_noop("%(refs)s are equal; by the higher mark for %(rule)s: %(order)s."),
    "tie.same": gettext_noop("%(refs)s are equal; the rule “%(rule)s” finds them equal too."),
    "tie.unknown": gettext_noop("%(refs)s are equal; the rule “%(rule)s” has nothing to go by for all of them."),
    "tie.draw": gettext_noop("%(refs)s are equal; the next rule is a drawing of lots, which people must hold."),
    "tie.drawn": gettext_noop("%(refs)s are equal; lots were drawn: %(order)s."),
    "tie.stays": gettext_noop("%(refs)s stay equal."),
    "first.one": gettext_noop("%(ref)s comes first."),
    "first.tied": gettext_noop("%(refs)s share the first rank: there is no winner until the tie is settled."),
    "first.none": gettext_noop("No application is left in the race."),
}
