"""`python -m infra.bench.sealing`: what sealing costs in processor time; no server, no database, one process."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

from infra.bench import machine
from infra.local import say
from procurement import sealing
from procurement.sealing import holders
from procurement.sealing.canonical import canonical

ROSTERS = ((2, 3), (2, 4), (3, 5), (4, 7))
ENVELOPE_SECONDS, FILE_SECONDS = 2.0, 3.0
CHUNK = 64 * 1024
BINDING = sealing.Binding(call="BENCH", application="A-1", envelope="technical", version=1)
PLACE = sealing.PartContext("BENCH", "A-1", "technical", "file", 0, last=False)


def main() -> None:
    """Print envelopes per second of processor time by roster, then megabytes of files."""
    say.line(f"{machine.description()}; processor time of one process\n")
    say.line("| quorum | seal | per second | one holder releases | join, open | header |")
    say.line("| --- | --- | --- | --- | --- | --- |")
    for quorum, count in ROSTERS:
        say.line(_envelopes(quorum, count))
    part = secrets.token_bytes(sealing.PART_SIZE)
    key = sealing.new_file_key()
    sealed = sealing.seal_part(part, key=key, context=PLACE)
    megabytes = len(part) / 1e6
    say.line("\n| files in parts of 8 MiB | MB per second |\n| --- | --- |")
    for title, act in (
        ("seal while 64 KiB at a time arrive", lambda: _streamed(part, key)),
        ("seal at once", lambda: sealing.seal_part(part, key=key, context=PLACE)),
        ("open", lambda: sealing.open_part(sealed, key=key, context=PLACE)),
        ("SHA-256, to compare", lambda: hashlib.sha256(part).digest()),
    ):
        say.line(f"| {title} | {megabytes / _cost(act, FILE_SECONDS):.0f} |")


def _envelopes(quorum: int, count: int) -> str:
    """Measure one roster with a manifest of five files."""
    pairs = {str(number): holders.make_holder_key() for number in range(count)}
    roster = sealing.Roster(tuple(sealing.HolderKey(name, public) for name, (_, public) in pairs.items()), quorum)
    lock_private, lock_public = holders.make_holder_key()
    own_key = secrets.token_bytes(32)
    manifest = sealing.Manifest({"text": "x" * 3000}, tuple(replace(_file(), id=str(each)) for each in range(5)))

    def seal() -> sealing.SealedEnvelope:
        return sealing.seal_envelope(manifest, binding=BINDING, roster=roster, lock_public=lock_public, own_key=own_key)

    sealed = seal()

    def release(name: str) -> dict[str, bytes]:
        return sealing.release_pieces(sealed.header, holder=name, private=pairs[name][0], binding=BINDING)

    pieces = {name: release(name) for name in list(pairs)[:quorum]}

    def opened() -> sealing.Manifest:
        kc = sealing.join_pieces(sealed.header, pieces=pieces, binding=BINDING)
        ks = sealing.release_server_part(sealed.header, lock_private=lock_private, binding=BINDING)
        return sealing.open_envelope(sealed.header, sealed.body, kc=kc, ks=ks, binding=BINDING)

    cost, one, opening = (_cost(act, ENVELOPE_SECONDS) for act in (seal, lambda: release("0"), opened))
    size = len(canonical(sealed.header)) / 1000
    row = f"| {quorum} of {count} | {cost * 1e3:.2f} ms | {1 / cost:.0f} | {one * 1e3:.2f} ms |"
    return f"{row} {opening * 1e3:.2f} ms | {size:.1f} kB |"


def _streamed(part: bytes, key: bytes) -> bytearray:
    sealer, view, sealed = sealing.PartSealer(key=key, context=PLACE), memoryview(part), bytearray()
    for at in range(0, len(view), CHUNK):
        sealed += sealer.update(view[at : at + CHUNK])
    return sealed + sealer.finish()


def _file() -> sealing.SealedFile:
    digest = hashlib.sha256(b"").hexdigest()
    return sealing.SealedFile(
        id="0", key=bytes(32), code="cv", name="curriculum vitae.pdf", media_type="application/pdf", size=1, sha256=digest,
        salt=bytes(32), findings=(), parts=1, stored_sha256=digest, stored_size=1,
    )  # fmt: skip


def _cost(act: Callable[[], object], seconds: float) -> float:
    """Return the seconds of processor time of one call, over at least so many seconds."""
    act()
    count, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds:
        act()
        count += 1
    return spent / count


if __name__ == "__main__":
    main()
