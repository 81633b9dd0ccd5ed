"""An envelope opens where it was sealed, unaltered, with the right keys, and nowhere else."""

import copy
import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement import sealing
from procurement.sealing.canonical import canonical, parsed
from tests.procurement.sealing.sealed import BINDING, Holders, file, manifest

MOVED = [
    replace(BINDING, application="CAND-8"),
    replace(BINDING, call="AO-2026-002"),
    replace(BINDING, envelope="financial"),
    replace(BINDING, version=2),
]


@pytest.fixture(scope="module")
def holders():
    return Holders(3, 2)


@pytest.fixture(scope="module")
def sealed(holders):
    return holders.seal(manifest())


def test_it_opens_for_the_committee_and_the_server(holders, sealed):
    assert holders.open(sealed.header, sealed.body) == manifest()


def test_it_opens_for_the_applicant(holders, sealed):
    opened = sealing.open_own_envelope(sealed.header, sealed.body, own_key=holders.own_key, binding=BINDING)
    assert opened == manifest()


def test_it_comes_back_from_the_database_the_same(holders, sealed):
    header = json.loads(json.dumps(sealed.header, sort_keys=True))
    assert holders.open(header, sealed.body) == manifest()


def test_another_key_opens_nothing(holders, sealed):
    others = Holders(3, 2)
    for attempt in (
        lambda: sealing.release_pieces(sealed.header, holder="1", private=others.private["1"], binding=BINDING),
        lambda: sealing.release_pieces(sealed.header, holder="1", private=holders.private["2"], binding=BINDING),
        lambda: sealing.release_pieces(sealed.header, holder="9", private=holders.private["1"], binding=BINDING),
        lambda: others.server_part(sealed.header),
    ):
        with pytest.raises(sealing.Unreadable, match="key"):
            attempt()
    with pytest.raises(sealing.Unreadable):
        sealing.open_own_envelope(sealed.header, sealed.body, own_key=bytes(32), binding=BINDING)


@pytest.mark.parametrize("place", MOVED, ids=lambda place: f"{place.call}/{place.application}/{place.envelope}")
def test_an_envelope_moved_to_another_place_is_refused(holders, sealed, place):
    with pytest.raises(sealing.Unreadable, match="binding"):
        holders.open(sealed.header, sealed.body, binding=place)


@pytest.mark.parametrize("place", MOVED, ids=lambda place: f"{place.call}/{place.application}/{place.envelope}")
def test_also_when_its_header_is_rewritten(holders, sealed, place):
    header = sealed.header | {
        "call": place.call, "application": place.application, "envelope": place.envelope, "version": place.version,
    }  # fmt: skip
    for attempt in (
        lambda: holders.released(header, "1", binding=place),
        lambda: holders.server_part(header, binding=place),
        lambda: sealing.open_own_envelope(header, sealed.body, own_key=holders.own_key, binding=place),
    ):
        with pytest.raises(sealing.Unreadable):
            attempt()


def test_bodies_of_two_envelopes_cannot_be_exchanged(holders, sealed):
    other = holders.seal(manifest())
    with pytest.raises(sealing.Unreadable, match="body"):
        holders.open(sealed.header, other.body)
    with pytest.raises(sealing.Unreadable, match="body"):
        holders.open(sealed.header | {"body": other.header["body"]}, other.body)


def test_300_flipped_bits_are_each_refused(holders, sealed):
    dice = random.Random(20261129)
    written = canonical(sealed.header)
    for _ in range(150):
        altered = _flipped(written, dice)
        with pytest.raises((sealing.Unreadable, sealing.WrongPiece)):
            _open_written(holders, altered, sealed.body)
    for _ in range(150):
        body = _flipped(sealed.body, dice)
        with pytest.raises(sealing.Unreadable, match="body"):
            holders.open(sealed.header, body)


def test_flipped_bits_of_the_body_are_refused_even_when_its_hash_is_made_to_fit(holders, sealed):
    dice = random.Random(7)
    for _ in range(30):
        body = _flipped(sealed.body, dice)
        header = sealed.header | {"body": {"sha256": sealing.fingerprint(body), "size": len(body)}}
        with pytest.raises(sealing.Unreadable, match="body"):
            holders.open(header, body)


@pytest.mark.parametrize("length", [0, 1, 56, 1000, 16 * 1024, -17, -1])
def test_a_body_that_was_cut_is_refused(holders, sealed, length):
    body = sealed.body[:length]
    header = sealed.header | {"body": {"sha256": sealing.fingerprint(body), "size": max(len(body), 1)}}
    with pytest.raises(sealing.Unreadable, match="body"):
        holders.open(header, body)


