"""Questions that many pages ask many times a second: their SQL is built once, only the values change.

Building a statement through the ORM costs several times what the database needs to answer it. What is written stays a
QuerySet; how Django turns rows into objects is its own code, see docs/adr/0012.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R")
PROBES: dict[type, Callable[[int], Any]] = {  # values that no row has and no other part of a statement
    int: lambda number: 7_340_000_000_000_000_000 + number,
    str: lambda number: f"\x00kept {number}",
    uuid.UUID: lambda number: uuid.UUID(int=number),
    datetime: lambda number: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
}


class NotKept(TypeError):
    """A question cannot be kept: a value changes the statement itself, or does not reach it as it is."""


class Statement:
    """SQL with the places of its values, and how its rows become objects."""

    def __init__(self, queryset: QuerySet[Any], probes: dict[str, Any]) -> None:
        compiler: SQLCompiler = queryset.query.get_compiler(connection=connection)
        self.sql, parameters = compiler.as_sql()
        names = {probe: name for name, probe in probes.items()}
        self._fixed = [None if _is_probe(one, names) else one for one in parameters]
        self._places = [(at, names[one]) for at, one in enumerate(parameters) if _is_probe(one, names)]
        if missing := set(probes) - {name for _at, name in self._places}:
            raise NotKept(f"{', '.join(sorted(missing))} of {queryset.model.__name__} does not reach the statement")
        self._converters = list(compiler.get_converters([one[0] for one in compiler.select]).items())
        self._rows = _maker(queryset, compiler)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        """Return what the database answers for these values."""
        parameters = list(self._fixed)
        for at, name in self._places:
            parameters[at] = values[name]
        here = connections[DEFAULT_DB_ALIAS]
        with here.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return list(self._rows(self._converted(rows, here)))

    def _converted(self, rows: Iterable[tuple[Any, ...]], here: BaseDatabaseWrapper) -> Iterator[Any]:
        for row in map(list, rows):
            for at, (functions, expression) in self._converters:
                for function in functions:
                    row[at] = function(row[at], expression, here)
            yield row


class Kept(Generic[R]):
    """A function of values that returns a QuerySet; called, it gives the list of what the QuerySet would give."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.queryset, self.__doc__ = build, build.__doc__
        self._built: tuple[dict[str, type], Statement] | None = None

    def __call__(self, **values: Any) -> list[R]:
        kinds = {name: type(value) for name, value in values.items()}
        if self._built is None:
            self._built = kinds, self._statement(kinds)
        known, statement = self._built
        if kinds != known:
            raise NotKept(f"{self.queryset.__qualname__}: values of {kinds}, and of {known} before")
        return statement.ask(values)

    def _statement(self, kinds: dict[str, type]) -> Statement:
        number = count()
        try:
            probes = {name: PROBES[kind](next(number)) for name, kind in kinds.items()}
        except KeyError as error:
            raise NotKept(f"{self.queryset.__qualname__}: no value of {error} can be kept") from error
        return Statement(self.queryset(**probes), probes)

    def one(self, **values: Any) -> R | None:
        """Return the first answer, None where there is none."""
        return next(iter(self(**values)), None)


def kept(build: Callable[..., QuerySet[Any]]) -> Kept[Any]:
    """Keep the statement of a function that returns a QuerySet of its keyword arguments."""
    return Kept(build)


def _is_probe(value: Any, names: dict[Any, str]) -> bool:
    return type(value) in PROBES and value in names


def _maker(queryset: QuerySet[Any], compiler: SQLCompiler) -> Callable[[Iterable[Any]], Iterable[Any]]:
    if queryset._iterable_class is ValuesListIterable:
        return lambda rows: map(tuple, rows)
    if queryset._iterable_class is FlatValuesListIterable:
        return lambda rows: (row[0] for row in rows)
    if queryset._iterable_class is not ModelIterable or queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise NotKept(f"{queryset.model.__name__}: neither objects nor lists of values")
    return _objects(compiler, queryset.db)


def _objects(compiler: SQLCompiler, using: str) -> Callable[[Iterable[Any]], Iterator[Model]]:
    known: Any = compiler.klass_info
    model, chosen = known["model"], known["select_fields"]
    first, last = chosen[0], chosen[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    beside = get_related_populators(known, compiler.select, using)  # type: ignore[call-arg]
    added = list((compiler.annotation_col_map or {}).items())

    def made(rows: Iterable[Any]) -> Iterator[Model]:
        for row in rows:
            found = model.from_db(using, names, row[first:last])
            for populator in beside:
                populator.populate(row, found)
            for name, at in added:
                setattr(found, name, row[at])
            yield found

    return made
