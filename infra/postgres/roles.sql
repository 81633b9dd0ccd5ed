-- Roles of the database, and what each may do, on the database that psql is connected to, as a superuser of the server:
-- once before the first migration, and again after each: it brings the rights on new tables up to date.
-- infra/postgres/roles.sh runs it and gives each role its password; by hand:
--   psql -v ON_ERROR_STOP=1 -d appel -f infra/postgres/roles.sql
-- then \password for each role.

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['appel_owner', 'appel', 'appel_lock', 'appel_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- One transaction: whoever asks meanwhile has the rights of before or those of now.
BEGIN;

-- The owner makes tables, triggers and functions. Only migrations and `manage.py fix_clock` use this role.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO appel_owner;

-- The product: web, worker and beat. It reads and writes rows; it owns nothing, so that it can neither switch a trigger
-- off, nor replace app_now(), nor empty a table.
GRANT USAGE ON SCHEMA public TO appel;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO appel;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO appel;
ALTER DEFAULT PRIVILEGES FOR ROLE appel_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO appel;
ALTER DEFAULT PRIVILEGES FOR ROLE appel_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO appel;

-- The server lock: it reads the columns that procurement/lock/reading.py names, and counts what it releases. What an
-- envelope says, sealed or opened, is not among them.
GRANT USAGE ON SCHEMA public TO appel_lock;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM appel_lock;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM appel_lock;
SELECT format('GRANT %s (%s) ON %I TO appel_lock', right_, columns, name)
FROM (VALUES
  ('SELECT', 'procurement_call', 'id, reference, state, deadline, quorum'),
  ('SELECT', 'procurement_publisheddeadline', 'call_id, deadline'),
  ('SELECT', 'procurement_openingsession', 'id, call_id, kind, ended_at'),
  ('SELECT', 'procurement_presence', 'session_id, holds_key, released_at'),
  ('SELECT', 'procurement_application', 'id, call_id, reference, state'),
  ('SELECT', 'procurement_submission', 'id, application_id, version, late, withdrawn_at'),
  ('SELECT', 'procurement_latedecision', 'application_id, asked_by_id, decided_by_id'),
  ('SELECT', 'procurement_envelope', 'id, application_id, submission_id, kind, header, opened_at'),
  ('SELECT', 'procurement_keyholder', 'id, member_id'),
  ('SELECT', 'procurement_piecerelease', 'session_id, envelope_id, holder_id, pieces'),
  ('INSERT', 'procurement_lockrelease', 'session_id, envelopes, refused, released_at')
) AS wanted(right_, name, columns)
WHERE to_regclass('public.' || name) IS NOT NULL
\gexec

-- Backups: reads everything, writes nothing.
GRANT pg_read_all_data TO appel_backup;

COMMIT;
