"""Lists of a profile: levels of language, languages, fields of expertise, standing for VAT."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Levels of the Common European Framework of Reference for Languages."""

    A1 = "A1", _("A1, beginner")
    A2 = "A2", _("A2, elementary")
    B1 = "B1", _("B1, intermediate")
    B2 = "B2", _("B2, upper intermediate")
    C1 = "C1", _("C1, advanced")
    C2 = "C2", _("C2, proficient")


class Vat(TextChoices):
    """Whether VAT is added to the person's price; ceilings are often without it."""

    REGISTERED = "registered", _("Registered for VAT")
    EXEMPT = "exempt", _("Not registered, or exempt")


class Language(TextChoices):
    """Languages of calls, documents and interviews, by ISO 639-1 code."""

    ARABIC = "ar", _("Arabic")
    BULGARIAN = "bg", _("Bulgarian")
    CATALAN = "ca", _("Catalan")
    CZECH = "cs", _("Czech")
    DANISH = "da", _("Danish")
    GERMAN = "de", _("German")
    GREEK = "el", _("Greek")
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    ESTONIAN = "et", _("Estonian")
    FINNISH = "fi", _("Finnish")
    FRENCH = "fr", _("French")
    IRISH = "ga", _("Irish")
    HEBREW = "he", _("Hebrew")
    CROATIAN = "hr", _("Croatian")
    HUNGARIAN = "hu", _("Hungarian")
    ITALIAN = "it", _("Italian")
    KURDISH = "ku", _("Kurdish")
    LITHUANIAN = "lt", _("Lithuanian")
    LATVIAN = "lv", _("Latvian")
    MALTESE = "mt", _("Maltese")
    DUTCH = "nl", _("Dutch")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    SLOVAK = "sk", _("Slovak")
    SLOVENE = "sl", _("Slovene")
    SWEDISH = "sv", _("Swedish")
    TAMAZIGHT = "ber", _("Tamazight")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")


class Field(TextChoices):
    """Fields in which local authorities and their networks look for experts."""

    MIGRATION = "migration", _("Migration and asylum")
    INTEGRATION = "integration", _("Integration and social inclusion")
    RIGHTS = "rights", _("Human rights and equality")
    GENDER = "gender", _("Gender equality")
    GOVERNANCE = "governance", _("Local governance and decentralisation")
    PARTICIPATION = "participation", _("Participation of residents")
    FINANCE = "finance", _("Local finance")
    PLANNING = "planning", _("Urban planning and housing")
    CLIMATE = "climate", _("Climate and environment")
    MOBILITY = "mobility", _("Transport and mobility")
    ECONOMY = "economy", _("Local economy and employment")
    EDUCATION = "education", _("Education and youth")
    HEALTH = "health", _("Health")
    CULTURE = "culture", _("Culture and heritage")
    DIGITAL = "digital", _("Digital services and data")
    COOPERATION = "cooperation", _("International cooperation")
    RESEARCH = "research", _("Qualitative research and surveys")
    STATISTICS = "statistics", _("Statistics and demography")
    EVALUATION = "evaluation", _("Evaluation of policies and projects")
    FACILITATION = "facilitation", _("Facilitation and training")
    COMMUNICATION = "communication", _("Communication and publishing")
    TRANSLATION = "translation", _("Translation and interpreting")
    LAW = "law", _("Law and procurement")
