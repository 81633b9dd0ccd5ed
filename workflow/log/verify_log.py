#!/usr/bin/env python3
"""Verify an exported log without the service that wrote it. Needs Python 3.11 and `cryptography`, nothing else.

    python verify_log.py verify EXPORT [--key KEY]... [--checkpoint FILE]...
    python verify_log.py verify-diff OLD NEW [--key KEY]...

KEY is a verifier key as the public page of the keys shows it; without one those in the export are believed, and named.
FILE is a checkpoint or the anchor of a day that was kept elsewhere. Ends with 0 when the log is sound, 1 when nothing is
sealed in it, 2 when it is broken: the first bad entry is named. The format is described in docs/log.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "appel-log/v1"
PEOPLE = {"accounts_user", "experts_expert"}
HEADER = {"format": str, "keys": list, "last": int, "scope": str, "size": int}
HEAD = {"act", "at", "body", "id", "outcome", "reasons", "scope", "source", "subject_type", "target", "txid", "v"}
HEX = re.compile(r"[0-9a-f]{64}")
Trusted = dict[tuple[str, bytes], str]  # verifier keys by what a signature line names: their name and identifier
encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Bad(Exception):
    """Something in the file is not as it was sealed."""


class Stop(Exception):
    """A fault was noted: what follows cannot be judged."""


@dataclass
class Tree:
    """The peaks of an RFC 6962 tree that grows."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, node: bytes, count: int = 1) -> None:
        """Add an entry, or a complete subtree of `count` entries."""
        rest = self.size // count
        while rest & 1:
            node, rest = sha256(b"\x01" + self.peaks.pop() + node).digest(), rest >> 1
        self.peaks.append(node)
        self.size += count

    def root(self) -> bytes:
        """Return the root hash."""
        root = self.peaks[-1] if self.peaks else sha256(b"").digest()
        for peak in reversed(self.peaks[:-1]):
            root = sha256(b"\x01" + peak + root).digest()
        return root


@dataclass
class Reading:
    """What a file says, as far as it was sound."""

    tree: Tree = field(default_factory=Tree)
    header: dict[str, Any] = field(default_factory=dict)
    leaves: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)  # checkpoints by their number
    roots: dict[int, bytes] = field(default_factory=dict)  # by size: of the checkpoints, and where they were asked for
    covered: int = 0  # entries under the last checkpoint
    last: int = 0  # its number
    used: set[str] = field(default_factory=set)
    erased: dict[int, int] = field(default_factory=dict)  # identifier of the event: number of its entry
    forgotten: set[int] = field(default_factory=set)  # identifiers that events of erasures name
    faults: list[str] = field(default_factory=list)
    first_bad: int | None = None

    def fault(self, sentence: str, first: int) -> None:
        """Note what is wrong; the lowest number counts."""
        self.faults.append(sentence)
        self.first_bad = first if self.first_bad is None else min(first, self.first_bad)


def read(place: Path, *, keys: Collection[str] = (), sizes: Collection[int] = ()) -> Reading:
    """Read an export to its end or to its first fault; `sizes` are those at which the root is wanted."""
    reading = Reading()
    with place.open("rb") as lines:
        try:
            reading.header = _header(next(lines, b""))
            trusted = trusting(keys or reading.header["keys"])
            for line in lines:
                _line(line, reading, trusted)
                if reading.tree.size in sizes:
                    reading.roots[reading.tree.size] = reading.tree.root()
            _end(reading)
        except Bad as bad:
            reading.fault(str(bad), reading.tree.size)
        except Stop:
            pass
    return reading


def _parsed(line: bytes) -> tuple[dict[str, Any], str]:
    try:
        text = line.decode()
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Bad("The line cannot be read.") from error
    if not isinstance(value, dict) or not text.endswith("\n"):
        raise Bad("The line is not a JSON object that ends with a line feed.")
    return value, text


