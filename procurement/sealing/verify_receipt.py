#!/usr/bin/env python3
"""Verify a receipt without the service that signed it. Needs Python 3.11 and `cryptography`, nothing else.

    python verify_receipt.py RECEIPT.json [--key KEY]... [--proofs PROOFS.json]... [--forms FORMS.json]... [FILE]...

KEY is the verifier key of the receipts as the public page of the keys shows it; without one the key in the receipt is
believed, and named. Each FILE, one that you sent, is looked for among the documents of the receipt: its digest must be
there, and the commitment on the sealed envelope must follow from it. Of a file that was sealed in the browser the receipt
knows neither name nor digest: PROOFS, which the browser gave, does, and is held to the commitments. FORMS is what you typed;
its text, and that of PROOFS, is held to the commitments too. Ends with 0 when all is sound, 1 when a file is not
among the documents, or no key was given, 2 when the receipt is broken. The format is described in docs/sealing.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT, PROOFS, FORMS = "appel-receipt/v1", "appel-proofs/v1", "appel-forms/v1"
HEX = re.compile(r"[0-9a-f]{64}")
TOLD = {
    "format": str, "number": str, "applicant": dict, "authority": dict, "call": dict, "received_at": str, "deadline": str,
    "timezone": str, "late": bool, "version": int, "documents": list, "envelopes": list, "sha256": str,
}  # fmt: skip
DOCUMENT = {
    "id": str, "envelope": str, "code": str, "name": str, "size": int, "sha256": str, "salt": str, "commitment": str,
}  # fmt: skip
encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Bad(Exception):
    """The receipt is not as it was signed."""


def read(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a receipt says and its signature; Bad when it is written in another form."""
    try:
        whole = json.loads(text, object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact)
        told, signature = whole["receipt"], whole["signature"]
        if set(whole) != {"receipt", "signature"} or set(signature) != {"algorithm", "key", "value"}:
            raise Bad("The file has other fields than a receipt.")
        _has(told, TOLD, "the receipt")
        for one in told["documents"]:
            _has(one, DOCUMENT, "a document")
    except (ValueError, KeyError, TypeError) as problem:
        raise Bad("The file is not a receipt.") from problem
    if told["format"] != FORMAT or signature["algorithm"] != "Ed25519":
        raise Bad("The receipt has a format that this program does not know.")
    return told, signature


