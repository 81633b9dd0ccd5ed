"""Rows written as the ORM writes them, with statements that are built once: for what many people do in the same minute."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)


def insert(rows: Sequence[M], *, unique: str = "") -> Sequence[M]:
    """Write new rows of one model, and fill in what the database decided: keys, defaults, generated columns.

    `unique` names a column: a row whose value is there already is not written again, and gets the key of that one.
    """
    if not rows:
        return rows
    model, own = type(rows[0]), [_decided_here(row) for row in rows]
    if any(each != own[0] for each in own):
        raise ValueError(f"rows of {model.__name__} leave different columns to the database")
    told, names = _told(model, own[0]), own[0]
    sql = _insert(model, names, told, len(rows), unique)
    values = [_value(model, row, name, add=True) for row in rows for name in names]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        answers = cursor.fetchall()
    for row, answer in zip(rows, answers, strict=True):
        _fill(row, told, answer)
    return rows


def update(row: Model, *names: str) -> None:
    """Write columns of a row that is there, all that were read without names; refuses one that is gone."""
    model = type(row)
    chosen = names or _changeable(model, tuple(sorted(row.get_deferred_fields())))
    values = [_value(model, row, name, add=False) for name in chosen]
    with connection.cursor() as cursor:
        cursor.execute(_update(model, chosen), [*values, row.pk])
        if cursor.rowcount != 1:
            raise model.DoesNotExist(f"{model.__name__} {row.pk}")  # type: ignore[attr-defined]


def _decided_here(row: Model) -> tuple[str, ...]:
    columns = (field for field in row._meta.local_concrete_fields if not field.generated)
    return tuple(
        one.name
        for one in columns
        if not isinstance(row.__dict__.get(one.attname), DatabaseDefault)
        and not (one.primary_key and row.__dict__.get(one.attname) is None)
    )


@cache
def _told(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.local_concrete_fields if field.name not in names)


@cache
def _changeable(model: type[Model], left_out: tuple[str, ...]) -> tuple[str, ...]:
    columns = (one for one in model._meta.local_concrete_fields if not (one.primary_key or one.generated))
    return tuple(one.name for one in columns if one.attname not in left_out)


@cache
def _insert(model: type[Model], names: tuple[str, ...], told: tuple[str, ...], count: int, unique: str) -> str:
    marks = ", ".join(_placeholder(_field(model, name)) for name in names)
    return (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(_column(model, name) for name in names)}) "
        f"VALUES {', '.join([f'({marks})'] * count)}{_conflict(model, unique)} "
        f"RETURNING {', '.join(_column(model, name) for name in told) or '1'}"
    )


def _conflict(model: type[Model], unique: str) -> str:
    column = _column(model, unique) if unique else ""
    return f" ON CONFLICT ({column}) DO UPDATE SET {column} = EXCLUDED.{column}" if column else ""


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    key = _quoted(str(model._meta.pk.column))
    changes = ", ".join(f"{_column(model, name)} = {_placeholder(_field(model, name))}" for name in names)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {key} = %s"


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _column(model: type[Model], name: str) -> str:
    return _quoted(str(_field(model, name).column))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _placeholder(field: Field[Any, Any]) -> str:
    return f"%s::{field.db_type(connection)}" if hasattr(field, "get_placeholder") else "%s"


def _value(model: type[Model], row: Model, name: str, *, add: bool) -> Any:
    field = _field(model, name)
    return field.get_db_prep_save(field.pre_save(row, add=add), connection=connection)


def _fill(row: Model, told: tuple[str, ...], answer: tuple[Any, ...]) -> None:
    for name, value in zip(told, answer, strict=False):
        field = _field(type(row), name)
        for convert in field.get_db_converters(connection):
            value = convert(value, None, connection)
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
