"""What applicants write and send is sealed: ciphertext in the rows, plain columns filled by the opening alone."""

from django.db import migrations, models

DROP_OLD = """
DROP TRIGGER submission_written_once ON procurement_submission;
"""
OLD = """
CREATE TRIGGER submission_written_once BEFORE UPDATE ON procurement_submission FOR EACH ROW
  WHEN (OLD.submitted_at <> NEW.submitted_at OR OLD.deadline <> NEW.deadline OR OLD.manifest::text <> NEW.manifest::text
        OR OLD.receipt_number <> NEW.receipt_number OR OLD.application_id <> NEW.application_id)
  EXECUTE FUNCTION workflow_written_once();
"""

# Digest and receipt are written once, in the transaction of the submission; the list of documents only grows, at an opening.
KEPT = """
CREATE TRIGGER submission_written_once BEFORE UPDATE ON procurement_submission FOR EACH ROW
  WHEN (OLD.submitted_at <> NEW.submitted_at OR OLD.deadline <> NEW.deadline OR OLD.receipt_number <> NEW.receipt_number
        OR OLD.application_id <> NEW.application_id OR OLD.version <> NEW.version OR OLD.mark <> NEW.mark
        OR (OLD.sha256 <> '' AND OLD.sha256 <> NEW.sha256)
        OR (OLD.receipt_sealed IS NOT NULL AND OLD.receipt_sealed IS DISTINCT FROM NEW.receipt_sealed)
        OR NOT NEW.manifest @> OLD.manifest)
  EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER envelope_written_once BEFORE UPDATE ON procurement_envelope FOR EACH ROW
  WHEN (OLD.submission_id IS NOT NULL AND (OLD.submission_id IS DISTINCT FROM NEW.submission_id
        OR OLD.header <> NEW.header OR OLD.sealed IS DISTINCT FROM NEW.sealed OR OLD.kind <> NEW.kind
        OR (OLD.opened_at IS NOT NULL AND (OLD.content <> NEW.content OR OLD.opened_at IS DISTINCT FROM NEW.opened_at))))
  EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER document_written_once BEFORE UPDATE ON procurement_document FOR EACH ROW
  WHEN (OLD.file_id <> NEW.file_id OR OLD.sealed IS DISTINCT FROM NEW.sealed
        OR (OLD.file_key IS NOT NULL AND (OLD.file_key IS DISTINCT FROM NEW.file_key OR OLD.name <> NEW.name
            OR OLD.sha256 <> NEW.sha256 OR OLD.size IS DISTINCT FROM NEW.size)))
  EXECUTE FUNCTION workflow_written_once();
ALTER TABLE procurement_envelope ALTER COLUMN sealed SET STORAGE EXTERNAL;
"""
DROP_KEPT = """
ALTER TABLE procurement_envelope ALTER COLUMN sealed SET STORAGE EXTENDED;
DROP TRIGGER document_written_once ON procurement_document;
DROP TRIGGER envelope_written_once ON procurement_envelope;
DROP TRIGGER submission_written_once ON procurement_submission;
"""

# Files that came before the seals are plain in the store; their rows say what they are.
FILL = """
UPDATE procurement_document d SET size = f.size, sha256 = f.sha256, media_type = f.media_type
  FROM workflow_storedfile f WHERE f.id = d.file_id;
"""
COLUMNS = [
    ("application", "key_check", models.CharField(max_length=64, blank=True, db_default="")),
    ("application", "code_noted_at", models.DateTimeField(null=True, blank=True)),
    ("envelope", "header", models.JSONField(default=dict, blank=True, db_default={})),
    ("envelope", "sealed", models.BinaryField(null=True, blank=True)),
    ("document", "sealed", models.BinaryField(null=True, blank=True)),
    ("document", "file_key", models.BinaryField(null=True, blank=True)),
    ("document", "media_type", models.CharField(max_length=120, blank=True, db_default="")),
    ("document", "size", models.PositiveBigIntegerField(null=True, blank=True)),
    ("document", "sha256", models.CharField(max_length=64, blank=True, db_default="")),
    ("submission", "version", models.PositiveIntegerField(default=1, db_default=1)),
    ("submission", "mark", models.CharField(max_length=64, blank=True, db_default="")),
    ("submission", "receipt_sealed", models.BinaryField(null=True, blank=True)),
]
CHANGED = [
    ("envelope", "content", models.JSONField(default=dict, blank=True)),
    ("document", "name", models.CharField(max_length=200, blank=True)),
    ("document", "findings", models.JSONField(default=list, blank=True)),
    ("submission", "manifest", models.JSONField(default=list, blank=True)),
]


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0013_deadlines_move_after_an_incident"),
        ("workflow", "0003_events_are_written_once"),
    ]
    operations = [
        *[migrations.AddField(model_name=model, name=name, field=field) for model, name, field in COLUMNS],
        *[migrations.AlterField(model_name=model, name=name, field=field) for model, name, field in CHANGED],
        migrations.RemoveField(model_name="envelope", name="content_sha256"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(DROP_OLD, OLD),
        migrations.RunSQL(KEPT, DROP_KEPT),
    ]