def _has(found: Any, fields: dict[str, type], what: str) -> None:
    for name, kind in fields.items():
        if type(found[name]) is not kind:
            raise Bad(f"In {what}, {name} is missing or of another kind.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found


def _inexact(_text: str) -> Any:
    raise ValueError("no floating point numbers")


def public_key(text: str) -> Ed25519PublicKey:
    """Return the key written as name+identifier+base64; Bad for another text."""
    name, _, rest = text.strip().partition("+")
    identifier, _, encoded = rest.partition("+")
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError as problem:
        raise Bad(f"“{text}” is no verifier key.") from problem
    expected = sha256(name.encode() + b"\n" + raw).digest()[:4].hex()
    if len(raw) != 33 or raw[:1] != b"\x01" or expected != identifier or b64encode(raw).decode() != encoded:
        raise Bad(f"“{text}” is no verifier key.")
    return Ed25519PublicKey.from_public_bytes(raw[1:])


def check_signature(told: dict[str, Any], signature: dict[str, Any], *, keys: Iterable[str]) -> None:
    """Refuse with Bad what none of these keys signed, or a key that is not one of them."""
    if signature["key"] not in {key.strip() for key in keys}:
        raise Bad("The receipt is signed by a key that is none of those you gave.")
    message = FORMAT.encode() + b"\n" + encode(told).encode()
    try:
        public_key(signature["key"]).verify(b64decode(signature["value"], validate=True), message)
    except (InvalidSignature, ValueError) as problem:
        raise Bad("The signature is not of this text: something was changed.") from problem


def read_proofs(text: str, *, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the documents that a file of proofs names; Bad when it is another thing, or belongs to another receipt."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact)
        if found["format"] != PROOFS or found["receipt"] != told["number"]:
            raise Bad("The proofs belong to another receipt.")
        documents = [{**one, "envelope": found["envelope"], "commitment": commitment(one)} for one in found["files"]]
        for one in documents:
            _has(one, DOCUMENT, "a proof")
    except (ValueError, KeyError, TypeError) as problem:
        raise Bad("The file holds no proofs.") from problem
    return documents


def check_forms(text: str, *, told: dict[str, Any]) -> list[str]:
    """Return the envelopes whose text a file of forms, or of proofs, holds as it was sealed; Bad when it is another text."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact)
        if found["format"] not in (PROOFS, FORMS) or found["receipt"] != told["number"]:
            raise Bad("What was typed belongs to another receipt.")
        proof = [{"envelope": found["envelope"], **found["form"]}] if "form" in found else []
        promised = {one["envelope"]: one["commitment"] for one in told.get("forms", [])}
        for one in found.get("forms", proof):
            digest = sha256(encode(one["written"]).encode()).hexdigest()
            if commitment({"salt": one["salt"], "sha256": digest}) != promised.get(one["envelope"]):
                raise Bad(f"What was typed in the {one['envelope']} envelope is not what was sealed.")
        return [str(one["envelope"]) for one in found.get("forms", proof)]
    except (ValueError, KeyError, TypeError) as problem:
        raise Bad("The file does not hold what was typed.") from problem


def check_sense(told: dict[str, Any]) -> None:
    """Refuse with Bad what cannot be: a wrong flag, a document whose commitment is not on its envelope."""
    if (datetime.fromisoformat(told["received_at"]) > datetime.fromisoformat(told["deadline"])) != told["late"]:
        raise Bad("“late” does not follow from the instant and the deadline.")
    sealed = {(one["envelope"], file["id"]): file["commitment"] for one in told["envelopes"] for file in one["files"]}
    for one in told["documents"]:
        if not HEX.fullmatch(one["sha256"]) or commitment(one) != one["commitment"]:
            raise Bad(f"The commitment of {one['name']} does not follow from its digest.")
        if sealed.pop((one["envelope"], one["id"]), "") != one["commitment"]:
            raise Bad(f"The commitment of {one['name']} is not on its envelope.")
    browser = {one["envelope"] for one in told["envelopes"] if one["sealed_in"] == "browser"}
    if any(envelope not in browser for envelope, _file in sealed):
        raise Bad("An envelope lists a file that is not among the documents.")


def commitment(document: dict[str, Any]) -> str:
    """Return SHA-256(salt || SHA-256 of the file)."""
    return sha256(bytes.fromhex(document["salt"]) + bytes.fromhex(document["sha256"])).hexdigest()


def compare(told: dict[str, Any], paths: Iterable[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield each file with the document that it is, byte for byte, None when it is none of them."""
    for path in paths:
        with Path(path).open("rb") as file:
            digest, size = file_digest(file, "sha256").hexdigest(), Path(path).stat().st_size
        same = (one for one in told["documents"] if (one["sha256"], one["size"]) == (digest, size))
        yield path, next(same, None)


def verify(
    text: str, *, keys: list[str], files: list[str], proofs: Iterable[str] = (), forms: Iterable[str] = ()
) -> tuple[list[str], int]:
    """Return what there is to say of a receipt and of the files, line by line, and how the program ends."""
    told, signature = read(text)
    check_signature(told, signature, keys=keys or [signature["key"]])
    told = {
        **told,
        "documents": [*told["documents"], *(one for each in proofs for one in read_proofs(each, told=told))],
    }
    check_sense(told)
    typed = [one for text in (*proofs, *forms) for one in check_forms(text, told=told)]
    lines = [
        f"Receipt {told['number']} of {told['applicant']['name']}, application {told['applicant']['application']}",
        f"to {told['authority']['name']}, {told['call']['reference']}: {told['call']['title']}",
        f"received {told['received_at']}, deadline {told['deadline']}: {'LATE' if told['late'] else 'in time'}",
        f"signed by {signature['key']}",
    ]
    lines += [f"  {one['code']:6} {one['sha256']}  {one['name']}" for one in told["documents"]]
    lines += [f"  what was typed in the {one} envelope is as it was sealed" for one in typed]
    ends = 0 if keys else 1
    if not keys:
        lines.append("No key was given: compare the one above with the public page of the keys.")
    for path, one in compare(told, files):
        lines.append(f"{path}: {'is ' + one['code'] + ', as it was sealed' if one else 'is NOT among the documents'}")
        ends = ends if one else 1
    return [*lines, "The receipt is sound."], ends


def main(arguments: list[str]) -> int:
    """Verify what the arguments name, and print what was found."""
    parser = argparse.ArgumentParser(description="Verify a receipt without the service that signed it.")
    parser.add_argument("receipt", help="the signed receipt, a JSON file")
    parser.add_argument("files", nargs="*", help="files that you sent")
    parser.add_argument("--key", action="append", default=[], help="a verifier key of the receipts")
    parser.add_argument("--proofs", action="append", default=[], help="the proofs of files sealed in the browser")
    parser.add_argument("--forms", action="append", default=[], help="what you typed, a JSON file")
    asked = parser.parse_intermixed_args(arguments)
    try:
        forms = [Path(one).read_text(encoding="utf-8") for one in asked.forms]
        proofs = [Path(one).read_text(encoding="utf-8") for one in asked.proofs]
        receipt = Path(asked.receipt).read_text(encoding="utf-8")
        lines, ends = verify(receipt, keys=asked.key, files=asked.files, proofs=proofs, forms=forms)
    except (Bad, OSError, UnicodeDecodeError) as problem:
        sys.stdout.write(f"{problem}\n")
        return 2
    sys.stdout.write("\n".join([*lines, ""]))
    return ends


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
