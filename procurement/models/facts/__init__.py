"""Facts: what the pure rules read, gathered from the rows in as few queries as can be."""

from procurement.models.facts.award import award_facts
from procurement.models.facts.opening import opening_facts
from procurement.models.facts.panel import panel_facts
from procurement.models.facts.publication import publication_facts
from procurement.models.facts.sheet import sheet_facts
from procurement.models.facts.submission import submission_facts

CALL_FACTS = {
    "publication": publication_facts,
    "opening": opening_facts,
    "panel": panel_facts,
    "award": award_facts,
}
APPLICATION_FACTS = {"submission": submission_facts}
SHEET_FACTS = {"sheet": sheet_facts}
LETTER_FACTS: dict[str, object] = {}
