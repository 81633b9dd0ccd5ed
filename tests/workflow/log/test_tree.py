"""The tree: known roots, proofs of what is in it and of its growth, and no proof of anything else."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.log import tree
from workflow.log.tree import Tree, leaf_hash, node_hash, root_of

# The test vectors of Certificate Transparency: eight contents, and the root over the first n of them.
CONTENTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes([number])) for number in range(40)]
sizes = st.integers(1, len(LEAVES))


def test_the_roots_are_those_of_certificate_transparency() -> None:
    leaves = [leaf_hash(bytes.fromhex(content)) for content in CONTENTS]
    assert [root_of(leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert root_of([]) == sha256(b"").digest()


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, halves and all."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


@given(size=sizes)
def test_a_tree_that_grows_has_the_root_of_the_definition(size: int) -> None:
    assert root_of(LEAVES[:size]) == by_definition(LEAVES[:size])


@given(first=sizes, size=sizes)
def test_a_tree_goes_on_from_its_packed_peaks(first: int, size: int) -> None:
    begun = Tree()
    for leaf in LEAVES[:first]:
        begun.append(leaf)
    again = Tree.unpacked(begun.size, begun.packed())
    for leaf in LEAVES[first:size]:
        again.append(leaf)
    assert again.root() == root_of(LEAVES[: max(first, size)])


@pytest.mark.parametrize(("size", "packed"), [(3, b"x" * 32), (1, b"x" * 31), (0, b"x" * 32)])
def test_peaks_that_do_not_fit_the_size_are_refused(size: int, packed: bytes) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Tree.unpacked(size, packed)


@given(size=sizes, index=st.integers(0, len(LEAVES) - 1), other=st.integers(0, len(LEAVES) - 1))
def test_a_proof_places_its_entry_and_no_other(size: int, index: int, other: int) -> None:
    index, other = index % size, other % size
    proof, root = tree.inclusion_proof(LEAVES[:size], index=index), root_of(LEAVES[:size])
    assert tree.is_included(leaf=LEAVES[index], index=index, size=size, proof=proof, root=root)
    if other != index:
        assert not tree.is_included(leaf=LEAVES[other], index=index, size=size, proof=proof, root=root)
        assert not tree.is_included(leaf=LEAVES[index], index=other, size=size, proof=proof, root=root)
    assert not tree.is_included(leaf=LEAVES[index], index=index, size=size, proof=[*proof, root], root=root)
    assert not tree.is_included(leaf=LEAVES[index], index=size, size=size, proof=proof, root=root)


@given(old=sizes, more=st.integers(0, 12), flipped=st.integers(0, 7))
def test_a_proof_of_growth_holds_for_these_two_trees_only(old: int, more: int, flipped: int) -> None:
    new = min(old + more, len(LEAVES))
    proof = tree.consistency_proof(LEAVES[:new], old=old)
    roots = {"old_root": root_of(LEAVES[:old]), "new_root": root_of(LEAVES[:new])}
    assert tree.is_consistent(old=old, new=new, proof=proof, **roots)
    assert not tree.is_consistent(old=old, new=new, proof=proof, **(roots | {"old_root": b"\x00" * 32}))
    assert not tree.is_consistent(old=old, new=new, proof=proof, **(roots | {"new_root": b"\x00" * 32}))
    if proof:
        at = flipped % len(proof)
        bad = [*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :]]
        assert not tree.is_consistent(old=old, new=new, proof=bad, **roots)
        assert not tree.is_consistent(old=old, new=new, proof=proof[:-1], **roots)


def test_nothing_is_proved_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no entry 3"):
        tree.inclusion_proof(LEAVES[:3], index=3)
    with pytest.raises(ValueError, match="No tree of 4"):
        tree.consistency_proof(LEAVES[:3], old=4)


@given(first=st.integers(0, 39), end=st.integers(0, 40))
def test_parts_cover_a_gap_and_can_stand_for_it(first: int, end: int) -> None:
    grown = Tree()
    for leaf in LEAVES[:first]:
        grown.append(leaf)
    for start, level in tree.parts_between(first, end):
        assert start == grown.size
        grown.append_subtree(root_of(LEAVES[start : start + (1 << level)]), level=level)
    assert grown.size == max(first, end)
    assert grown.root() == root_of(LEAVES[: max(first, end)])


def test_a_part_cannot_begin_anywhere() -> None:
    grown = Tree(1, [LEAVES[0]])
    with pytest.raises(ValueError, match="cannot begin at 1"):
        grown.append_subtree(LEAVES[1], level=1)
