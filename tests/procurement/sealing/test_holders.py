"""A holder's key: under a passphrase, on a sheet of paper, and in the drill."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement import sealing
from procurement.sealing import drill, holders

PRIVATE, PUBLIC = holders.make_holder_key()
KEPT = holders.seal_private(PRIVATE, passphrase="café au lait, tous les jours", call="AO-1", holder="4")


def open_kept(kept=KEPT, *, passphrase="café au lait, tous les jours", call="AO-1", holder="4"):
    return holders.open_private(kept, passphrase=passphrase, call=call, holder=holder)


def test_the_passphrase_opens_the_key_however_its_accents_are_typed():
    assert open_kept() == PRIVATE
    assert open_kept(passphrase="cafe\u0301 au lait, tous les jours") == PRIVATE


@pytest.mark.parametrize("wrong", [{"passphrase": "cafe"}, {"call": "AO-2"}, {"holder": "5"}])
def test_another_passphrase_or_place_does_not(wrong):
    with pytest.raises(sealing.BadPassphrase):
        open_kept(**wrong)


@pytest.mark.parametrize(
    "change",
    [
        {"memory": 8}, {"memory": 2**30}, {"passes": 1}, {"passes": 10**6}, {"lanes": 0}, {"passes": 2.0}, {"kdf": "pbkdf2"},
        {"format": "v2"}, {"salt": ""}, {"nonce": "!"}, {"sealed": None}, {"extra": 1},
    ],
)  # fmt: skip
def test_a_kept_key_of_another_form_is_refused(change):
    with pytest.raises(sealing.Unreadable, match="format"):
        open_kept(KEPT | change)


def test_the_recovery_sheet_comes_back_as_people_type_it():
    sheet = holders.recovery_sheet(PRIVATE)

    assert [len(line) for line in sheet.splitlines()] == [19] * 4
    typed = sheet.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert holders.read_recovery(typed) == PRIVATE
    assert holders.public_half(holders.read_recovery(sheet)) == PUBLIC


@settings(max_examples=60)
@given(
    private=st.binary(min_size=32, max_size=32),
    at=st.integers(0, 75),
    letter=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
)
def test_a_wrong_letter_is_found_in_its_line(private, at, letter):
    sheet = holders.recovery_sheet(private)
    assert holders.read_recovery(sheet) == private
    line, column = divmod(at, 19)
    lines = sheet.splitlines()
    if lines[line][column] in ("-", letter):
        return
    lines[line] = lines[line][:column] + letter + lines[line][column + 1 :]

    assert _read(lines) in (line + 1, "another key")


def _read(lines):
    """Return the number of the wrong line. One in 65,536 passes by chance: then the key's fingerprint is another."""
    try:
        return "the key" if holders.read_recovery("\n".join(lines)) == PRIVATE else "another key"
    except sealing.BadRecovery as problem:
        return problem.line


@pytest.mark.parametrize(("typed", "line"), [("", 0), ("AAAA", 0), ("U" * 64, 1), ("é" * 64, 1)])
def test_what_is_no_recovery_sheet_is_refused(typed, line):
    with pytest.raises(sealing.BadRecovery) as problem:
        holders.read_recovery(typed)
    assert problem.value.line == line


def test_lines_in_another_order_are_refused():
    lines = holders.recovery_sheet(PRIVATE).splitlines()
    with pytest.raises(sealing.BadRecovery):
        holders.read_recovery("\n".join([lines[1], lines[0], *lines[2:]]))


def test_a_degenerate_key_is_not_usable():
    assert holders.is_usable(PUBLIC)
    assert not holders.is_usable(bytes(32))
    assert not holders.is_usable(b"short")


def test_the_drill_is_answered_with_the_right_key_only():
    made = drill.make_drill(sealing.HolderKey("4", PUBLIC), call="AO-1")
    answer = drill.answer_drill(made, holder="4", private=PRIVATE, call="AO-1")

    assert drill.is_answered(made, answer=answer)
    assert not drill.is_answered(made, answer=bytes(32))
    for wrong in ({"holder": "5"}, {"call": "AO-2"}, {"private": holders.make_holder_key()[0]}):
        with pytest.raises(sealing.Unreadable, match="key"):
            drill.answer_drill(made, **({"holder": "4", "private": PRIVATE, "call": "AO-1"} | wrong))