def _header(line: bytes) -> dict[str, Any]:
    value, text = _parsed(line)
    right = value.keys() == HEADER.keys() and f"{encode(value)}\n" == text
    if not right or value["format"] != FORMAT or any(type(value[name]) is not kind for name, kind in HEADER.items()):
        raise Bad("The first line is not the header of an export.")
    return value


def _line(line: bytes, reading: Reading, trusted: Trusted) -> None:
    value, text = _parsed(line)
    if "seq" in value:
        return _entry(value, text, reading)
    if f"{encode(value)}\n" != text:
        raise Bad(f"After entry {reading.tree.size - 1}: the line is not canonical.")
    if value.keys() == {"checkpoint"}:
        return _checkpoint(str(value["checkpoint"]), reading, trusted)
    if value.keys() != {"count", "first", "root"} or not reading.header["scope"]:
        raise Bad(f"After entry {reading.tree.size - 1}: a line that has no place here.")
    return _part(value, reading)


def _part(value: dict[str, Any], reading: Reading) -> None:
    """Take a complete subtree of entries that this export does not show."""
    first, count, size = value["first"], value["count"], reading.tree.size
    whole = type(count) is int and count > 0 and count & (count - 1) == 0
    if first != size or type(first) is not int or not whole or size % count or not _is_hex(value["root"]):
        raise Bad(f"The part that should begin with entry {size} is not well formed.")
    reading.tree.append(bytes.fromhex(value["root"]), count)


def _is_hex(value: Any) -> bool:
    return isinstance(value, str) and bool(HEX.fullmatch(value))


def _entry(value: dict[str, Any], text: str, reading: Reading) -> None:
    seq, head, size = value["seq"], value.get("head"), reading.tree.size
    if seq != size or type(seq) is not int:
        raise Bad(f"Entry {size} is missing or out of place.")
    if not isinstance(head, dict) or head.keys() - {"subject_id"} != HEAD:
        raise Bad(f"Entry {seq}: its head has not the right fields.")
    said, leaf = encode(head), value.get("leaf")
    if "body" in value or "salt" in value:
        line = _with_body(value, head, said)
    else:
        line = f'{{"head":{said},"leaf":"{leaf}","seq":{seq}}}\n'
    found = sha256(b"\x00" + said.encode()).digest()
    if leaf != found.hex():
        raise Bad(f"Entry {seq}: its head is not the one that was sealed.")
    if line != text or reading.header["scope"] not in ("", head["scope"]):
        raise Bad(f"Entry {seq}: the line is not canonical, or belongs to another file.")
    reading.tree.append(found)
    reading.leaves[seq] = leaf
    _forget(value, head, reading)


def _forget(value: dict[str, Any], head: dict[str, Any], reading: Reading) -> None:
    """Note which bodies are missing, and which ones the event of an erasure names."""
    if "body" not in value:
        reading.erased[head["id"]] = value["seq"]
    elif head["act"] == "erase_event_bodies" and head["outcome"] == "done":
        reading.forgotten.update(value["body"]["details"]["events"])


def _with_body(value: dict[str, Any], head: dict[str, Any], said: str) -> str:
    """Compare the body with the commitment in the head; return the line as it must be."""
    seq, body, salt = value["seq"], value.get("body"), value.get("salt")
    person = head["subject_type"] in PEOPLE
    fields = {"actor", "details", "subject_id"} if person else {"actor", "details"}
    if not isinstance(body, dict) or body.keys() != fields or not _is_hex(salt) or person == ("subject_id" in head):
        raise Bad(f"Entry {seq}: its body has not the right fields.")
    written = encode(body)
    if digest(bytes.fromhex(str(salt)), written.encode(), "sha256").hex() != head["body"]:
        raise Bad(f"Entry {seq}: its body or its salt was changed.")
    return f'{{"body":{written},"head":{said},"leaf":"{value.get("leaf")}","salt":"{salt}","seq":{seq}}}\n'


