"""Rows of a profile: languages, education, experience. A row exists from the moment it is added, and fills up."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.enums import Language, Level
from experts.models.expert import Expert
from workflow.models import AppNow

YEAR = [MinValueValidator(1930), MaxValueValidator(2100)]


class Row(models.Model):
    """Something that a person may have several of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="%(class)s_rows")
    created_at = models.DateTimeField(db_default=AppNow())
    saved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Any]]

    NEEDED: tuple[str, ...] = ()
    PERSONAL: tuple[str, ...] = ()
    PERSONAL_OWNER = "expert__user"

    class Meta:
        abstract = True

    @property
    def hint(self) -> str:
        """Return what stands below the name in a list."""
        return ""

    @property
    def is_complete(self) -> bool:
        """Tell whether everything that a reader needs is there."""
        return all(getattr(self, name) not in ("", None) for name in self.NEEDED)


class LanguageSkill(Row):
    """A language and how well it is known."""

    language = models.CharField(_("language"), max_length=3, choices=Language.choices, blank=True)
    mother_tongue = models.BooleanField(_("mother tongue"), default=False)
    level = models.CharField(_("level"), max_length=2, choices=Level.choices, blank=True)

    NEEDED = ("language",)
    PERSONAL = ("language", "mother_tongue", "level")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "language"],
                condition=~models.Q(language=""),
                name="language_once",
                violation_error_message=_("This language is in your profile already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_language_display() or str(_("Language not chosen yet"))

    @property
    def hint(self) -> str:
        """Return the level, or that it is the mother tongue."""
        return str(_("mother tongue")) if self.mother_tongue else self.get_level_display()

    @property
    def is_complete(self) -> bool:
        """Tell whether the language and its level are there; a mother tongue needs no level."""
        return bool(self.language and (self.mother_tongue or self.level))


class Education(Row):
    """A diploma or a training."""

    title = models.CharField(_("diploma or training"), max_length=200, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    start_year = models.PositiveSmallIntegerField(_("from (year)"), null=True, blank=True, validators=YEAR)
    end_year = models.PositiveSmallIntegerField(_("to (year)"), null=True, blank=True, validators=YEAR)

    NEEDED = ("title", "institution", "end_year")
    PERSONAL = ("title", "institution", "country", "start_year", "end_year")

    def __str__(self) -> str:
        return self.title or str(_("Diploma or training without title yet"))

    @property
    def hint(self) -> str:
        """Return where, and the year it ended."""
        return ", ".join(str(part) for part in (self.institution, self.country, self.end_year) if part)


class Experience(Row):
    """A position or an assignment."""

    position = models.CharField(_("position or assignment"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation or client"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    started_on = models.DateField(_("from (month)"), null=True, blank=True)  # the first of that month
    ended_on = models.DateField(_("to (month)"), null=True, blank=True)  # none: still running
    description = models.TextField(_("what you did"), max_length=3000, blank=True)

    NEEDED = ("position", "organisation", "started_on")
    PERSONAL = ("position", "organisation", "country", "started_on", "ended_on", "description")

    def __str__(self) -> str:
        return self.position or str(_("Experience without title yet"))

    @property
    def hint(self) -> str:
        """Return for whom, where, and from which month to which."""
        months = "–".join(f"{day:%m/%Y}" for day in (self.started_on, self.ended_on) if day)
        return ", ".join(part for part in (self.organisation, self.country, months) if part)
