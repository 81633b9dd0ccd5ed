"""The log is sealed: events wait for the sealer, leaves and checkpoints are written once, a body may be erased and nothing else."""

import django.db.models.deletion
from django.db import migrations, models

WAIT = """
CREATE FUNCTION workflow_event_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO workflow_auditwaiting (event_id) SELECT id FROM fresh;
  RETURN NULL;
END $$;
CREATE TRIGGER event_waits AFTER INSERT ON workflow_auditevent
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION workflow_event_waits();
INSERT INTO workflow_auditwaiting (event_id) SELECT id FROM workflow_auditevent;
"""
WAIT_NO_MORE = """
DROP TRIGGER event_waits ON workflow_auditevent;
DROP FUNCTION workflow_event_waits();
"""

KEPT = """
CREATE TRIGGER leaf_written_once BEFORE UPDATE OR DELETE ON workflow_auditleaf
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER leaf_never_emptied BEFORE TRUNCATE ON workflow_auditleaf
  FOR EACH STATEMENT EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER seal_written_once BEFORE UPDATE OR DELETE ON workflow_auditseal
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER seal_never_emptied BEFORE TRUNCATE ON workflow_auditseal
  FOR EACH STATEMENT EXECUTE FUNCTION workflow_written_once();
CREATE TRIGGER salt_never_emptied BEFORE TRUNCATE ON workflow_auditsalt
  FOR EACH STATEMENT EXECUTE FUNCTION workflow_written_once();
"""
DROP_KEPT = """
DROP TRIGGER salt_never_emptied ON workflow_auditsalt;
DROP TRIGGER seal_never_emptied ON workflow_auditseal;
DROP TRIGGER seal_written_once ON workflow_auditseal;
DROP TRIGGER leaf_never_emptied ON workflow_auditleaf;
DROP TRIGGER leaf_written_once ON workflow_auditleaf;
"""

ERASE = """
CREATE FUNCTION workflow_is_being_erased(event bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM workflow_auditevent
    WHERE subject_type = 'workflow_auditevent' AND subject_id = '' AND txid = pg_current_xact_id()::text::bigint
      AND act = 'erase_event_bodies' AND outcome = 'done' AND details->'events' @> to_jsonb(event)
  ) AND EXISTS (SELECT 1 FROM workflow_auditleaf WHERE event_id = event)
$$;
CREATE FUNCTION workflow_event_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.act <> 'erase_event_bodies' AND NEW.actor_id IS NULL AND NEW.details = '{"erased": true}'
      AND (NEW.subject_id = OLD.subject_id
           OR (NEW.subject_id = '' AND OLD.subject_type IN ('accounts_user', 'experts_expert')))
      AND (NEW.id, NEW.at, NEW.act, NEW.subject_type, NEW.scope, NEW.source, NEW.target, NEW.outcome, NEW.reasons, NEW.txid)
        IS NOT DISTINCT FROM
          (OLD.id, OLD.at, OLD.act, OLD.subject_type, OLD.scope, OLD.source, OLD.target, OLD.outcome, OLD.reasons, OLD.txid)
      AND workflow_is_being_erased(OLD.id)
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'events are written once: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION workflow_salt_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF workflow_is_being_erased(OLD.event_id) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'events are written once: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER event_written_once ON workflow_auditevent;
CREATE TRIGGER event_written_once BEFORE UPDATE OR DELETE ON workflow_auditevent
  FOR EACH ROW EXECUTE FUNCTION workflow_event_kept();
CREATE TRIGGER salt_written_once BEFORE UPDATE OR DELETE ON workflow_auditsalt
  FOR EACH ROW EXECUTE FUNCTION workflow_salt_kept();
"""
ERASE_NO_MORE = """
DROP TRIGGER salt_written_once ON workflow_auditsalt;
DROP TRIGGER event_written_once ON workflow_auditevent;
CREATE TRIGGER event_written_once BEFORE UPDATE OR DELETE ON workflow_auditevent
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
DROP FUNCTION workflow_salt_kept();
DROP FUNCTION workflow_event_kept();
DROP FUNCTION workflow_is_being_erased(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_events_are_written_once")]
    operations = [
        migrations.CreateModel(
            name="AuditLeaf",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="workflow.auditevent"
                    ),
                ),
                ("commitment", models.BinaryField(max_length=32)),
                ("leaf", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSalt",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="salt",
                        serialize=False,
                        to="workflow.auditevent",
                    ),
                ),
                ("salt", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("tree_size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("peaks", models.BinaryField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                ("day", models.DateField(null=True, unique=True)),
            ],
            options={"indexes": [models.Index(fields=["-at"], name="seal_at")]},
        ),
        migrations.CreateModel(
            name="AuditWaiting",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="workflow.auditevent",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(WAIT, WAIT_NO_MORE),
        migrations.RunSQL(KEPT, DROP_KEPT),
        migrations.RunSQL(ERASE, ERASE_NO_MORE),
    ]
