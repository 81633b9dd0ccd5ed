"""What an application says, in one place for each envelope: sealed from the first letter, plain once it was opened."""

from __future__ import annotations

from django.db import models

from procurement.enums import EnvelopeKind, SealedIn


class Envelope(models.Model):
    """`submission` empty: the applicant's working copy, `sealed` under their own key. Otherwise: what was submitted,
    `header` and `sealed` as the format sealed-envelope/v1 has them, never changed again.

    `content` is empty until the opening: {"identity": {…}, "notes": {code: text}} or {"price": {days, rate, expenses,
    total}, "notes": {code: text}}. `documents` are those that the envelope lists.

    A financial working copy that is `sealed_in` a browser is under a key that never came here; `key_check` tells the right
    code for it from a wrong one.
    """

    PERSONAL = ("content",)

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="envelopes")
    submission = models.ForeignKey(
        "Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="envelopes"
    )
    kind = models.CharField(max_length=10, choices=EnvelopeKind.choices)
    header = models.JSONField(default=dict, blank=True, db_default={})
    sealed = models.BinaryField(null=True, blank=True)
    sealed_in = models.CharField(max_length=10, choices=SealedIn.choices, default=SealedIn.SERVER, db_default="server")
    key_check = models.CharField(max_length=64, blank=True, db_default="")
    content = models.JSONField(default=dict, blank=True)
    documents = models.ManyToManyField("Document", blank=True, related_name="envelopes")
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_parts = models.JSONField(
        default=dict, db_default={}
    )  # of the working copy: part -> instant of its last saving
    opened_at = models.DateTimeField(null=True, blank=True)
    unreadable = models.JSONField(default=dict, blank=True, db_default={})  # why it did not open, with what proves it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "submission"], nulls_distinct=False, name="one_envelope_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.kind}"
