"""Who writes the state or the deadline of a call holds its exclusive lock, and a deadline that was published only moves later."""

from django.db import migrations

HELD = """
CREATE FUNCTION procurement_holds_call(call bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND pid = pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid = 1 AND objid = call::oid AND objsubid = 2
  )
$$;
CREATE FUNCTION procurement_call_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT procurement_holds_call(NEW.id) THEN
    RAISE EXCEPTION 'who writes the state or the deadline of a call holds its lock: % on call % is refused', TG_OP, NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.deadline IS DISTINCT FROM OLD.deadline AND EXISTS (
    SELECT 1 FROM procurement_publisheddeadline
    WHERE call_id = NEW.id AND (NEW.deadline IS NULL OR deadline > NEW.deadline)
  ) THEN
    RAISE EXCEPTION 'a published deadline only moves later' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER call_is_held BEFORE UPDATE ON procurement_call FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.deadline IS DISTINCT FROM NEW.deadline)
  EXECUTE FUNCTION procurement_call_is_held();
CREATE OR REPLACE FUNCTION procurement_deadline_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT procurement_holds_call(NEW.call_id) THEN
    RAISE EXCEPTION 'who publishes a deadline holds the lock of its call' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM procurement_publisheddeadline WHERE call_id = NEW.call_id AND deadline > NEW.deadline) THEN
    RAISE EXCEPTION 'a published deadline only moves later' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
NOT_HELD = """
CREATE OR REPLACE FUNCTION procurement_deadline_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM procurement_publisheddeadline WHERE call_id = NEW.call_id AND deadline > NEW.deadline) THEN
    RAISE EXCEPTION 'a published deadline only moves later' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER call_is_held ON procurement_call;
DROP FUNCTION procurement_call_is_held();
DROP FUNCTION procurement_holds_call(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("procurement", "0011_search_without_accents")]
    operations = [migrations.RunSQL(HELD, NOT_HELD)]
