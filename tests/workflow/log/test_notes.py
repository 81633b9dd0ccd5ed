"""Signed notes: those that others wrote are read, and a single changed sign is refused."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow.log import notes
from workflow.log.notes import Anchor, BadNote, Checkpoint, VerifierKey

# From the documentation of the Go library that the format comes from.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PROBLEM = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"notes").digest())
NAME = "calls.example.org/log"
PUBLIC = VerifierKey(NAME, KEY.public_key().public_bytes_raw())
CHECKPOINT = Checkpoint(
    origin=NAME, size=1234, root=sha256(b"root").digest(), number=7, at=datetime(2026, 5, 3, 12, 0, 0, 5, UTC)
)
NOTE = notes.sign(CHECKPOINT.text(), name=NAME, key=KEY)


def test_a_note_of_another_program_is_read() -> None:
    text, key = notes.opened(PROBLEM, keys=[PUBLIC, VerifierKey.read(PETER)])
    assert text.startswith("If you think")
    assert str(key) == PETER


def test_a_key_is_written_and_read() -> None:
    assert VerifierKey.read(str(PUBLIC)) == PUBLIC


@pytest.mark.parametrize(
    "text", ["", "a+b", PETER.replace("c74f20a3", "c74f20a4"), PETER.replace("Peter", "Paul"), PETER + "=", PETER[:-4]]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.read(text)


def test_a_checkpoint_is_five_lines_and_a_signature() -> None:
    lines = NOTE.split("\n")
    root = b64encode(sha256(b"root").digest()).decode()
    assert lines[:5] == [NAME, "1234", root, "number 7", "at 2026-05-03T12:00:00.000005Z"]
    text, key = notes.opened(NOTE, keys=[PUBLIC])
    assert (Checkpoint.read(text), key) == (CHECKPOINT, PUBLIC)


def test_every_changed_bit_of_a_note_is_refused() -> None:
    whole = NOTE.encode()
    accepted = []
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        try:
            notes.opened(changed.decode(), keys=[PUBLIC])
        except (BadNote, UnicodeDecodeError):
            continue
        accepted.append(at)
    assert accepted == []


@pytest.mark.parametrize(
    "note", [NOTE + "— other AAAA\n", NOTE.rstrip("\n"), NOTE.replace("\n\n", "\n"), NOTE.replace("—", "-"), ""]
)
def test_a_note_has_one_signature_and_its_form(note: str) -> None:
    with pytest.raises(BadNote):
        notes.opened(note, keys=[PUBLIC])


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(BadNote, match="not among those that are trusted"):
        notes.opened(NOTE, keys=[VerifierKey.read(PETER)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1234", "01234"),
        ("1234", "-1"),
        ("1234", "١"),
        ("number 7", "number 07"),
        ("number 7", "7"),
        ("at ", ""),
        ("Z", "+00:00"),
    ],
)
def test_a_checkpoint_has_one_spelling(old: str, new: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.read(CHECKPOINT.text().replace(old, new, 1))


def test_the_anchor_of_a_day_binds_its_checkpoint_and_hides_its_size() -> None:
    anchor = Anchor(NAME, date(2026, 5, 3), notes.fingerprint(NOTE))
    assert anchor.text() == f"{NAME} day\n2026-05-03\n{sha256(NOTE.encode()).hexdigest()}\n"
    assert "1234" not in anchor.text()
    assert Anchor.read(anchor.text()) == anchor
    for bad in ("", CHECKPOINT.text(), anchor.text().replace("05-03", "5-3"), anchor.text().upper()):
        with pytest.raises(BadNote):
            Anchor.read(bad)
