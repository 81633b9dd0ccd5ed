"""Exactly the quorum opens: every subset of the holders, for every roster the format allows."""

from itertools import combinations

import pytest

from procurement import sealing
from tests.procurement.sealing.sealed import BINDING, Holders, manifest

SIZES = [(quorum, count) for count in range(2, 8) for quorum in range(2, count + 1)]


@pytest.mark.parametrize(("quorum", "count"), SIZES)
def test_every_subset_of_the_holders(quorum, count):
    holders = Holders(count, quorum)
    sealed = holders.seal(manifest())
    all_pieces = holders.released(sealed.header, *holders.private)
    ks = holders.server_part(sealed.header)
    opened = 0
    for size in range(count + 1):
        for chosen in combinations(holders.private, size):
            pieces = {name: all_pieces[name] for name in chosen}
            if size < quorum:
                with pytest.raises(sealing.NotEnough):
                    sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
            else:
                kc = sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
                opened += sealing.open_envelope(sealed.header, sealed.body, kc=kc, ks=ks, binding=BINDING) == manifest()

    assert opened == sum(1 for size in range(quorum, count + 1) for _ in combinations(range(count), size))


def test_fewer_pieces_than_the_quorum_say_nothing_even_put_together_by_hand():
    holders = Holders(4, 3)
    sealed = holders.seal(manifest())
    pieces = holders.released(sealed.header, *holders.private)
    kc = sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
    numbers = {int.from_bytes(piece, "big") for name in ("1", "2") for piece in pieces[name].values()}
    secret = int.from_bytes(kc, "big")

    assert secret not in numbers
    assert all(one ^ other != secret for one, other in combinations(numbers, 2))


def test_a_wrong_piece_is_named_and_another_subset_still_opens():
    holders = Holders(4, 2)
    sealed = holders.seal(manifest())
    pieces = holders.released(sealed.header, "1", "2", "3")
    pieces["1"] = {subset: bytes(32) for subset in pieces["1"]}

    kc = sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
    ks = holders.server_part(sealed.header)
    assert sealing.open_envelope(sealed.header, sealed.body, kc=kc, ks=ks, binding=BINDING) == manifest()
    assert sealing.wrong_pieces(sealed.header, pieces=pieces, binding=BINDING) == (
        ("1", "1+2"), ("1", "1+3"), ("1", "1+4"),
    )  # fmt: skip


def test_without_a_right_subset_the_wrong_piece_is_named():
    holders = Holders(3, 2)
    sealed = holders.seal(manifest())
    pieces = holders.released(sealed.header, "1", "3")
    pieces["3"]["1+3"] = pieces["3"]["1+3"][:-1] + b"?"

    with pytest.raises(sealing.WrongPiece) as problem:
        sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
    assert (problem.value.holder, problem.value.subset) == ("3", "1+3")


def test_the_committee_without_the_server_and_the_server_without_the_committee_open_nothing():
    holders = Holders(3, 2)
    sealed = holders.seal(manifest())
    kc = sealing.join_pieces(sealed.header, pieces=holders.released(sealed.header, "1", "2"), binding=BINDING)
    ks = holders.server_part(sealed.header)
    for wrong in ({"kc": kc, "ks": bytes(32)}, {"kc": bytes(32), "ks": ks}, {"kc": kc, "ks": b""}):
        with pytest.raises(sealing.Unreadable):
            sealing.open_envelope(sealed.header, sealed.body, binding=BINDING, **wrong)


@pytest.mark.parametrize(("quorum", "count"), [(1, 3), (4, 3), (2, 8), (1, 1), (0, 0)])
def test_a_roster_outside_two_to_seven_is_refused(quorum, count):
    with pytest.raises(ValueError, match="quorum"):
        Holders(count, quorum)


def test_the_same_name_or_the_same_key_twice_is_refused():
    one, other = sealing.HolderKey("1", bytes(32)), sealing.HolderKey("2", bytes([1] * 32))
    for holders in ((one, sealing.HolderKey("1", other.public)), (one, sealing.HolderKey("2", one.public))):
        with pytest.raises(ValueError, match="twice"):
            sealing.Roster(holders, 2)


@pytest.mark.parametrize("name", ["", "1+2", "a b", "é", "x" * 65])
def test_a_name_that_cannot_stand_in_a_subset_is_refused(name):
    with pytest.raises(ValueError, match="holder"):
        sealing.HolderKey(name, bytes(32))