def _checkpoint(note: str, reading: Reading, trusted: Trusted) -> None:
    text, key = opened(note, trusted)
    lines, size, root = text.split("\n"), reading.tree.size, reading.tree.root()
    if len(lines) != 6 or lines[0] != key.partition("+")[0] or not lines[3].startswith("number "):
        raise Bad(f"After entry {size - 1}: this is not a checkpoint.")
    number, covered = int(lines[3].removeprefix("number ")), reading.covered
    if number <= reading.last or (number != reading.last + 1 and not reading.header["scope"]):
        reading.fault(f"Checkpoint {number} is out of place, after checkpoint {reading.last}.", covered)
    elif int(lines[1]) > size:
        unproved = f" Those from {covered} on are not proved." if covered < size else ""
        reading.fault(f"Entries {size} to {int(lines[1]) - 1} of checkpoint {number} are missing.{unproved}", size)
    elif (lines[1], lines[2]) != (str(size), b64encode(root).decode()):
        reading.fault(f"Entries {covered} to {size - 1} are not those of checkpoint {number}.", covered)
    if reading.faults:
        raise Stop
    reading.notes[number], reading.roots[size], reading.covered, reading.last = note, root, size, number
    reading.used.add(key)


def _end(reading: Reading) -> None:
    header, size = reading.header, reading.tree.size
    if size != header["size"] or reading.last != header["last"]:
        raise Bad(f"The file ends after {size} entries; its header speaks of {header['size']}.")
    if size != reading.covered:
        raise Bad("The last entries are under no checkpoint.")
    if header["keys"] != sorted(reading.used):
        raise Bad("The header names other keys than those that signed.")
    for event, seq in {} if header["scope"] else reading.erased.items():
        if event not in reading.forgotten:
            reading.fault(f"Entry {seq}: its body is missing, and no erasure says so.", seq)


def compare(old: Reading, new: Reading) -> None:
    """Note in `new` where it does not go on from `old`; both were read, `new` with the sizes of `old`."""
    size = new.tree.size
    if size < old.tree.size:
        new.fault(f"Entries {size} to {old.tree.size - 1} are missing.", size)
    for seq, leaf in sorted(old.leaves.items()):
        if new.leaves.get(seq, "" if old.header["scope"] == new.header["scope"] else leaf) != leaf:
            return new.fault(f"Entry {seq} is missing, or is not what it was.", seq)
    for number, note in old.notes.items():
        if new.notes.get(number, note) != note:
            return new.fault(f"Checkpoint {number} is not what it was.", size)
    common = old.roots.keys() & new.roots.keys()
    if any(old.roots[one] != new.roots[one] for one in common):
        return new.fault("The new log does not begin with the old one.", 0)
    if old.roots and not common:
        return new.fault("The new export shows no checkpoint of the old one: take a whole one.", size)
    return None


def keep_to(note: str, reading: Reading, trusted: Trusted) -> None:
    """Note where an export does not agree with a checkpoint, or the anchor of a day, that was kept elsewhere."""
    lines, size = opened(note, trusted)[0].split("\n"), reading.tree.size
    if lines[0].endswith(" day"):
        if lines[2] not in {sha256(one.encode()).hexdigest() for one in reading.notes.values()}:
            reading.fault(f"The checkpoint that was published for {lines[1]} is not in this export.", size)
    elif int(lines[1]) > size:
        reading.fault(f"Entries {size} to {int(lines[1]) - 1} of the checkpoint that was kept are missing.", size)
    elif int(lines[1]) not in reading.roots:
        reading.fault(f"This export does not show the log at {lines[1]} entries: take a whole one.", size)
    elif b64encode(reading.roots[int(lines[1])]).decode() != lines[2]:
        reading.fault("The log is not the one of the checkpoint that was kept.", 0)


