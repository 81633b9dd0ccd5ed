"""Closed lists of the procedure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Open")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")
    OPENED = "opened", _("Envelopes opened")
    COMPLIANCE = "compliance", _("Compliance check")
    EVALUATION = "evaluation", _("Evaluation")
    CONSENSUS = "consensus", _("Consensus")
    INTERVIEW = "interview", _("Interviews")
    TECHNICAL_SIGNED = "technical_signed", _("Technical report signed")
    FINANCIAL_OPENED = "financial_opened", _("Prices opened")
    RANKED = "ranked", _("Ranking made")
    AWARD_PROPOSED = "award_proposed", _("Award proposed")
    AWARD_DECIDED = "award_decided", _("Award decided")
    STANDSTILL = "standstill", _("Standstill")
    AWARDED = "awarded", _("Award final")
    CONTRACTED = "contracted", _("Contract signed")
    ARCHIVED = "archived", _("Archived")
    UNSUCCESSFUL = "unsuccessful", _("Unsuccessful")
    CANCELLED = "cancelled", _("Cancelled")


S = CallState
SEALED = (S.DRAFT, S.IN_REVIEW, S.APPROVED, S.PUBLISHED, S.SUSPENDED, S.CLOSED)
PUBLIC = tuple(state for state in S if state not in (S.DRAFT, S.IN_REVIEW, S.APPROVED))
FINAL = (S.ARCHIVED, S.UNSUCCESSFUL, S.CANCELLED)
AFTER_OPENING = (
    S.OPENED,
    S.COMPLIANCE,
    S.EVALUATION,
    S.CONSENSUS,
    S.INTERVIEW,
    S.TECHNICAL_SIGNED,
    S.FINANCIAL_OPENED,
    S.RANKED,
    S.AWARD_PROPOSED,
    S.AWARD_DECIDED,
    S.STANDSTILL,
    S.AWARDED,
    S.CONTRACTED,
    S.ARCHIVED,
)
AFTER_DISCLOSURE = AFTER_OPENING[3:]  # marks are shared from the consensus on
AFTER_PRICES = AFTER_OPENING[6:]
AFTER_AWARD = (S.STANDSTILL, S.AWARDED, S.CONTRACTED, S.ARCHIVED)


class CallKind(TextChoices):
    EXPERT = "expert", _("Call for experts")
    TENDER = "tender", _("Call for tenders")


class CeilingMode(TextChoices):
    PUBLIC_BINDING = "public_binding", _("Public and binding: a dearer offer is excluded")
    PUBLIC_INDICATIVE = "public_indicative", _("Public and indicative: a dearer offer is possible")
    HIDDEN = "hidden", _("Not published")


class Tax(TextChoices):
    EXCLUDED = "excluded", _("excluding tax")
    INCLUDED = "included", _("including tax")


class EnvelopeKind(TextChoices):
    TECHNICAL = "technical", _("Technical envelope")
    FINANCIAL = "financial", _("Financial envelope")


class PriceSealing(TextChoices):
    SERVER = "server", _("By the service, as it arrives")
    OFFERED = "offered", _("By the service, or in the applicant’s browser: the applicant chooses")
    BROWSER = "browser", _("In the applicant’s browser only")


class SealedIn(TextChoices):
    SERVER = "server", _("sealed by the service as it arrived")
    BROWSER = "browser", _("sealed in the applicant’s browser")


class Stage(TextChoices):
    FILE = "file", _("On file")
    INTERVIEW = "interview", _("Interview")


class Seat(TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    EVALUATOR = "evaluator", _("Evaluator")
    OBSERVER = "observer", _("Observer")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LATE = "late", _("Late")
    OPENED = "opened", _("Opened")
    NON_COMPLIANT = "non_compliant", _("Not compliant")
    COMPLIANT = "compliant", _("Compliant")
    BELOW_THRESHOLD = "below_threshold", _("Below the threshold")
    PASSED = "passed", _("Above the threshold")
    PRICE_OPENED = "price_opened", _("Price opened")
    EXCLUDED = "excluded", _("Excluded")
    RANKED = "ranked", _("Ranked")
    WINNER = "winner", _("Winner")
    NOT_SELECTED = "not_selected", _("Not selected")


class LegalStatus(TextChoices):
    NATURAL = "natural", _("Natural person")
    LEGAL = "legal", _("Legal person")


class SheetState(TextChoices):
    DRAFT = "draft", _("In progress")
    SIGNED = "signed", _("Signed")
    SUPERSEDED = "superseded", _("Replaced")
    VOID = "void", _("Void")


class Verdict(TextChoices):
    PENDING = "pending", _("To check")
    OK = "ok", _("In order")
    MISSING = "missing", _("Missing")
    INVALID = "invalid", _("Not in order")
    WAIVED = "waived", _("Not required")


class LetterState(TextChoices):
    DRAFT = "draft", _("To read")
    APPROVED = "approved", _("Read and approved")
    SENT = "sent", _("Sent")


class PaperKind(TextChoices):
    NOTICE = "notice", _("Notice")
    RECEIPT = "receipt", _("Acknowledgement of receipt")
    OPENING_REPORT = "opening_report", _("Opening report")
    FINANCIAL_OPENING_REPORT = "financial_opening_report", _("Financial opening report")
    DECLARATION = "declaration", _("Declaration of impartiality")
    COMPLIANCE_GRID = "compliance_grid", _("Compliance grid")
    SCORE_SHEET = "score_sheet", _("Score sheet")
    TECHNICAL_REPORT = "technical_report", _("Technical evaluation report")
    EVALUATION_REPORT = "evaluation_report", _("Evaluation report")
    AWARD_DECISION = "award_decision", _("Award decision")
    LETTER = "letter", _("Letter")
    AWARD_NOTICE = "award_notice", _("Award notice")
    CANCELLATION_NOTICE = "cancellation_notice", _("Cancellation notice")
    ARCHIVE_INDEX = "archive_index", _("Archive index")


class LetterKind(TextChoices):
    AWARD = "award", _("Award")
    NOT_SELECTED = "not_selected", _("Not selected")
    LATE = "late", _("Received late")
    NON_COMPLIANT = "non_compliant", _("Not compliant")
    BELOW_THRESHOLD = "below_threshold", _("Below the threshold")
    EXCLUDED = "excluded", _("Excluded at the financial stage")
    CANCELLATION = "cancellation", _("Call ended without award")


class Method(TextChoices):
    PRAG = "prag", _("Best price-quality ratio, technical score relative to the best (PRAG)")
    QCBS = "qcbs", _("Quality and cost, absolute technical score (QCBS)")
    POINTS = "points", _("Points, technical and financial added (70/30)")


LANGUAGES = [("fr", _("French")), ("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
CURRENCIES = [(code, code) for code in ("EUR", "USD", "CHF", "GBP", "MAD", "TND", "XOF", "XAF")]
