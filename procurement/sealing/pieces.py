"""The committee's part of the key: split for every quorum of holders, released piece by piece, put together again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from hmac import compare_digest
from typing import Any

from procurement.sealing.canonical import decoded, encoded
from procurement.sealing.context import Binding
from procurement.sealing.header import checked, names_of
from procurement.sealing.primitives import KEY, open_with, seal_to
from procurement.sealing.problems import NotEnough, Unreadable, WrongPiece
from procurement.sealing.roster import Roster, subsets

Pieces = Mapping[str, Mapping[str, bytes]]  # holder -> subset -> piece


def split(secret: bytes, *, roster: Roster, binding: Binding) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Return the fields `holders` and `subsets` of a header.

    For every subset of `quorum` holders the secret is the XOR of as many random pieces; any smaller number of them says
    nothing. All pieces of a holder travel in one HPKE message, in the order of the subsets, for one is opened only with
    the others anyway.
    """
    names = tuple(holder.name for holder in roster.holders)
    own: dict[str, list[bytes]] = {name: [] for name in names}
    prints: dict[str, list[str]] = {}
    for subset, chosen in subsets(names, quorum=roster.quorum):
        parts = [secrets.token_bytes(KEY) for _ in chosen[1:]]
        parts.append(_xor([secret, *parts]))
        prints[subset] = [hashlib.sha256(part).hexdigest() for part in parts]
        for name, part in zip(chosen, parts, strict=True):
            own[name].append(part)
    holders = [
        {
            "name": holder.name,
            "fingerprint": holder.fingerprint,
            "pieces": encoded(seal_to(holder.public, b"".join(own[holder.name]), info=_bound(binding, holder.name))),
        }
        for holder in roster.holders
    ]
    return holders, prints


def release_pieces(header: Mapping[str, Any], *, holder: str, private: bytes, binding: Binding) -> dict[str, bytes]:
    """Return a holder's pieces by subset; Unreadable("key") for another key, ("header") or ("binding") for a wrong header."""
    found = checked(header, binding=binding)
    sealed = next((each["pieces"] for each in found["holders"] if each["name"] == holder), None)
    if sealed is None:
        raise Unreadable("key")
    plain = open_with(private, decoded(sealed), info=_bound(binding, holder))
    mine = [name for name, chosen in _subsets_of(found) if holder in chosen]
    return {name: plain[at * KEY : (at + 1) * KEY] for at, name in enumerate(mine)}


def join_pieces(header: Mapping[str, Any], *, pieces: Pieces, binding: Binding) -> bytes:
    """Return the committee's part from the first subset whose pieces are all right.

    NotEnough when fewer than the quorum have released; WrongPiece when enough have, but no subset is right throughout.
    """
    found = checked(header, binding=binding)
    wrong = set(wrong_pieces(found, pieces=pieces, binding=binding))
    complete = [
        (name, chosen) for name, chosen in _subsets_of(found) if all(name in pieces.get(each, {}) for each in chosen)
    ]
    for name, chosen in complete:
        if not any((each, name) in wrong for each in chosen):
            return _xor([pieces[each][name] for each in chosen])
    if complete:
        raise WrongPiece(tuple(sorted(wrong)))
    raise NotEnough


def wrong_pieces(header: Mapping[str, Any], *, pieces: Pieces, binding: Binding) -> tuple[tuple[str, str], ...]:
    """Return (holder, subset) of every released piece that is not the one sealed for that holder."""
    found = checked(header, binding=binding)
    return tuple(
        (holder, subset)
        for subset, chosen in _subsets_of(found)
        for holder, sha256 in zip(chosen, found["subsets"][subset], strict=True)
        if subset in pieces.get(holder, {}) and not _is(pieces[holder][subset], sha256)
    )


def _subsets_of(header: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return subsets(names_of(header), quorum=header["quorum"])


def _is(piece: bytes, sha256: str) -> bool:
    return len(piece) == KEY and compare_digest(hashlib.sha256(piece).hexdigest(), sha256)


def _bound(binding: Binding, holder: str) -> bytes:
    return binding.context("pieces", holder)


def _xor(parts: list[bytes]) -> bytes:
    total = 0
    for part in parts:
        total ^= int.from_bytes(part, "big")
    return total.to_bytes(KEY, "big")
