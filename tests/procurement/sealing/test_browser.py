"""Python and the browser open what the other sealed, files and envelopes, under a strict content policy."""

import base64
import hashlib
import random

import pytest

from procurement import sealing
from procurement.sealing.padding import PART_SIZE
from tests.procurement.sealing.both_sides import FINANCIAL, encoded
from tests.procurement.sealing.sealed import CODE, Holders

BORDERS = [
    0,
    1,
    16 * 1024 - 9,
    16 * 1024 - 8,
    16 * 1024,
    65_535,
    65_536,
    65_537,
    PART_SIZE - 1,
    PART_SIZE,
    PART_SIZE + 1,
]
SIZES = BORDERS + [random.Random(number).randrange(150_000) for number in range(50 - len(BORDERS))]


def content(size: int, seed: int) -> bytes:
    row = bytes((at * 31 + seed) & 255 for at in range(251))
    return (row * (size // 251 + 1))[:size]


def stored_by_python(sizes):
    """Seal the files here, and return their entries and their parts in a row."""
    entries, rows = [], []
    for number, size in enumerate(sizes):
        plain, key, name = content(size, number), sealing.new_file_key(), f"file-{number}"
        parts = [
            sealing.seal_part(
                plain[part * PART_SIZE : (part + 1) * PART_SIZE],
                key=key,
                context=_place(name, part, last=part == sealing.parts_of(size) - 1),
            )
            for part in range(sealing.parts_of(size))
        ]
        row = b"".join(parts)
        entries.append(
            sealing.SealedFile(
                id=name,
                key=key,
                code="price",
                name=f"Offre n° {number} – €.pdf",
                media_type="application/pdf",
                size=size,
                sha256=hashlib.sha256(plain).hexdigest(),
                salt=random.Random(number).randbytes(32),
                findings=("seen",),
                parts=len(parts),
                stored_sha256=hashlib.sha256(row).hexdigest(),
                stored_size=len(row),
            )
        )
        rows.append(parts)
    return tuple(entries), rows


def _place(name, part, *, last):
    return sealing.PartContext(FINANCIAL.call, FINANCIAL.application, FINANCIAL.envelope, name, part, last=last)


def test_the_browser_opens_what_python_sealed(page, counter):
    holding = Holders(3, 2)
    entries, rows = stored_by_python(SIZES)
    written = {"price": "12500.00", "état": ["ù", "𝔘", "\u2028", "\x7f\x1f"], "𐀀": None, "\uffff": True, "n": 2**53 - 1}
    sealed = holding.seal(sealing.Manifest(written, entries), binding=FINANCIAL)
    counter[1].update({f"/parts/{number}/{at}": part for number, row in enumerate(rows) for at, part in enumerate(row)})

    found = page.evaluate(
        """async ({ header, body, code, holders, lock, binding }) => {
          const s = globalThis.sealing, raw = (text) => s.decoded(text);
          const ownKey = await s.draftKey(code, binding.application);
          const own = await s.openOwnEnvelope(header, raw(body), { ownKey, binding });
          const pieces = {};
          for (const [holder, key] of Object.entries(holders))
            pieces[holder] = await s.releasePieces(header, { holder, privateKey: raw(key), binding });
          const kc = await s.joinPieces(header, pieces);
          const ks = await s.releaseServerPart(header, { lockPrivate: raw(lock), binding });
          const opened = await s.openEnvelope(header, raw(body), { kc, ks, binding });
          const digests = [];
          for (const [number, file] of opened.files.entries()) {
            const parts = [];
            for (let part = 0; part < file.parts; part += 1)
              parts.push(new Uint8Array(await (await fetch(`/parts/${number}/${part}`)).arrayBuffer()));
            digests.push(s.hex(await s.sha256(await s.openFile(parts, raw(file.key), binding, file.id))));
          }
          return { written: opened.written, same: s.canonicalText(own) === s.canonicalText(opened), digests };
        }""",
        {
            "header": sealed.header, "body": encoded(sealed.body), "code": CODE.lower(), "binding": vars(FINANCIAL),
            "holders": {name: encoded(holding.private[name]) for name in ("1", "3")}, "lock": encoded(holding.lock_private),
        },
    )  # fmt: skip

    assert found["written"] == written
    assert found["same"]
    assert found["digests"] == [entry.sha256 for entry in entries]


SEAL = """async ({ sizes, binding, roster, lock, code, library }) => {
  const s = globalThis.sealing, raw = (text) => s.decoded(text);
  if (library) s.preferLibrary();
  const files = [];
  for (const [number, size] of sizes.entries()) {
    const blob = new Blob([content(size, number)], { type: "application/pdf" });
    files.push(await s.sealFile(blob, {
      place: binding, id: `file-${number}`, code: "price", name: `Offre n° ${number} – 𝔘.pdf`,
      keep: (part, at) => fetch(`/made/${number}/${at}`, { method: "PUT", body: part }),
    }));
  }
  const holders = roster.holders.map(({ name, key }) => ({ name, public: raw(key) }));
  const written = { "price": "12500.00", "état": ["ù", "𝔘", "\\u2028", "\\x7f\\x1f"], "𐀀": null, "\\uffff": true };
  const { header, body } = await s.sealEnvelope({ written, files }, {
    binding, roster: { quorum: roster.quorum, holders }, lockPublic: raw(lock),
    ownKey: await s.draftKey(code, binding.application),
  });
  return { header, body: s.encoded(body) };
}"""


@pytest.mark.parametrize(("sizes", "library"), [(SIZES, False), (SIZES[:3], True)], ids=["webcrypto", "library"])
def test_python_opens_what_the_browser_sealed(page, counter, sizes, library):
    holding = Holders(4, 3)
    keys = [{"name": holder.name, "key": encoded(holder.public)} for holder in holding.roster.holders]
    made = page.evaluate(
        SEAL,
        {
            "sizes": sizes, "binding": vars(FINANCIAL), "roster": {"quorum": 3, "holders": keys},
            "lock": encoded(holding.lock_public), "code": CODE, "library": library,
        },
    )  # fmt: skip
    body = base64.b64decode(made["body"])
    manifest = holding.open(made["header"], body, binding=FINANCIAL)
    own = sealing.open_own_envelope(made["header"], body, own_key=holding.own_key, binding=FINANCIAL)

    assert own == manifest
    assert manifest.written["état"] == ["ù", "𝔘", "\u2028", "\x7f\x1f"]
    assert made["header"]["sealed_in"] == "browser"
    assert [file.size for file in manifest.files] == sizes
    for number, file in enumerate(manifest.files):
        sealed = [counter[1][f"/made/{number}/{at}"] for at in range(file.parts)]
        plain = b"".join(
            sealing.open_part(part, key=file.key, context=_place(file.id, at, last=at == file.parts - 1))
            for at, part in enumerate(sealed)
        )
        assert plain == content(file.size, number)
        assert hashlib.sha256(plain).hexdigest() == file.sha256
        assert sum(map(len, sealed)) == file.stored_size == sealing.sealed_size(file.size)
        assert hashlib.sha256(b"".join(sealed)).hexdigest() == file.stored_sha256
