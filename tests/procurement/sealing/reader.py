"""A second reader, written from docs/sealing.md alone: AES-GCM, X25519, HMAC and SHA from the library, nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from itertools import combinations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "sealed-envelope/v1"


def canonical(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def extract(salt: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), secret, "sha256")


def expand(key: bytes, note: bytes, length: int, hash_name: str = "sha256") -> bytes:
    made, block = b"", b""
    for number in range(1, 256):
        block = hmac.digest(key, block + note + bytes([number]), hash_name)
        made += block
        if len(made) >= length:
            break
    return made[:length]


def open_hpke(private: bytes, message: bytes, *, note: bytes, aad: bytes = b"") -> bytes:
    """RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002."""
    enc, ciphertext = message[:32], message[32:]
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(enc))
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"

    def labeled_extract(own, salt, label, secret):
        return extract(salt, b"HPKE-v1" + own + label + secret)

    def labeled_expand(own, prk, label, note, length):
        return expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + own + label + note, length)

    both = enc + key.public_key().public_bytes_raw()
    secret = labeled_expand(kem, labeled_extract(kem, b"", b"eae_prk", shared), b"shared_secret", both, 32)
    context = (
        b"\x00" + labeled_extract(suite, b"", b"psk_id_hash", b"") + labeled_extract(suite, b"", b"info_hash", note)
    )
    schedule = labeled_extract(suite, secret, b"secret", b"")
    aes = labeled_expand(suite, schedule, b"key", context, 32)
    return AESGCM(aes).decrypt(labeled_expand(suite, schedule, b"base_nonce", context, 12), ciphertext, aad)


def open_chunked(key: bytes, message: bytes, *, context: bytes) -> bytes:
    """C2SP chunked encryption with SHA-512 and AES-256-GCM."""
    salt, commitment, rest = message[:24], message[24:56], message[56:]
    note = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00" + salt + context
    keys = expand(key, note, 32 + 12 + 32, "sha512")
    if not hmac.compare_digest(keys[44:], commitment):
        raise ValueError("another key or place")
    base, size, plain = int.from_bytes(keys[32:44], "big"), 16 * 1024 + 16, b""
    for number in range(len(rest) // size + 1):
        nonce = (base ^ number).to_bytes(12, "big")
        plain += AESGCM(keys[:32]).decrypt(nonce, rest[number * size : (number + 1) * size], b"")
    return plain


def unpadded(filled: bytes) -> bytes:
    size = int.from_bytes(filled[-8:], "big")
    if any(filled[size:-8]):
        raise ValueError("padding")
    return filled[:size]


def place(header: dict, *purpose: object) -> bytes:
    return canonical([FORMAT, header["call"], header["application"], header["envelope"], header["version"], *purpose])


def committee_part(header: dict, private: dict[str, bytes]) -> bytes:
    """Open the pieces of these holders and put the first quorum of them together."""
    names = [holder["name"] for holder in header["holders"]]
    all_subsets = list(combinations(names, header["quorum"]))
    pieces: dict[str, dict[str, bytes]] = {}
    for holder in header["holders"]:
        if holder["name"] not in private:
            continue
        note = place(header, "pieces", holder["name"])
        plain = open_hpke(private[holder["name"]], raw(holder["pieces"]), note=note)
        mine = ["+".join(chosen) for chosen in all_subsets if holder["name"] in chosen]
        pieces[holder["name"]] = {name: plain[at * 32 : at * 32 + 32] for at, name in enumerate(mine)}
    chosen = next(chosen for chosen in all_subsets if set(chosen) <= set(private))
    part = 0
    for at, name in enumerate(chosen):
        piece = pieces[name]["+".join(chosen)]
        assert hashlib.sha256(piece).hexdigest() == header["subsets"]["+".join(chosen)][at]
        part ^= int.from_bytes(piece, "big")
    return part.to_bytes(32, "big")


def open_body(header: dict, body: bytes, *, kc: bytes, ks: bytes) -> dict:
    """Return the manifest, compared with the header."""
    assert hashlib.sha256(body).hexdigest() == header["body"]["sha256"]
    key = expand(extract(b"", kc + ks), place(header, "dek"), 32)
    written = unpadded(open_chunked(key, body, context=place(header, "manifest")))
    manifest = json.loads(written)
    assert manifest["header"] == hashlib.sha256(canonical({k: v for k, v in header.items() if k != "body"})).hexdigest()
    return manifest


def open_file(header: dict, file: dict, parts: list[bytes]) -> bytes:
    """Return a file from its sealed parts, compared with its hash and its commitment."""
    plain = b""
    for number, part in enumerate(parts):
        where = [
            header["call"],
            header["application"],
            header["envelope"],
            "file",
            file["id"],
            number,
            number == len(parts) - 1,
        ]
        plain += unpadded(open_chunked(raw(file["key"]), part, context=canonical([FORMAT, *where])))
    digest = hashlib.sha256(plain)
    shown = next(each for each in header["files"] if each["id"] == file["id"])
    assert digest.hexdigest() == file["sha256"]
    assert hashlib.sha256(raw(file["salt"]) + digest.digest()).hexdigest() == shown["commitment"]
    return plain
