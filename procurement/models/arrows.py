"""The arrows of a call: which state leads to which, who may, and under what conditions (reference §8.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from procurement import permissions as may
from procurement.enums import CallState as S
from procurement.rules import awarding, key_trials, opening, panel, publication

CANCELLABLE = [state for state in S if state not in (S.CONTRACTED, S.ARCHIVED, S.UNSUCCESSFUL, S.CANCELLED)]


def _first_check(deadline: datetime | None, now: datetime) -> datetime | None:
    """Return when the clock first looks at a call that begins, or goes on, to collect."""
    return deadline and key_trials.first_check(deadline=deadline, now=now, days=settings.DRILL_DAYS)


class CallArrows(models.Model):
    """Methods that the door calls; a body sets what the new state itself means and nothing else."""

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=False, db_index=True)

    class Meta:
        abstract = True

    @transition(state, source=S.DRAFT, target=S.IN_REVIEW, conditions=publication.COMPLETE, permission=may.draft_call)
    def send_to_review(self, *, now: datetime, actor: Any) -> None:
        """Ask a second person to approve the draft."""

    @transition(state, source=[S.IN_REVIEW, S.APPROVED], target=S.DRAFT, permission=may.return_call)
    def return_to_draft(self, *, now: datetime, actor: Any) -> None:
        """Send the draft back with a reason; what was frozen thaws."""
        self.approved_at = self.approved_by = self.frozen = self.next_check_at = None
        self.rules_sha256 = ""

    @transition(
        state, source=S.IN_REVIEW, target=S.APPROVED, conditions=publication.COMPLETE, permission=may.approve_call
    )
    def approve(self, *, now: datetime, actor: Any) -> None:
        """Approve: the rule set is frozen from here on."""
        self.approved_at, self.approved_by = now, actor
        self.next_check_at = self.publish_at

    @transition(
        state, source=S.APPROVED, target=S.PUBLISHED, conditions=publication.PUBLISHABLE, permission=may.publish_call
    )
    def publish(self, *, now: datetime, actor: Any) -> None:
        """Show the call to everybody; applications may be submitted until the deadline."""
        self.published_at, self.published_by = now, actor
        self.next_check_at = _first_check(self.deadline, now)

    @transition(
        state, source=S.PUBLISHED, target=S.SUSPENDED, conditions=publication.SUSPENDABLE, permission=may.suspend_call
    )
    def suspend(self, *, now: datetime, actor: Any) -> None:
        """Stop the collection for a while; nothing can be submitted."""
        self.suspended_at, self.next_check_at = now, None

    @transition(
        state, source=S.SUSPENDED, target=S.PUBLISHED, conditions=publication.RESUMABLE, permission=may.suspend_call
    )
    def resume(self, *, now: datetime, actor: Any) -> None:
        """Collect again, with a deadline moved by at least the suspended time."""
        self.suspended_at, self.next_check_at = None, _first_check(self.deadline, now)

    @transition(state, source=S.PUBLISHED, target=S.CLOSED, conditions=opening.CLOSABLE, permission=may.close_call)
    def close(self, *, now: datetime, actor: Any) -> None:
        """Close by the clock; a late submission is late whether or not this has run."""
        self.closed_at, self.next_check_at = now, None

    @transition(state, source=S.CLOSED, target=S.PUBLISHED, permission=may.extend_deadline)
    def collect_again(self, *, now: datetime, actor: Any) -> None:
        """Go on collecting until a later deadline, which two persons give because the service failed."""
        self.closed_at = None

    @transition(state, source=S.CLOSED, target=S.OPENED, conditions=opening.TECHNICAL, permission=may.open_envelopes)
    def open_technical(self, *, now: datetime, actor: Any) -> None:
        """Open the technical envelopes in the presence of the quorum."""
        self.opened_at = now

    @transition(state, source=S.OPENED, target=S.COMPLIANCE, conditions=panel.COMPLIANCE, permission=may.lead_committee)
    def start_compliance(self, *, now: datetime, actor: Any) -> None:
        """Begin the compliance check: everybody has declared impartiality for this list."""

    @transition(
        state, source=S.COMPLIANCE, target=S.EVALUATION, conditions=panel.EVALUATION, permission=may.lead_committee
    )
    def start_evaluation(self, *, now: datetime, actor: Any) -> None:
        """Hand the compliant applications to the evaluators."""

    @transition(
        state, source=S.EVALUATION, target=S.CONSENSUS, conditions=panel.CONSENSUS, permission=may.disclose_marks
    )
    def start_consensus(self, *, now: datetime, actor: Any) -> None:
        """Share the marks inside the panel: every expected sheet is signed."""

    @transition(
        state, source=S.CONSENSUS, target=S.INTERVIEW, conditions=panel.INTERVIEW, permission=may.lead_committee
    )
    def start_interviews(self, *, now: datetime, actor: Any) -> None:
        """Invite the applications that reach the shortlist mark."""

    @transition(
        state, source=S.INTERVIEW, target=S.CONSENSUS, conditions=panel.INTERVIEWED, permission=may.lead_committee
    )
    def end_interviews(self, *, now: datetime, actor: Any) -> None:
        """Return to the consensus with the interview sheets signed."""

    @transition(
        state,
        source=S.CONSENSUS,
        target=S.TECHNICAL_SIGNED,
        conditions=panel.TECHNICAL_SIGNED,
        permission=may.lead_committee,
    )
    def sign_technical(self, *, now: datetime, actor: Any) -> None:
        """Settle the technical marks: who passed the threshold is now known and fixed."""

    @transition(
        state,
        source=S.TECHNICAL_SIGNED,
        target=S.FINANCIAL_OPENED,
        conditions=opening.FINANCIAL,
        permission=may.open_envelopes,
    )
    def open_financial(self, *, now: datetime, actor: Any) -> None:
        """Open the financial envelopes of those above the threshold; the others stay closed for ever."""
        self.prices_opened_at = now

    @transition(
        state,
        source=[S.FINANCIAL_OPENED, S.TECHNICAL_SIGNED],
        target=S.RANKED,
        conditions=awarding.RANKABLE,
        permission=may.rank_applications,
    )
    def rank(self, *, now: datetime, actor: Any) -> None:
        """Run the engine and keep its record."""

    @transition(
        state, source=S.RANKED, target=S.AWARD_PROPOSED, conditions=awarding.PROPOSABLE, permission=may.propose_award
    )
    def propose_award(self, *, now: datetime, actor: Any) -> None:
        """Propose the first of the ranking to the authority, on a report everybody signed."""

    @transition(state, source=S.AWARD_PROPOSED, target=S.RANKED, permission=may.decide_award)
    def return_proposal(self, *, now: datetime, actor: Any) -> None:
        """Send the proposal back to the committee with a reason."""

    @transition(
        state,
        source=S.AWARD_PROPOSED,
        target=S.AWARD_DECIDED,
        conditions=awarding.DECIDABLE,
        permission=may.decide_award,
    )
    def decide_award(self, *, now: datetime, actor: Any) -> None:
        """Decide the award; nothing is sent yet."""

    @transition(
        state, source=S.AWARD_DECIDED, target=S.STANDSTILL, conditions=awarding.NOTIFIED, permission=may.send_letters
    )
    def start_standstill(self, *, now: datetime, actor: Any) -> None:
        """Begin the standstill: every letter has gone."""
        self.next_check_at = self.standstill_until

    @transition(
        state, source=S.STANDSTILL, target=S.AWARDED, conditions=awarding.STANDSTILL_OVER, permission=may.close_call
    )
    def award(self, *, now: datetime, actor: Any) -> None:
        """Make the award final when the standstill is over."""
        self.awarded_at, self.next_check_at = now, None

    @transition(state, source=[S.STANDSTILL, S.AWARDED], target=S.RANKED, permission=may.decide_award)
    def reopen_ranking(self, *, now: datetime, actor: Any) -> None:
        """Go back to the ranking when the winner withdraws or cannot prove what was declared."""
        self.standstill_until = self.awarded_at = self.next_check_at = None

    @transition(
        state, source=S.AWARDED, target=S.CONTRACTED, conditions=awarding.CONTRACTABLE, permission=may.record_contract
    )
    def record_contract(self, *, now: datetime, actor: Any) -> None:
        """Record the signed contract."""

    @transition(
        state, source=S.CONTRACTED, target=S.ARCHIVED, conditions=awarding.ARCHIVABLE, permission=may.archive_call
    )
    def archive(self, *, now: datetime, actor: Any) -> None:
        """Close the file with an index of every paper and its digest."""
        self.ended_at = now

    @transition(
        state,
        source=[S.OPENED, S.COMPLIANCE, S.EVALUATION, S.CONSENSUS, S.TECHNICAL_SIGNED, S.FINANCIAL_OPENED, S.RANKED],
        target=S.UNSUCCESSFUL,
        conditions=awarding.UNSUCCESSFUL,
        permission=may.declare_unsuccessful,
    )
    def declare_unsuccessful(self, *, now: datetime, actor: Any) -> None:
        """End the call because nobody is left in the race."""
        self.ended_at, self.next_check_at = now, None

    @transition(
        state, source=CANCELLABLE, target=S.CANCELLED, conditions=awarding.CANCELLABLE, permission=may.cancel_call
    )
    def cancel(self, *, now: datetime, actor: Any) -> None:
        """End the call by a reasoned decision of two; what was sealed stays sealed."""
        self.ended_at, self.next_check_at = now, None
