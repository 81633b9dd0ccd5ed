"""People who apply: their profile and the rows of their curriculum."""

from experts.models.expert import Expert
from experts.models.rows import Education, Experience, LanguageSkill

__all__ = ["Education", "Experience", "Expert", "LanguageSkill"]
