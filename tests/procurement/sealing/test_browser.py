"""Python and the browser read each other's files, envelopes and keys, under a strict content policy."""

import base64
import hashlib
import json
import random
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from procurement import sealing
from procurement.sealing import drill, holders
from procurement.sealing.padding import PART_SIZE
from tests.procurement.sealing.counter import counter as server
from tests.procurement.sealing.sealed import BINDING, CODE, Holders

FINANCIAL = replace(BINDING, envelope="financial")
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
START = """async (names) => {
  const modules = await Promise.all(names.map((name) => import(`/static/js/sealing/${name}.js`)));
  globalThis.sealing = Object.assign({}, ...modules);
  globalThis.content = (size, seed) => {
    const filled = new Uint8Array(size), row = Uint8Array.from({ length: 251 }, (_, at) => (at * 31 + seed) & 255);
    for (let at = 0; at < size; at += 251) filled.set(row.subarray(0, size - at), at);
    return filled;
  };
}"""
MODULES = ["bytes", "primitives", "context", "access", "files", "pieces", "envelope", "holders"]


def content(size: int, seed: int) -> bytes:
    row = bytes((at * 31 + seed) & 255 for at in range(251))
    return (row * (size // 251 + 1))[:size]


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.fixture(scope="module")
def counter():
    with server() as opened:
        yield opened


@pytest.fixture
def page(browser, counter):
    context = browser.new_context(base_url=counter[0])
    opened, faults = context.new_page(), []
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    opened.goto("/")
    opened.evaluate(START, MODULES)
    yield opened
    context.close()
    assert faults == []


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


def test_a_holder_sends_right_pieces_or_none(page):
    holding, other = Holders(3, 2), Holders(3, 2)
    sealed = holding.seal(sealing.Manifest({"price": "1"}), binding=FINANCIAL)
    prints = {
        subset: found[subset.split("+").index("1")]
        for subset, found in sealed.header["subsets"].items()
        if "1" in subset
    }
    found = page.evaluate(
        """async ({ header, prints, keys, binding }) => {
          const s = globalThis.sealing, ask = (key, digests, from = header) =>
            s.soundPieces(from, digests, { holder: "1", privateKey: s.decoded(key), binding });
          const altered = structuredClone(header);
          altered.holders[0].pieces = header.holders[1].pieces;
          const wrong = Object.fromEntries(Object.keys(prints).map((subset) => [subset, "0".repeat(64)]));
          return [await ask(keys[0], prints), await ask(keys[1], prints), await ask(keys[0], wrong), await ask(keys[0], prints, altered)];
        }""",
        {
            "header": sealed.header, "prints": prints, "binding": vars(FINANCIAL),
            "keys": [encoded(one.private["1"]) for one in (holding, other)],
        },
    )  # fmt: skip
    assert found[0].keys() == prints.keys()
    assert found[1:] == [{}, {}, {}]


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


def test_holders_keys_made_on_one_side_open_on_the_other(page):
    private, public = holders.make_holder_key()
    place = {"call": "AO-1", "holder": "4"}
    here = {
        "kept": holders.seal_private(private, passphrase="café au lait", **place), "sheet": holders.recovery_sheet(private),
        "drill": drill.make_drill(sealing.HolderKey("4", public), call="AO-1"), "place": place,
    }  # fmt: skip
    found = page.evaluate(
        """async ({ kept, sheet, drill, place }) => {
          const s = globalThis.sealing;
          const read = await s.openPrivate(kept, { passphrase: "cafe\\u0301 au lait", place });
          const wrong = await s.openPrivate(kept, { passphrase: "wrong", place }).catch((problem) => problem.constructor.name);
          const bad = await s.readRecovery(sheet.replace(/^./, "?")).catch((problem) => problem.line);
          const { privateKey, publicKey } = await s.makeHolderKey();
          return {
            read: s.encoded(read), sheet: await s.recoverySheet(await s.readRecovery(sheet.toLowerCase())), wrong, bad,
            public: s.encoded(await s.publicOf(read)), answer: await s.answerDrill(drill, { privateKey: read, place }),
            made: {
              kept: await s.sealPrivate(privateKey, { passphrase: "été comme hiver", place }), publicKey: s.encoded(publicKey),
              sheet: await s.recoverySheet(privateKey), print: await s.fingerprint(publicKey),
            },
          };
        }""",
        here,
    )

    assert base64.b64decode(found["read"]) == private
    assert (found["wrong"], found["bad"]) == ("BadPassphrase", 1)
    assert (found["sheet"], base64.b64decode(found["public"])) == (here["sheet"], public)
    assert drill.is_answered(here["drill"], answer=base64.b64decode(found["answer"]))
    made = found["made"]
    opened = holders.open_private(made["kept"], passphrase="été comme hiver", **place)
    assert holders.public_half(opened) == base64.b64decode(made["publicKey"])
    assert holders.read_recovery(made["sheet"]) == opened
    assert sealing.fingerprint(holders.public_half(opened)) == made["print"]


def test_codes_sizes_and_refusals_are_the_same_on_both_sides(page):
    sizes = [0, 1, 2, 65_536, 65_537, 2**20, 2**20 + 1, 3 * 2**20 + 17, 25_000_000, 2**28 + 1, 10**9 + 1, 2**35 + 3]
    sealed = Holders(3, 2).seal(sealing.Manifest({"a": 1}))
    found = page.evaluate(
        """async ({ sizes, code, header, body, binding }) => {
          const s = globalThis.sealing, reason = (promise) => promise.then(() => "opened", (problem) => problem.reason);
          const ownKey = await s.draftKey(code, binding.application);
          const open = (header, body) => reason(s.openOwnEnvelope(header, body, { ownKey, binding }));
          const bytes = s.decoded(body), flipped = bytes.slice(), cut = bytes.slice(0, 56 + 16400);
          flipped[70] ^= 1;
          const fitting = async (other) => ({ ...header, body: { sha256: s.hex(await s.sha256(other)), size: other.length } });
          return {
            sizes: sizes.map(s.paddedSize), made: s.makeCode(), check: await s.keyCheck(ownKey),
            bad: await s.draftKey(code.slice(1), "x").then(() => "", (problem) => problem.constructor.name),
            reasons: [
              await open(header, bytes), await open(header, flipped), await open(await fitting(flipped), flipped),
              await open(await fitting(cut), cut), await open({ ...header, version: 2 }, bytes),
              await open({ ...header, sealed_in: "browser" }, bytes), await open({ ...header, suite: "other" }, bytes),
            ],
          };
        }""",
        {"sizes": sizes, "code": CODE, "header": sealed.header, "body": encoded(sealed.body), "binding": vars(BINDING)},
    )

    assert found["sizes"] == [sealing.padded_size(size) for size in sizes]
    assert sealing.read_code(found["made"]) == found["made"]
    assert found["check"] == sealing.key_check(sealing.draft_key(CODE, application=BINDING.application))
    assert found["bad"] == "BadCode"
    assert found["reasons"] == ["opened", "body", "body", "body", "binding", "header", "header"]


def test_the_browser_opens_the_vectors(page):
    here = Path(__file__).parent / "vectors"
    hpke, chunked, envelope, keys = (
        json.loads((here / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("hpke", "chunked", "envelope", "keys")
    )
    messages = [
        {
            "key": vector["key"],
            "context": vector["ctx"],
            "message": encoded(zlib.decompress(bytes.fromhex(vector["ct"]))),
        }
        for vector in chunked
    ]
    found = page.evaluate(
        """async ({ hpke, messages, envelope, keys }) => {
          const s = globalThis.sealing, raw = (text) => s.decoded(text);
          const suite = await s.suite(), sent = hpke.encryptions[0], buffer = (text) => s.unhex(text).buffer;
          const recipientKey = await suite.kem.importKey("raw", buffer(hpke.skRm), false);
          const plain = await suite.open(
            { recipientKey, enc: buffer(hpke.enc), info: buffer(hpke.info) }, buffer(sent.ct), buffer(sent.aad));
          const opened = [];
          for (const { key, context, message } of messages) opened.push(await s.openSealed(
            s.unhex(key), raw(message), s.unhex(context)).then((bytes) => s.encoded(bytes), (problem) => problem.reason));
          const header = envelope.header, binding = header, pieces = {};
          for (const holder of ["12", "13", "14"])
            pieces[holder] = await s.releasePieces(header, { holder, privateKey: raw(envelope.holders[holder]), binding });
          const kc = await s.joinPieces(header, pieces);
          const ks = await s.releaseServerPart(header, { lockPrivate: raw(envelope.lock), binding });
          const { written, files } = await s.openEnvelope(header, raw(envelope.body), { kc, ks, binding });
          const content = await s.openFile(envelope.parts.map(raw), raw(files[0].key), binding, files[0].id);
          const { private: privateKey, sheet, drill } = keys.holder;
          return {
            plain: s.hex(new Uint8Array(plain)), opened, written, content: s.encoded(content),
            sheet: await s.recoverySheet(raw(privateKey)) === sheet, sizes: keys.sizes.map(([size]) => s.paddedSize(size)),
            answer: await s.answerDrill(drill, { privateKey: raw(privateKey), place: keys.holder }),
          };
        }""",
        {"hpke": hpke, "messages": messages, "envelope": envelope, "keys": keys},
    )

    assert found["plain"] == hpke["encryptions"][0]["pt"]
    for vector, plain in zip(chunked, found["opened"], strict=True):
        expected = vector.get("msgSha512", "body")
        assert (plain if plain == "body" else hashlib.sha512(base64.b64decode(plain)).hexdigest()) == expected
    assert (found["written"], found["content"]) == (envelope["written"], envelope["content"])
    assert (found["sheet"], found["sizes"]) == (True, [padded for _, _, padded, _ in keys["sizes"]])
    assert drill.is_answered(keys["holder"]["drill"], answer=base64.b64decode(found["answer"]))
