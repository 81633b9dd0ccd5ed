"""Fixed bytes that must open for ever, for us and for a reader that knows docs/sealing.md alone."""

import base64
import hashlib
import json
import zlib
from itertools import combinations
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from procurement import sealing
from procurement.sealing import drill, holders
from procurement.sealing.primitives import open_sealed
from tests.procurement.sealing import reader

HERE = Path(__file__).parent / "vectors"
HPKE, CHUNKED, ENVELOPE, KEYS = (
    json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")) for name in ("hpke", "chunked", "envelope", "keys")
)
HEADER, BODY = ENVELOPE["header"], base64.b64decode(ENVELOPE["body"])
PRIVATE = {name: base64.b64decode(key) for name, key in ENVELOPE["holders"].items()}
BINDING = sealing.Binding(*(HEADER[name] for name in ("call", "application", "envelope", "version")))


@pytest.mark.parametrize("vector", CHUNKED, ids=lambda vector: vector["comment"])
def test_messages_of_the_chunked_specification(vector):
    key, context = bytes.fromhex(vector["key"]), bytes.fromhex(vector["ctx"])
    message = zlib.decompress(bytes.fromhex(vector["ct"]))
    if vector["result"] == "valid":
        for plain in (open_sealed(key, message, context=context), reader.open_chunked(key, message, context=context)):
            assert hashlib.sha512(plain).hexdigest() == vector["msgSha512"]
    else:
        with pytest.raises(sealing.Unreadable):
            open_sealed(key, message, context=context)


def test_the_message_of_rfc_9180():
    """The library's call has no additional data, the message of the RFC has some: it checks the second reader."""
    sent = HPKE["encryptions"][0]
    sealed = bytes.fromhex(HPKE["enc"] + sent["ct"])
    private, note, aad = (bytes.fromhex(text) for text in (HPKE["skRm"], HPKE["info"], sent["aad"]))

    assert reader.open_hpke(private, sealed, note=note, aad=aad) == bytes.fromhex(sent["pt"])
    with pytest.raises(InvalidTag):
        reader.open_hpke(private, sealed, note=note + b"x", aad=aad)


@pytest.mark.parametrize("chosen", list(combinations(PRIVATE, 3)), ids="+".join)
def test_a_reader_of_the_document_alone_opens_the_envelope(chosen):
    kc = reader.committee_part(HEADER, {name: PRIVATE[name] for name in chosen})
    lock = base64.b64decode(ENVELOPE["lock"])
    ks = reader.open_hpke(lock, base64.b64decode(HEADER["lock"]["part"]), note=reader.place(HEADER, "lock"))
    manifest = reader.open_body(HEADER, BODY, kc=kc, ks=ks)

    assert manifest["written"] == ENVELOPE["written"]
    parts = [base64.b64decode(part) for part in ENVELOPE["parts"]]
    assert reader.open_file(HEADER, manifest["files"][0], parts) == base64.b64decode(ENVELOPE["content"])


def test_a_reader_of_the_document_alone_opens_what_is_ones_own():
    code = ENVELOPE["code"].replace("-", "")
    bits = "".join(f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(letter):05b}" for letter in code)
    entropy = int(bits, 2).to_bytes(20, "big")
    note = reader.canonical([reader.FORMAT, HEADER["application"], "draft"])
    draft = reader.expand(reader.extract(b"", entropy), note, 32)
    both = reader.open_chunked(draft, base64.b64decode(HEADER["own"]), context=reader.place(HEADER, "own"))

    assert reader.open_body(HEADER, BODY, kc=both[:32], ks=both[32:])["written"] == ENVELOPE["written"]


def test_we_open_the_envelope():
    pieces = {
        name: sealing.release_pieces(HEADER, holder=name, private=PRIVATE[name], binding=BINDING)
        for name in ("11", "13", "14")
    }
    kc = sealing.join_pieces(HEADER, pieces=pieces, binding=BINDING)
    ks = sealing.release_server_part(HEADER, lock_private=base64.b64decode(ENVELOPE["lock"]), binding=BINDING)
    opened = sealing.open_envelope(HEADER, BODY, kc=kc, ks=ks, binding=BINDING)
    own_key = sealing.draft_key(ENVELOPE["code"], application=BINDING.application)
    file = opened.files[0]
    place = sealing.PartContext(BINDING.call, BINDING.application, BINDING.envelope, file.id, 0, last=True)

    assert opened.written == ENVELOPE["written"]
    assert opened == sealing.open_own_envelope(HEADER, BODY, own_key=own_key, binding=BINDING)
    plain = sealing.open_part(base64.b64decode(ENVELOPE["parts"][0]), key=file.key, context=place)
    assert plain == base64.b64decode(ENVELOPE["content"])


def test_codes_and_sizes():
    access = KEYS["access"]
    draft = sealing.draft_key(access["code"], application=access["application"])

    assert draft == base64.b64decode(access["draft_key"])
    assert sealing.key_check(draft) == access["check"]
    for size, parts, padded, sealed in KEYS["sizes"]:
        assert (sealing.parts_of(size), sealing.padded_size(size), sealing.sealed_size(size)) == (parts, padded, sealed)


def test_the_key_of_a_holder():
    kept = KEYS["holder"]
    private, place = base64.b64decode(kept["private"]), {"call": kept["call"], "holder": kept["holder"]}
    answer = drill.answer_drill(kept["drill"], private=private, **place)

    assert holders.open_private(kept["kept"], passphrase=kept["passphrase"], **place) == private
    assert holders.read_recovery(kept["sheet"]) == private
    assert sealing.fingerprint(holders.public_half(private)) == kept["fingerprint"]
    assert drill.is_answered(kept["drill"], answer=answer)
