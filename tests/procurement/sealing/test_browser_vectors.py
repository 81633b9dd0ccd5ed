"""The browser agrees with Python on codes, sizes and refusals, and opens the published vectors."""

import base64
import hashlib
import json
import zlib
from pathlib import Path

from procurement import sealing
from procurement.sealing import drill
from tests.procurement.sealing.both_sides import encoded
from tests.procurement.sealing.sealed import BINDING, CODE, Holders


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
