"""The Merkle tree of RFC 6962: it grows at its end, and proves what is in it and that it only grew. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH = 32  # bytes
EMPTY = sha256(b"").digest()  # the root of a tree without entries


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of an entry: SHA-256(0x00 || content)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two halves: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree as far as it must be known to grow: its size and the roots of its complete halves, the largest first.

    Their sizes are the binary digits of the tree's size, so that an append costs two hashes on average.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count() or any(len(peak) != HASH for peak in self.peaks):
            raise ValueError(f"A tree of {size} entries has {size.bit_count()} peaks of {HASH} bytes.")

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Tree:
        """Return the tree whose peaks were written one after the other."""
        return cls(size, (packed[at : at + HASH] for at in range(0, len(packed), HASH)))

    def packed(self) -> bytes:
        """Return the peaks one after the other, as a row keeps them."""
        return b"".join(self.peaks)

    def append(self, leaf: bytes) -> None:
        """Add the hash of an entry at the end."""
        self.append_subtree(leaf, level=0)

    def append_subtree(self, root: bytes, *, level: int) -> None:
        """Add 2**level entries of which only the common root is known; they must begin at a multiple of their number."""
        if self.size & ((1 << level) - 1):
            raise ValueError(f"A part of {1 << level} entries cannot begin at {self.size}.")
        rest, peaks = self.size >> level, self.peaks
        while rest & 1:
            root = sha256(b"\x01" + peaks.pop() + root).digest()
            rest >>= 1
        peaks.append(root)
        self.size += 1 << level

    def root(self) -> bytes:
        """Return the root hash of all entries so far."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over hashes of entries."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def parts_between(first: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield (start, level) of the fewest complete subtrees that cover the entries from `first` up to `end`, `end` left out."""
    while first < end:
        level = (end - first).bit_length() - 1
        if first:
            level = min(level, (first & -first).bit_length() - 1)
        yield first, level
        first += 1 << level


def inclusion_proof(leaves: Sequence[bytes], *, index: int) -> list[bytes]:
    """Return the audit path of an entry in the tree over `leaves` (RFC 6962, 2.1.1)."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"There is no entry {index} among {len(leaves)}.")
    if len(leaves) == 1:
        return []
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < half:
        return [*inclusion_proof(leaves[:half], index=index), root_of(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index=index - half), root_of(leaves[:half])]


def consistency_proof(leaves: Sequence[bytes], *, old: int) -> list[bytes]:
    """Return the proof that the tree over `leaves` begins with its first `old` entries (RFC 6962, 2.1.2)."""
    if not 0 < old <= len(leaves):
        raise ValueError(f"No tree of {old} entries can begin one of {len(leaves)}.")
    return _consistency(leaves, old, whole=True)


def _consistency(leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if old <= half:
        return [*_consistency(leaves[:half], old, whole=whole), root_of(leaves[half:])]
    return [*_consistency(leaves[half:], old - half, whole=False), root_of(leaves[:half])]


def is_included(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof places the hash of an entry at `index` under the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the proof shows that the tree of `new` entries begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not (path := [*([old_root] if old & (old - 1) == 0 else []), *proof]):
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
