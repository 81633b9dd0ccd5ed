"""Rows of the procedure, one class a file."""

from procurement.models.application import Application
from procurement.models.award import Award, Contract
from procurement.models.call import Call
from procurement.models.cancellation import Cancellation
from procurement.models.committee_member import CommitteeMember
from procurement.models.completion_request import CompletionRequest
from procurement.models.compliance_item import ComplianceItem
from procurement.models.consensus import Consensus, ConsensusMark
from procurement.models.criterion import Criterion
from procurement.models.deadline_extension import DeadlineExtension
from procurement.models.declaration import Declaration
from procurement.models.deliverable import Deliverable
from procurement.models.document import Document
from procurement.models.engine_run import EngineRun
from procurement.models.envelope import Envelope
from procurement.models.former_decision import FormerDecision
from procurement.models.interview import Interview
from procurement.models.kept_code import KeptCode
from procurement.models.key_holder import KeyDrill, KeyHolder
from procurement.models.key_replacement import KeyReplacement
from procurement.models.late_decision import LateDecision
from procurement.models.letter import Letter
from procurement.models.opening_session import OpeningSession, Presence
from procurement.models.paper import Paper
from procurement.models.published_deadline import PublishedDeadline
from procurement.models.release import LockRelease, PieceRelease
from procurement.models.requirement import Requirement
from procurement.models.score import Score
from procurement.models.score_sheet import ScoreSheet
from procurement.models.seat_invitation import SeatInvitation
from procurement.models.signature import Signature
from procurement.models.submission import Submission
from procurement.models.subscription import Subscription
from procurement.models.upload import Upload

__all__ = [
    "Application",
    "Award",
    "Call",
    "Cancellation",
    "CommitteeMember",
    "CompletionRequest",
    "ComplianceItem",
    "Consensus",
    "ConsensusMark",
    "Contract",
    "Criterion",
    "DeadlineExtension",
    "Declaration",
    "Deliverable",
    "Document",
    "EngineRun",
    "Envelope",
    "FormerDecision",
    "Interview",
    "KeptCode",
    "KeyDrill",
    "KeyHolder",
    "KeyReplacement",
    "LateDecision",
    "Letter",
    "LockRelease",
    "OpeningSession",
    "Paper",
    "PieceRelease",
    "Presence",
    "PublishedDeadline",
    "Requirement",
    "Score",
    "ScoreSheet",
    "SeatInvitation",
    "Signature",
    "Submission",
    "Subscription",
    "Upload",
]