def _altered(header, change):
    header = copy.deepcopy(header)
    change(header)
    return header


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.update(extra=1),
        lambda header: header.pop("own"),
        lambda header: header.update(format="sealed-envelope/v2"),
        lambda header: header.update(suite="X-Wing"),
        lambda header: header.update(sealed_in="elsewhere"),
        lambda header: header.update(version=True),
        lambda header: header.update(version="1"),
        lambda header: header.update(quorum=1),
        lambda header: header.update(quorum=3),
        lambda header: header.update(holders=[]),
        lambda header: header.update(holders=None),
        lambda header: header["holders"].pop(),
        lambda header: header["holders"][0].update(note="x"),
        lambda header: header["holders"][0].update(name="2"),
        lambda header: header["subsets"].pop("1+2"),
        lambda header: header["subsets"].update({"2+1": header["subsets"]["1+2"]}),
        lambda header: header["subsets"]["1+2"].append("0" * 64),
        lambda header: header["lock"].update(part=header["lock"]["part"][:-4]),
        lambda header: header.update(own=header["own"] + "\n"),
        lambda header: header["files"][0].pop("commitment"),
        lambda header: header["body"].update(size=-1),
    ],
)
def test_a_header_of_another_form_is_refused(sealed, holders, change):
    with pytest.raises(sealing.Unreadable, match="header"):
        holders.open(_altered(sealed.header, change), sealed.body)


def test_a_header_that_promises_other_files_is_refused(sealed, holders):
    for change in (
        lambda header: header["files"].clear(),
        lambda header: header["files"][0].update(commitment="0" * 64),
        lambda header: header["files"].append(header["files"][0]),
        lambda header: header.update(sealed_in="browser"),
    ):
        with pytest.raises(sealing.Unreadable, match="header"):
            holders.open(_altered(sealed.header, change), sealed.body)


@pytest.mark.parametrize("raw", [b'{"a":1,"a":2}', b'{"a":1.5}', b'{"a":NaN}', b"\xff", b"{", b""])
def test_json_is_read_strictly(raw):
    with pytest.raises(ValueError):  # noqa: PT011 (each for its own reason)
        parsed(raw)


@pytest.mark.parametrize("written", [{"a": 0.5}, {"a": [{"b": float("nan")}]}, {1: "a"}, {"a": 2**53}, {"a": "\ud800"}])
def test_what_has_no_single_spelling_is_not_sealed(holders, written):
    with pytest.raises(ValueError):  # noqa: PT011
        holders.seal(sealing.Manifest(written))


def test_the_size_says_nothing_below_a_step_and_the_names_are_nowhere(holders):
    short, long = (holders.seal(sealing.Manifest({"text": "é" * length}, (file(),))) for length in (1, 30_000))

    assert len(short.body) == len(long.body)
    assert canonical(short.header).decode().isascii()
    assert "CV – ".encode() not in canonical(short.header)
    assert b".pdf" not in canonical(short.header)
    assert b"application/pdf" not in canonical(short.header)


TEXT = st.text(max_size=40)
WRITTEN = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(written=WRITTEN, names=st.lists(TEXT, max_size=3))
def test_whatever_was_written_comes_back(written, names):
    holders = Holders(3, 2)
    sent = sealing.Manifest(written, tuple(file(name=name) for name in names))
    sealed = holders.seal(sent)

    assert holders.open(sealed.header, sealed.body) == sent


def _flipped(raw: bytes, dice: random.Random) -> bytes:
    altered = bytearray(raw)
    altered[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(altered)


def _open_written(holders: Holders, header: bytes, body: bytes) -> sealing.Manifest:
    """Open an envelope whose header lies in a file, as a reader does."""
    try:
        found = parsed(header)
    except ValueError as problem:
        raise sealing.Unreadable("header") from problem
    return holders.open(found, body)


@pytest.mark.parametrize("spelled", [" ".join(["ab"] * 32), "AB" * 32, "ab" * 32 + " "])
def test_a_digest_in_another_spelling_is_no_digest(holders, spelled):
    """A browser wrote it: what is longer than its column would stop the opening of everybody."""
    sealed = holders.seal(sealing.Manifest({}, (replace(file(), sha256=spelled),)))
    with pytest.raises(sealing.Unreadable, match="manifest"):
        holders.open(sealed.header, sealed.body)
