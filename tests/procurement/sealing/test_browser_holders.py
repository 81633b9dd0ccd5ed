"""Holders in the browser: right pieces or none, and keys made on one side that open on the other."""

import base64

from procurement import sealing
from procurement.sealing import drill, holders
from tests.procurement.sealing.both_sides import FINANCIAL, encoded
from tests.procurement.sealing.sealed import Holders


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
