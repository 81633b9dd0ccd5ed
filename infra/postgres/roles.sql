-- Roles of the database, and what each may do. Once, as a superuser of the server, on an empty database:
--   psql -v ON_ERROR_STOP=1 -d appel -f infra/postgres/roles.sql
-- then give each role its password (\password appel) and run `manage.py migrate` with the address of appel_owner.
-- The file can be run again: after each upgrade it brings the rights of new tables up to date.

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['appel_owner', 'appel', 'appel_lock', 'appel_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

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

-- The server lock: it looks at what its rules ask, and counts what it releases.
GRANT USAGE ON SCHEMA public TO appel_lock;
SELECT format('GRANT %s ON %I TO appel_lock', right_, name)
FROM (VALUES
  ('SELECT', 'procurement_call'), ('SELECT', 'procurement_publisheddeadline'), ('SELECT', 'procurement_openingsession'),
  ('SELECT', 'procurement_presence'), ('SELECT', 'procurement_application'), ('SELECT', 'procurement_submission'),
  ('SELECT', 'procurement_envelope'), ('SELECT', 'procurement_keyholder'), ('SELECT', 'procurement_piecerelease'),
  ('SELECT', 'procurement_latedecision'),
  ('SELECT, INSERT', 'procurement_lockrelease')
) AS wanted(right_, name)
WHERE to_regclass('public.' || name) IS NOT NULL
\gexec
SELECT 'GRANT USAGE ON SEQUENCE procurement_lockrelease_id_seq TO appel_lock'
WHERE to_regclass('public.procurement_lockrelease_id_seq') IS NOT NULL
\gexec

-- Backups: reads everything, writes nothing.
GRANT pg_read_all_data TO appel_backup;
