"""Parts of files: sealed while they stream, opened alone, at their own place only; sizes hidden."""

import random
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement import sealing
from procurement.sealing.padding import PART_SIZE, STEP, padded_size, stripped

PLACE = sealing.PartContext("AO-1", "CAND-7", "technical", "file-1", 0, last=True)
KEY = sealing.new_file_key()
MIB = 1024 * 1024


@pytest.mark.parametrize("size", [0, 1, 16 * 1024 - 8, 16 * 1024, STEP - 1, STEP, STEP + 1, MIB, MIB + 1, PART_SIZE])
def test_a_part_comes_back(size):
    plain = random.Random(size).randbytes(size)
    sealed = sealing.seal_part(plain, key=KEY, context=PLACE)

    assert sealing.open_part(sealed, key=KEY, context=PLACE) == plain
    assert len(sealed) == sealing.sealed_size(size)


def test_a_file_of_several_parts():
    plain = random.Random(1).randbytes(2 * PART_SIZE + 5)
    parts = sealing.parts_of(len(plain))
    places = [replace(PLACE, part=number, last=number == parts - 1) for number in range(parts)]
    sealed = [
        sealing.seal_part(plain[place.part * PART_SIZE : (place.part + 1) * PART_SIZE], key=KEY, context=place)
        for place in places
    ]

    opened = b"".join(
        sealing.open_part(each, key=KEY, context=place) for each, place in zip(sealed, places, strict=True)
    )
    assert opened == plain
    assert sum(len(each) for each in sealed) == sealing.sealed_size(len(plain))
    with pytest.raises(sealing.Unreadable):
        sealing.open_part(sealed[0], key=KEY, context=places[1])


def test_parts_of():
    assert [sealing.parts_of(size) for size in (0, 1, PART_SIZE, PART_SIZE + 1, 3 * PART_SIZE)] == [1, 1, 1, 2, 3]


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, call="AO-2"),
        replace(PLACE, application="CAND-8"),
        replace(PLACE, envelope="financial"),
        replace(PLACE, file="file-2"),
        replace(PLACE, part=1),
        replace(PLACE, last=False),
    ],
)
def test_a_part_at_another_place_is_refused(place):
    sealed = sealing.seal_part(b"content", key=KEY, context=PLACE)
    with pytest.raises(sealing.Unreadable):
        sealing.open_part(sealed, key=KEY, context=place)


def test_a_part_under_another_key_cut_or_altered_is_refused():
    sealed = sealing.seal_part(b"content", key=KEY, context=PLACE)
    dice = random.Random(3)
    wrong = [sealed[:-1], sealed[: 16 * 1024], b"", sealed + b"x"]
    for _ in range(40):
        altered = bytearray(sealed)
        altered[dice.randrange(len(sealed))] ^= 1 << dice.randrange(8)
        wrong.append(bytes(altered))
    for each in wrong:
        with pytest.raises(sealing.Unreadable):
            sealing.open_part(each, key=KEY, context=PLACE)
    with pytest.raises(sealing.Unreadable):
        sealing.open_part(sealed, key=sealing.new_file_key(), context=PLACE)


def test_only_the_last_part_may_be_short_and_none_too_long():
    with pytest.raises(ValueError, match="short"):
        sealing.seal_part(b"x", key=KEY, context=replace(PLACE, last=False))
    with pytest.raises(ValueError, match="8 MiB"):
        sealing.PartSealer(key=KEY, context=PLACE).update(bytes(PART_SIZE + 1))


def test_padding_that_is_not_zero_or_not_as_long_as_it_says_is_refused():
    for padded in (b"abc\x00\x01" + (3).to_bytes(8, "big"), b"abc" + (4).to_bytes(8, "big"), b"\xff" * 8, b"", b"abc"):
        with pytest.raises(sealing.Unreadable, match="padding"):
            stripped(padded)


def test_sizes_are_in_steps():
    assert {padded_size(size) for size in (0, 1, 1000, STEP)} == {STEP}
    assert padded_size(STEP + 1) == 2 * STEP
    assert padded_size(20 * MIB + 1) == 20 * MIB + 512 * 1024
    assert padded_size(1000 * MIB + 1) == 1008 * MIB


@given(size=st.integers(min_value=1, max_value=2**40))
def test_padding_is_small_and_never_shorter_and_never_over_a_part(size):
    padded = padded_size(size)

    assert padded >= size
    assert padded - size < max(STEP, 0.12 * size)
    assert padded_size(padded) == padded
    assert padded - (sealing.parts_of(size) - 1) * PART_SIZE <= PART_SIZE


@settings(max_examples=40, deadline=None)
@given(plain=st.binary(max_size=100_000), cuts=st.lists(st.integers(min_value=1, max_value=30_000), min_size=1))
def test_a_part_may_arrive_in_any_pieces(plain, cuts):
    sealer = sealing.PartSealer(key=KEY, context=PLACE)
    sealed, at = b"", 0
    for number in range(len(plain) + 1):
        if at >= len(plain):
            break
        step = cuts[number % len(cuts)]
        sealed += sealer.update(plain[at : at + step])
        at += step
    sealed += sealer.finish()

    assert sealing.open_part(sealed, key=KEY, context=PLACE) == plain


def test_sealing_a_part_while_it_streams_holds_less_than_16_megabytes():
    chunk = bytes(STEP)
    tracemalloc.start()
    try:
        sealer = sealing.PartSealer(key=KEY, context=replace(PLACE, last=False))
        sealed = bytearray()
        for _ in range(PART_SIZE // STEP):
            sealed += sealer.update(chunk)
        sealed += sealer.finish()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(sealed) > PART_SIZE
    assert peak < 16_000_000
