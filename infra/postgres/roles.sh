#!/bin/sh
# Makes the roles of the database and gives each the password in its file: before the first migration, after each, and
# whenever a password is changed. PGHOST, PGPORT and PGDATABASE say where, PGUSER a superuser there. SECRETS is the folder
# with a file for each password: postgres (the superuser's), appel_owner, appel, appel_lock, appel_backup.
set -eu
here=$(dirname "$0")
secrets=${SECRETS:-/run/secrets}

for role in postgres appel_owner appel appel_lock appel_backup; do
    if ! [ -s "$secrets/$role" ]; then
        echo "$secrets/$role is missing or empty: it holds the password of $role." >&2
        exit 2
    fi
done

PGPASSWORD=$(cat "$secrets/postgres")
export PGPASSWORD
psql -X -q -v ON_ERROR_STOP=1 -f "$here/roles.sql"
for role in appel_owner appel appel_lock appel_backup; do
    # By the environment: what stands on a command line every user of the machine can read. Not logged either.
    ROLE="$role" WORD=$(cat "$secrets/$role") psql -X -q -v ON_ERROR_STOP=1 <<'SQL'
\getenv role ROLE
\getenv word WORD
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
ALTER ROLE :"role" PASSWORD :'word';
SQL
done
