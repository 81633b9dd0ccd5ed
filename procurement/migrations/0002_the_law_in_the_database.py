"""What holds even if all Python is wrong: moves leave events, records are written once, deadlines only move later."""

from django.db import migrations

from workflow.machine import moves_with_event

WRITTEN_ONCE = ["enginerun", "signature", "publisheddeadline", "declaration"]

KEEP_SUBMISSION = """
CREATE TRIGGER submission_kept BEFORE DELETE ON procurement_submission
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER submission_written_once BEFORE UPDATE ON procurement_submission FOR EACH ROW
  WHEN (OLD.submitted_at <> NEW.submitted_at OR OLD.deadline <> NEW.deadline OR OLD.manifest::text <> NEW.manifest::text
        OR OLD.receipt_number <> NEW.receipt_number OR OLD.application_id <> NEW.application_id)
  EXECUTE FUNCTION workflow_written_once();
"""
DROP_SUBMISSION = """
DROP TRIGGER submission_written_once ON procurement_submission;
DROP TRIGGER submission_kept ON procurement_submission;
"""

LATER_ONLY = """
CREATE FUNCTION procurement_deadline_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM procurement_publisheddeadline WHERE call_id = NEW.call_id AND deadline > NEW.deadline) THEN
    RAISE EXCEPTION 'a published deadline only moves later' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deadline_only_later BEFORE INSERT ON procurement_publisheddeadline
  FOR EACH ROW EXECUTE FUNCTION procurement_deadline_only_later();
"""
DROP_LATER_ONLY = """
DROP TRIGGER deadline_only_later ON procurement_publisheddeadline;
DROP FUNCTION procurement_deadline_only_later();
"""

SIGNED_IS_FROZEN = """
CREATE FUNCTION procurement_signed_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sheet bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM procurement_scoresheet WHERE id = sheet AND state <> 'draft') THEN
    RAISE EXCEPTION 'the marks of a signed sheet are final' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON procurement_score
  FOR EACH ROW EXECUTE FUNCTION procurement_signed_is_frozen();
"""
DROP_FROZEN = """
DROP TRIGGER signed_is_frozen ON procurement_score;
DROP FUNCTION procurement_signed_is_frozen();
"""


def written_once(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON procurement_{table} "
        "FOR EACH ROW EXECUTE FUNCTION workflow_written_once()",
        f"DROP TRIGGER {table}_written_once ON procurement_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_the_procedure"), ("workflow", "0003_events_are_written_once")]
    operations = [
        moves_with_event("procurement_call", initial="draft"),
        moves_with_event("procurement_application", initial="draft"),
        moves_with_event("procurement_scoresheet", initial="draft"),
        moves_with_event("procurement_letter", initial="draft"),
        *[written_once(table) for table in WRITTEN_ONCE],
        migrations.RunSQL(KEEP_SUBMISSION, DROP_SUBMISSION),
        migrations.RunSQL(LATER_ONLY, DROP_LATER_ONLY),
        migrations.RunSQL(SIGNED_IS_FROZEN, DROP_FROZEN),
    ]
