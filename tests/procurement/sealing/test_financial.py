"""The financial envelope sealed in the browser: the server keeps ciphertext, checks what it can, and the committee opens it."""

import base64
import email
import hashlib
import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from procurement import sealing
from tests.procurement.sealing.sealed import BINDING, Holders

FINANCIAL = replace(BINDING, envelope="financial", version=4)
ADDRESSES = {
    "kept": "/in-browser/kept",
    "file": "/in-browser/files/{code}/{file}",
    "submission": "/in-browser/submission",
}
NOTE = "Détail du prix : 12 × 640,00 €".encode()


class Counter:
    """The server's side: keeps what comes, and everything that ever came, for the search for plain text."""

    def __init__(self):
        self.kept, self.check, self.parts, self.submitted, self.seen = None, "", {}, None, b""

    def answer(self, route):
        request = route.request
        body = request.post_data_buffer or b""
        self.seen += request.url.encode() + json.dumps(request.headers).encode() + body
        path = urlsplit(request.url).path.strip("/").split("/")[1:]
        if path == ["kept"] and request.method == "GET":
            return route.fulfill(body=self.kept) if self.kept else route.fulfill(status=204)
        if path == ["submission"]:
            return self.take(body, route)
        if path == ["kept"]:
            self.kept, self.check = body, request.headers["x-key-check"]
        elif request.method == "DELETE":
            del self.parts[path[2]]
        else:
            self.parts[path[2]] = {0: body}
        return route.fulfill(status=204)

    def take(self, form, route):
        whole = email.message_from_bytes(
            b"Content-Type: multipart/form-data; boundary=" + form.split(b"\r\n")[0][2:] + b"\r\n\r\n" + form
        )
        fields = {
            one.get_param("name", header="content-disposition"): one.get_payload(decode=True)
            for one in whole.get_payload()
        }
        self.submitted = {"header": json.loads(fields["envelope"]), "body": fields["body"].decode()}
        return route.fulfill(json={"url": "/receipt/"})

    def rows(self):
        return {name: [parts[number] for number in sorted(parts)] for name, parts in self.parts.items()}

    def stored(self):
        rows = {name: b"".join(parts) for name, parts in self.rows().items()}
        return {name: (len(row), hashlib.sha256(row).hexdigest()) for name, row in rows.items()}


def facts(holders: Holders) -> dict:
    def key(public):
        return {"public": base64.b64encode(public).decode(), "fingerprint": sealing.fingerprint(public)}

    return {
        "call": FINANCIAL.call, "application": FINANCIAL.application, "check": "", "quorum": holders.quorum,
        "holders": [{"name": holder.name, **key(holder.public)} for holder in holders.roster.holders],
        "lock": key(holders.lock_public),
    }  # fmt: skip


SEALED = """async ({ facts, addresses, note }) => {
  const { FinancialEnvelope, viaServer, WrongCode } = await import("/static/js/sealing/financial.js");
  const bytes = Uint8Array.from(atob(note), (letter) => letter.charCodeAt(0));
  const begun = await FinancialEnvelope.begin(facts, viaServer(addresses));
  await begun.envelope.write({ days: "12", rate: "640.00" });
  const saves = [{ days: "12", rate: "650.00" }, { days: "12", rate: "640.00", expenses: "0" }];
  const ids = await Promise.all([
    begun.envelope.attach(new File([bytes], "Détail.pdf", { type: "application/pdf" }), { code: "price_note" }),
    begun.envelope.attach(new File(["thrown away"], "wrong.pdf"), { code: "price_note" }),
    ...saves.map((written) => begun.envelope.write(written)),
  ]);
  await begun.envelope.remove(ids[1]);
  const other = { ...facts, check: "0".repeat(64) };
  const wrong = await FinancialEnvelope.resume(other, viaServer(addresses), begun.code).catch((problem) => problem instanceof WrongCode);
  const again = await FinancialEnvelope.resume(facts, viaServer(addresses), begun.code.toLowerCase());
  const swapped = { ...facts, lock: { ...facts.lock, public: facts.holders[0].public } };
  const cheated = await FinancialEnvelope.resume(swapped, viaServer(addresses), begun.code);
  const refused = await cheated.submit(4).catch((problem) => problem.reason);
  return { code: begun.code, written: again.written, files: again.files, receipt: await again.submit(4), wrong, refused };
}"""


