"""Profiles: named questions, the person who asks first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from experts.models import Education, Experience, Expert, LanguageSkill

Rows = QuerySet[LanguageSkill] | QuerySet[Education] | QuerySet[Experience]


def profiles_visible_to(viewer: Any) -> QuerySet[Expert]:
    """Return the profiles a person may read: their own."""
    if not getattr(viewer, "is_authenticated", False):
        return Expert.objects.none()
    return Expert.objects.filter(user=viewer).select_related("user", "cv")


def profile_of(viewer: Any) -> Expert | None:
    """Return one's own profile; None before the first visit."""
    return profiles_visible_to(viewer).first()


def languages_of(viewer: Any) -> QuerySet[LanguageSkill]:
    """Return one's own languages, mother tongues first."""
    return LanguageSkill.objects.filter(expert__in=profiles_visible_to(viewer)).order_by("-mother_tongue", "created_at")


def education_of(viewer: Any) -> QuerySet[Education]:
    """Return one's own education, newest first, rows without year before them."""
    return Education.objects.filter(expert__in=profiles_visible_to(viewer)).order_by("-end_year", "-created_at")


def experience_of(viewer: Any) -> QuerySet[Experience]:
    """Return one's own experience, newest first, rows without date before them."""
    return Experience.objects.filter(expert__in=profiles_visible_to(viewer)).order_by("-started_on", "-created_at")
