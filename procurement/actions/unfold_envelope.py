"""Write what opened envelopes held into the columns that everybody who may reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from procurement.models import Document, Envelope, Submission
from procurement.queries.manifest import manifest_lines
from procurement.sealing.manifest import Manifest, SealedFile

TOLD = ["name", "media_type", "size", "sha256", "findings", "file_key"]


def unfold_envelopes(manifests: Mapping[Envelope, Manifest], *, now: datetime) -> None:
    """Keep, in the transaction of the opening, content and documents of these envelopes, and that they are open.

    The number of statements does not depend on how many there are. What S3 keeps stays sealed: with the keys written here
    its parts are opened when they are read.
    """
    submissions = Submission.objects.in_bulk({envelope.submission_id for envelope in manifests})
    files: dict[str, SealedFile] = {}
    for envelope, manifest in manifests.items():
        envelope.content, envelope.opened_at = dict(manifest.written), now
        submission = submissions[envelope.submission_id]
        submission.manifest = [*submission.manifest, *manifest_lines(envelope.kind, manifest)]
        files |= {file.id: file for file in manifest.files}
    Envelope.objects.bulk_update(manifests, ["content", "opened_at"], batch_size=500)
    Submission.objects.bulk_update(submissions.values(), ["manifest"], batch_size=500)
    documents = list(Document.objects.filter(file_id__in=list(files)))
    for document in documents:
        _fill(document, files[str(document.file_id)])
    Document.objects.bulk_update(documents, TOLD, batch_size=500)


def _fill(document: Document, file: SealedFile) -> None:
    document.name, document.media_type, document.size = file.name, file.media_type, file.size
    document.sha256, document.findings, document.file_key = file.sha256, list(file.findings), file.key
