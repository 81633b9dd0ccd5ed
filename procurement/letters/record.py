"""A paper as JSON and back, so that a stored row can be rendered again, byte for byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

P = TypeVar("P")


class InvalidPaper(ValueError):
    """A paper's facts do not have the declared shape; the message begins with the field's path."""


def as_json(paper: object) -> dict[str, Any]:
    """Write a paper as plain JSON values: figures as strings, instants in UTC; refuses naive
    datetimes, figures that are not finite, and any value that is not of the declared type."""
    return cast(dict[str, Any], _written(paper, type(paper), type(paper).__name__))


def from_json(paper_class: type[P], written: Mapping[str, Any]) -> P:
    """Read a paper back; refuses unknown and missing fields and values of another type."""
    return cast(P, _read(written, paper_class, paper_class.__name__))


def fingerprint(paper: object, *, kind: str, version: str) -> str:
    """SHA-256 (64 hex) of a paper's facts, its kind and its template version."""
    whole = {"kind": kind, "template": version, "paper": as_json(paper)}
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


@cache
def _hints(paper_class: type) -> dict[str, Any]:
    return get_type_hints(paper_class)


def _without_none(hint: Any) -> tuple[Any, bool]:
    options = get_args(hint)
    if type(None) not in options:
        return hint, False
    return next(option for option in options if option is not type(None)), True


def _written(value: object, hint: Any, path: str) -> Any:
    hint, optional = _without_none(hint)
    if value is None and optional:
        return None
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple):
            raise InvalidPaper(f"{path}: a tuple is expected, not {type(value).__name__}")
        item = get_args(hint)[0]
        return [_written(one, item, f"{path}[{at}]") for at, one in enumerate(value)]
    if is_dataclass(hint):
        if type(value) is not hint:
            raise InvalidPaper(f"{path}: {hint} is expected, not {type(value).__name__}")
        return {
            field.name: _written(getattr(value, field.name), _hints(type(value))[field.name], f"{path}.{field.name}")
            for field in fields(hint)
        }
    return _scalar(_checked(value, hint, path))


def _checked(value: object, hint: Any, path: str) -> object:
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise InvalidPaper(f"{path}: {value!r} is not one of {get_args(hint)}")
        return value
    if type(value) is not hint:
        raise InvalidPaper(f"{path}: {hint.__name__} is expected, not {type(value).__name__}")
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise InvalidPaper(f"{path}: an instant needs its zone")
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) <= 40):
        raise InvalidPaper(f"{path}: a figure must be finite and of a human size")
    return value


def _scalar(value: object) -> object:
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: Decimal) -> str:
    # Equal figures are written alike: 14000.00 and 14000 give one fingerprint.
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def _read(value: Any, hint: Any, path: str) -> Any:
    hint, optional = _without_none(hint)
    if value is None and optional:
        return None
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise InvalidPaper(f"{path}: a list is expected, not {type(value).__name__}")
        item = get_args(hint)[0]
        return tuple(_read(one, item, f"{path}[{at}]") for at, one in enumerate(value))
    if is_dataclass(hint):
        return _read_object(value, cast(type, hint), path)
    return _checked(_parsed(value, hint, path), hint, path)


def _read_object(value: Any, paper_class: type, path: str) -> Any:
    if not isinstance(value, Mapping):
        raise InvalidPaper(f"{path}: an object is expected, not {type(value).__name__}")
    known = {field.name: field for field in fields(paper_class)}
    for name in value:
        if name not in known:
            raise InvalidPaper(f"{path}.{name}: unknown field")
    for name, field in known.items():
        if name not in value and field.default is MISSING and field.default_factory is MISSING:
            raise InvalidPaper(f"{path}.{name}: missing field")
    hints = _hints(paper_class)
    return paper_class(**{name: _read(one, hints[name], f"{path}.{name}") for name, one in value.items()})


def _parsed(value: Any, hint: Any, path: str) -> Any:
    if hint not in (Decimal, datetime, date):
        return value
    if not isinstance(value, str):
        raise InvalidPaper(f"{path}: a string is expected, not {type(value).__name__}")
    try:
        return Decimal(value) if hint is Decimal else hint.fromisoformat(value)
    except (ValueError, InvalidOperation) as error:
        raise InvalidPaper(f"{path}: {value!r} is not a {hint.__name__}") from error