def opened(note: str, trusted: Trusted) -> tuple[str, str]:
    """Return the text of a note with one signature, and the key; refuses a false signature and an unknown key."""
    text, _parted, line = note.rpartition("\n\n")
    words = line.split(" ")
    if len(words) != 3 or words[0] != "—" or not line.endswith("\n"):
        raise Bad("A note has no signature.")
    signature = _bytes_of(words[2].removesuffix("\n"))
    key = trusted.get((words[1], signature[:4]))
    if key is None:
        raise Bad(f"The key {signature[:4].hex()} of {words[1]} is not trusted.")
    try:
        public = Ed25519PublicKey.from_public_bytes(_bytes_of(key.split("+", 2)[2])[1:])
        public.verify(signature[4:], f"{text}\n".encode())
    except (InvalidSignature, ValueError) as error:
        raise Bad(f"A signature of {words[1]} is false.") from error
    return f"{text}\n", key


def _bytes_of(text: str) -> bytes:
    try:
        found = b64decode(text, validate=True)
    except ValueError as error:
        raise Bad("A signature is not base64.") from error
    if b64encode(found).decode() != text:
        raise Bad("A signature is not canonical base64.")
    return found


def trusting(keys: Collection[Any]) -> Trusted:
    """Return verifier keys by what a signature line names; refuses one whose identifier is not its own."""
    trusted = {}
    for key in keys:
        name, _, rest = str(key).partition("+")
        key_id, _, encoded = rest.partition("+")
        whole = _bytes_of(encoded)
        found = sha256(name.encode() + b"\n" + whole).digest()[:4]
        if whole[:1] != b"\x01" or len(whole) != 33 or found.hex() != key_id:
            raise Bad(f"“{key}” is not an Ed25519 verifier key.")
        trusted[name, found] = str(key)
    return trusted


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify_log.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    acts = parser.add_subparsers(dest="act", required=True)
    verify, difference = acts.add_parser("verify"), acts.add_parser("verify-diff")
    verify.add_argument("new", type=Path, metavar="EXPORT")
    verify.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE")
    difference.add_argument("old", type=Path, metavar="OLD")
    difference.add_argument("new", type=Path, metavar="NEW")
    for one in (verify, difference):
        one.add_argument("--key", action="append", default=[], metavar="KEY")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    asked = _asked(arguments)
    old = read(asked.old, keys=asked.key) if asked.act == "verify-diff" else None
    new = read(asked.new, keys=asked.key, sizes=old.roots.keys() if old else _sizes(asked.checkpoint))
    if old and not old.faults and not new.faults:
        compare(old, new)
    try:
        for place in [] if old or new.faults else asked.checkpoint:
            keep_to(place.read_text(encoding="utf-8"), new, trusting(asked.key or new.header["keys"]))
    except Bad as bad:
        new.fault(f"{place.name}: {bad}", new.tree.size)
    _say([*(f"{asked.old.name}: {one}" for one in (old.faults if old else ())), *new.faults], new)
    return 2 if new.faults or (old and old.faults) else 0 if new.tree.size else 1


def _sizes(places: list[Path]) -> set[int]:
    lines = [place.read_text(encoding="utf-8").split("\n") for place in places]
    return {int(one[1]) for one in lines if len(one) > 1 and one[1].isdecimal()}


def _say(faults: list[str], reading: Reading) -> None:
    say = sys.stdout.write
    shown = f"{len(reading.leaves)} shown, {len(reading.erased)} of them without their body"
    say(f"{reading.tree.size} entries, {shown}; {len(reading.notes)} checkpoints.\n")
    for key in sorted(reading.used):
        say(f"Signed by {key}\n")
    for fault in faults:
        say(f"BROKEN: {fault}\n")
    if reading.first_bad is not None:
        say(f"First bad entry: {reading.first_bad}.\n")
    say("The log is broken.\n" if faults else "The log is sound.\n")


if __name__ == "__main__":
    sys.exit(main())
