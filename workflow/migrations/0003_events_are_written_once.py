"""The law if all Python is wrong: events are written once, and no state changes without its event."""

from django.db import migrations

WRITTEN_ONCE = """
CREATE FUNCTION workflow_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are written once: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_written_once BEFORE UPDATE OR DELETE ON workflow_auditevent
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON workflow_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION workflow_written_once();
"""
FORGET_WRITTEN_ONCE = """
DROP TRIGGER event_never_emptied ON workflow_auditevent;
DROP TRIGGER event_written_once ON workflow_auditevent;
DROP FUNCTION workflow_written_once();
"""

MOVES_WITH_EVENT = """
CREATE FUNCTION workflow_moves_with_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := CASE WHEN TG_OP = 'INSERT' THEN TG_ARGV[0] ELSE OLD.state END;
BEGIN
  IF NEW.state IS DISTINCT FROM before AND NOT EXISTS (
    SELECT 1 FROM workflow_auditevent
    WHERE subject_type = TG_TABLE_NAME AND subject_id = NEW.id::text AND outcome = 'done'
      AND target = NEW.state AND txid = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'the state of % % became % without its event', TG_TABLE_NAME, NEW.id, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_events_outbox_and_files")]
    operations = [
        migrations.RunSQL(WRITTEN_ONCE, FORGET_WRITTEN_ONCE),
        migrations.RunSQL(MOVES_WITH_EVENT, "DROP FUNCTION workflow_moves_with_event()"),
    ]
