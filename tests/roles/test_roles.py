"""The roles of the database: the product and the lock do their work with theirs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, IntegrityConstraintViolation

from procurement.lock.reading import ENVELOPES, PIECES, SESSION
from procurement.lock.releasing import WRITTEN
from tests.roles.server import ServerWithRoles
from tests.running_lock import TOKEN, running_lock

LOCK = "appel_lock"
# Of these tables the lock reads some columns; the others of them, and every other table, it does not.
READ = {
    "procurement_call", "procurement_publisheddeadline", "procurement_openingsession", "procurement_presence",
    "procurement_application", "procurement_submission", "procurement_latedecision", "procurement_envelope",
    "procurement_keyholder", "procurement_piecerelease",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerWithRoles]:
    """A server on which an installation was made as docs/operations.md says, and a call was opened since."""
    made = ServerWithRoles.begun(tmp_path_factory.mktemp("roles"))
    try:
        for _ in range(2):
            done = made.roles()
            assert done.returncode == 0, done.stderr
        made.run("appel_owner", "manage.py", "migrate", "--verbosity", "0")
        done = made.roles()
        assert done.returncode == 0, done.stderr
        yield made
    finally:
        made.child.stop()


@pytest.fixture(scope="module")
def told(server: ServerWithRoles) -> Any:
    """What a life of a call up to the opening told, with the web's role and a lock that has its own."""
    server.play("appel_owner", "clock_of_tests")
    with server.connected("appel_owner") as owner:
        owner.execute(f"GRANT SELECT ON workflow_clockshift TO {LOCK}")  # app_now() reads it in tests alone
    own = {"LOCK_DATABASE_URL": server.address(LOCK), "LOCK_DATABASE_PASSWORD_FILE": str(server.word(LOCK))}
    with running_lock(**own) as lock:
        played = server.play("appel", "opened", LOCK_URL=lock.address, LOCK_TOKEN=TOKEN)
    with server.connected("appel_owner") as owner:
        owner.execute(f"REVOKE ALL ON workflow_clockshift FROM {LOCK}")
    server.play("appel_owner", "clock_fixed")
    return played


def refused(connection: psycopg.Connection[Any], statement: Any) -> bool:
    try:
        connection.execute(statement)
    except InsufficientPrivilege:
        return True
    return False


def tables(server: ServerWithRoles) -> dict[str, list[str]]:
    asked = "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1"
    with server.connected("appel_owner") as owner:
        return dict(owner.execute(asked).fetchall())


def test_a_call_is_opened_by_a_lock_and_a_product_with_no_more_than_their_roles(told: Any) -> None:
    assert told["opened"] == ["Ana Applicant", "Ben Applicant"]
    assert told["released"] == [[told["session"], 2]]


def test_the_lock_reads_no_table_that_its_rules_do_not_ask_and_writes_none(server: ServerWithRoles) -> None:
    found = tables(server)
    assert found.keys() > READ
    with server.connected(LOCK) as lock:
        for table, columns in found.items():
            name, column = sql.Identifier(table), sql.Identifier(columns[0])
            assert refused(lock, sql.SQL("SELECT * FROM {}").format(name)), table
            assert refused(lock, sql.SQL("UPDATE {} SET {} = DEFAULT").format(name, column)), table
            assert refused(lock, sql.SQL("DELETE FROM {}").format(name)), table
            assert refused(lock, sql.SQL("TRUNCATE {}").format(name)), table
            assert table == "procurement_lockrelease" or refused(
                lock, sql.SQL("INSERT INTO {} DEFAULT VALUES").format(name)
            )
            assert table in READ or all(
                refused(lock, sql.SQL("SELECT {} FROM {}").format(sql.Identifier(one), name)) for one in columns
            ), table


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("procurement_envelope", ("content", "sealed", "key_check", "unreadable", "saved_parts")),
        ("procurement_application", ("user_id", "organisation_id", "label")),
        ("procurement_submission", ("receipt_number", "submitted_at")),
        ("procurement_keyholder", ("public_key",)),
    ],
)
def test_the_lock_reads_no_word_of_an_envelope_and_nobodys_name(
    server: ServerWithRoles, table: str, columns: tuple[str, ...]
) -> None:
    with server.connected(LOCK) as lock:
        for column in columns:
            asked = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table))
            with pytest.raises(InsufficientPrivilege):
                lock.execute(asked)


@pytest.mark.parametrize("role", ["appel", "appel_lock", "appel_backup"])
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE workflow_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER event_written_once ON workflow_auditevent",
        "TRUNCATE workflow_auditevent CASCADE",
        "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT clock_timestamp() $$",
        "CREATE TABLE another (id int)",
        "SET session_replication_role = replica",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_only_the_owner_makes_or_takes_away_what_keeps_the_log(
    server: ServerWithRoles, role: str, statement: str
) -> None:
    with server.connected(role) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE workflow_auditevent SET act = 'x'", "DELETE FROM workflow_auditevent"])
def test_what_is_written_once_no_role_writes_again(server: ServerWithRoles, told: Any, statement: str) -> None:
    for role in ("appel", "appel_owner"):
        with server.connected(role) as connection, pytest.raises(IntegrityConstraintViolation):
            connection.execute(statement)
    for role in (LOCK, "appel_backup"):
        with server.connected(role) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(statement)


def test_backups_read_everything(server: ServerWithRoles, told: Any) -> None:
    with server.connected("appel_backup") as backup:
        for table in tables(server):
            backup.execute(sql.SQL("SELECT FROM {}").format(sql.Identifier(table)))
        with pytest.raises(InsufficientPrivilege):
            backup.execute("INSERT INTO workflow_clockshift DEFAULT VALUES")


def test_a_password_that_is_changed_holds_at_once_and_an_empty_one_is_refused(server: ServerWithRoles) -> None:
    before, file = server.password(LOCK), server.word(LOCK)
    file.write_text("another one\n")
    assert server.roles().returncode == 0
    server.connected(LOCK).close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.address(LOCK), password=before)
    file.write_text("")
    done = server.roles()
    assert (done.returncode, "password of appel_lock" in done.stderr) == (2, True)
    file.write_text(before)
    assert server.roles().returncode == 0


def test_no_right_of_the_lock_is_more_than_its_statements_need(server: ServerWithRoles, told: Any) -> None:
    """Each column that is taken away stops one of them."""
    asked = (
        "SELECT privilege_type, table_name, column_name FROM information_schema.column_privileges WHERE grantee = %s"
    )
    with server.connected("appel_owner") as owner, server.connected(LOCK) as lock:
        rights = owner.execute(asked, [LOCK]).fetchall()
        assert {table for _right, table, _column in rights} == READ | {"procurement_lockrelease"}
        assert not stopped(lock)
        for right, table, column in rights:
            named = [sql.SQL(right), sql.Identifier(column), sql.Identifier(table), sql.Identifier(LOCK)]
            owner.execute(sql.SQL("REVOKE {} ({}) ON {} FROM {}").format(*named))
            assert stopped(lock), (right, table, column)
            owner.execute(sql.SQL("GRANT {} ({}) ON {} TO {}").format(*named))


def stopped(lock: psycopg.Connection[Any]) -> bool:
    """Tell whether the lock may not run one of its statements."""
    statements = [(SESSION, [1]), (ENVELOPES, [1, "technical"]), (PIECES, [1]), (WRITTEN, [1, "[]", "{}"])]
    cursor = psycopg.ClientCursor(lock)
    try:
        for statement, values in statements:
            cursor.execute("EXPLAIN " + statement, values)
    except InsufficientPrivilege:
        return True
    return False