@pytest.fixture
def page(live_browser):
    opened = live_browser.page(language="en")
    opened.goto("/privacy/")
    return opened


def test_the_server_sees_ciphertext_and_the_committee_opens_it(page):
    holders, counter = Holders(4, 2), Counter()
    page.route("**/in-browser/**", counter.answer)
    note = base64.b64encode(NOTE).decode()
    found = page.evaluate(SEALED, {"facts": facts(holders), "addresses": ADDRESSES, "note": note})

    assert found["written"] == {"days": "12", "rate": "640.00", "expenses": "0"}
    assert [(file["name"], file["size"]) for file in found["files"]] == [("Détail.pdf", len(NOTE))]
    assert (found["wrong"], found["refused"]) == (True, "key")
    header, body = counter.submitted["header"], base64.b64decode(counter.submitted["body"])
    places = {"binding": FINANCIAL, "roster": holders.roster, "lock_public": holders.lock_public}
    sealing.accept_envelope(header, body, stored=counter.stored(), **places)
    manifest = holders.open(header, body, binding=FINANCIAL)
    (file,) = manifest.files
    (part,) = counter.rows()[file.id]
    place = sealing.PartContext(FINANCIAL.call, FINANCIAL.application, "financial", file.id, 0, last=True)
    assert dict(manifest.written) == found["written"]
    assert sealing.open_part(part, key=file.key, context=place) == NOTE
    (receipt,) = found["receipt"]["files"]
    assert sealing.commitment(base64.b64decode(receipt["salt"]), receipt["sha256"]) == header["files"][0]["commitment"]

    own_key = sealing.draft_key(found["code"], application=FINANCIAL.application)
    assert counter.check == sealing.key_check(own_key)
    assert sealing.open_own_envelope(header, body, own_key=own_key, binding=FINANCIAL) == manifest
    code, plain = found["code"], [NOTE, b"thrown away", b"640.00", b"wrong.pdf", own_key]
    forms = [code.encode(), code.replace("-", "").encode(), *plain]
    assert b"/in-browser/" in counter.seen
    for secret in [*forms, *(base64.b64encode(each)[:-4] for each in plain), *(each.hex().encode() for each in plain)]:
        assert secret not in counter.seen


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda header, given: header.update(sealed_in="server"), "header"),
        (lambda header, given: header.update(extra=1), "header"),
        (lambda header, given: header.update(version=5), "binding"),
        (lambda header, given: given.update(roster=Holders(3, 2).roster), "key"),
        (lambda header, given: given.update(lock_public=bytes(32)), "key"),
        (lambda header, given: given.update(body=given["body"][:-1] + b"?"), "body"),
        (lambda header, given: given["stored"].update(other=(1, "0" * 64)), "files"),
        (lambda header, given: given["stored"].clear(), "files"),
    ],
)
def test_what_the_server_can_check_it_checks(change, reason):
    from tests.procurement.sealing.sealed import file

    holders, one = Holders(3, 2), file()
    sealed = sealing.seal_envelope(
        sealing.Manifest({}, (one,)), binding=FINANCIAL, roster=holders.roster, lock_public=holders.lock_public,
        own_key=holders.own_key, sealed_in="browser",
    )  # fmt: skip
    given = {
        "body": sealed.body, "binding": FINANCIAL, "roster": holders.roster, "lock_public": holders.lock_public,
        "stored": {one.id: (one.stored_size, one.stored_sha256)},
    }  # fmt: skip
    assert sealing.accept_envelope(sealed.header, **given) == sealed.header

    header = dict(sealed.header)
    change(header, given)
    with pytest.raises(sealing.Unreadable, match=reason):
        sealing.accept_envelope(header, **given)
