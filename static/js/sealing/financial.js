// The financial envelope, sealed in the applicant's browser: the server gets ciphertext only. For the page of the price and
// of the financial documents; docs/sealing.md §11 says what a page must show and what the server must answer.
//
//   const { envelope, code } = await FinancialEnvelope.begin(facts, transport);   // the code is shown once, and kept by the applicant
//   const envelope = await FinancialEnvelope.resume(facts, transport, typedCode);  // WrongCode when it is another one
//   await envelope.write({ days: "12", rate: "640.00" });     // text and whole numbers; kept as ciphertext
//   await envelope.attach(file, { code: "price_note" });       // sealed part by part, then sent whole; returns its id
//   await envelope.remove(id);
//   envelope.written, envelope.files                           // what the page shows
//   const receipt = await envelope.submit(version);            // salts and hashes by which a file is proved to be the sealed one
//
// facts: { call, application, check, quorum, holders: [{name, public, fingerprint}], lock: {public, fingerprint} }; keys in base64,
//   `check` is the key check of the code, empty before the first time. Show `fingerprints()`: the applicant compares them with the
//   published ones, for otherwise the server could put in keys of its own.
// transport: { read() -> Uint8Array or null, keep(bytes, check), file(id, code, bytes), remove(id, code), submit(header, body, form) },
//   each a promise; `viaServer(addresses)` below is one.
import { draftKey, keyCheck, makeCode } from "./access.js";
import { canonical, decoded, encoded, hex, joined, KEY, sha256, unhex, Unreadable } from "./bytes.js";
import { bound } from "./context.js";
import { derived } from "./primitives.js";
import { openOwn, sealOwn } from "./own.js";
import { openOwnEnvelope, sealEnvelope, sealFile } from "./envelope.js";

export class WrongCode extends Error {}
export const LARGEST = 25 * 1024 * 1024;
const ENVELOPE = "financial";

async function checkedKey({ public: text, fingerprint }) {
  const key = decoded(text, KEY);
  if (hex(await sha256(key)) !== fingerprint) throw new Unreadable("key");
  return key;
}

export class FinancialEnvelope {
  #facts; #transport; #key; #check; #kept; #queue = Promise.resolve();

  constructor(facts, transport, { key, check, kept }) {
    this.#facts = facts;
    this.#transport = transport;
    this.#key = key;
    this.#check = check;
    this.#kept = kept;
  }

  // A new code and an empty envelope. Nothing is sent before the first `write` or `attach`.
  static async begin(facts, transport) {
    const code = makeCode();
    const key = await draftKey(code, facts.application);
    const opened = { key, check: await keyCheck(key), kept: { written: {}, files: [] } };
    return { code, envelope: new FinancialEnvelope(facts, transport, opened) };
  }

  static async resume(facts, transport, typed) {
    const key = await draftKey(typed, facts.application);
    const check = await keyCheck(key);
    if (facts.check && facts.check !== check) throw new WrongCode();
    const sealed = await transport.read();
    const kept = sealed ? JSON.parse(new TextDecoder().decode(await openOwn(sealed, { key, place: place(facts) }))) : null;
    return new FinancialEnvelope(facts, transport, { key, check, kept: kept ?? { written: {}, files: [] } });
  }

  get written() { return structuredClone(this.#kept.written); }
  get files() { return this.#kept.files.map(({ id, code, name, size, media_type: type }) => ({ id, code, name, size, type })); }

  fingerprints() {
    const { holders, lock } = this.#facts;
    return { holders: holders.map(({ name, fingerprint }) => ({ name, fingerprint })), lock: lock.fingerprint };
  }

  write(written) {
    canonical(written); // refuses what has no single spelling before anything changes
    return this.#inTurn(() => this.#keep({ ...this.#kept, written: structuredClone(written) }));
  }

  // The file leaves sealed, then the list of files; what was cut off between the two is a file that no list names.
  attach(blob, { code, name = blob.name }) {
    if (blob.size > LARGEST) throw new RangeError("too large to be sealed here");
    return this.#inTurn(async () => {
      const id = crypto.randomUUID();
      const parts = [];
      const file = await sealFile(blob, { place: { ...place(this.#facts), envelope: ENVELOPE }, id, code, name, keep: (bytes) => parts.push(bytes) });
      await this.#transport.file(id, code, joined(...parts));
      await this.#keep({ ...this.#kept, files: [...this.#kept.files, file] });
      return id;
    });
  }

  remove(id) {
    return this.#inTurn(async () => {
      const { code } = this.#kept.files.find((file) => file.id === id);
      await this.#keep({ ...this.#kept, files: this.#kept.files.filter((file) => file.id !== id) });
      await this.#transport.remove(id, code);
    });
  }

  // Seals for the submission of this number and hands it over; `answer` is what the server said. The working copy stays.
  submit(version) {
    return this.#inTurn(async () => {
      const { call, application, quorum, holders, lock } = this.#facts;
      const roster = { quorum, holders: await Promise.all(holders.map(async (holder) => ({ name: holder.name, public: await checkedKey(holder) }))) };
      const sealed = await sealEnvelope(this.#kept, {
        binding: { call, application, envelope: ENVELOPE, version }, roster, lockPublic: await checkedKey(lock), ownKey: this.#key,
      });
      const proof = await formProof(this.#key, this.#kept.written, { call, application, envelope: ENVELOPE, version });
      const answer = await this.#transport.submit(sealed.header, sealed.body, await formCommitment(proof));
      return {
        answer,
        header: sealed.header.body, files: this.#kept.files.map(({ id, name, sha256: digest, salt }) => ({ id, name, sha256: digest, salt })),
      };
    });
  }

  async #keep(kept) {
    await this.#transport.keep(await sealOwn(canonical(kept), { key: this.#key, place: place(this.#facts) }), this.#check);
    this.#kept = kept;
  }

  // One after the other, also when an earlier one failed: two saves at once would undo each other.
  #inTurn(act) {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}

const place = ({ call, application }) => ({ call, application, purpose: "envelope", subject: ENVELOPE });

// What was submitted, read back with the code: sealed is {header, body}, body in base64.
export async function readBack(typed, { header, body }, binding) {
  const ownKey = await draftKey(typed, binding.application);
  const found = await openOwnEnvelope(header, decoded(body), { ownKey, binding });
  return { ...found, form: await formProof(ownKey, found.written, binding) };
}

// What proves what was typed, as procurement/sealing/form.py: only its commitment is sent, with the submission.
async function formProof(ownKey, written, binding) {
  return { salt: hex(await derived(ownKey, bound(binding, "form"))), sha256: hex(await sha256(canonical(written))), written };
}
const formCommitment = async ({ salt, sha256: digest }) => hex(await sha256(unhex(salt), unhex(digest)));

// addresses: {kept, file: "…/{code}/{file}", submission}. Ciphertext goes as octets, the token in a header. What another window
// kept meanwhile is not overwritten: each saving names the digest of the one that it began from. `fields` go with the submission.
export function viaServer(addresses, fields = {}) {
  const token = () => document.cookie.match(/(?:^|; )appel_csrf=([^;]+)/)?.[1] ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  let seen = "";
  const ask = async (address, method, body, headers = {}) => {
    const common = { Accept: "application/json", "X-CSRFToken": token() };
    const answer = await fetch(address, { method, body, headers: { ...common, ...headers }, redirect: "manual" });
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(`${answer.status}`), said, { status: answer.status });
  };
  const octets = { "Content-Type": "application/octet-stream" };
  const filled = (values) => addresses.file.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
  return {
    get seen() { return seen; },
    async read() {
      const answer = await ask(addresses.kept, "GET");
      const bytes = answer.status === 204 ? null : new Uint8Array(await answer.arrayBuffer());
      seen = bytes ? hex(await sha256(bytes)) : "";
      return bytes;
    },
    async keep(bytes, check) {
      await ask(addresses.kept, "PUT", bytes, { ...octets, "X-Key-Check": check, "X-Seen": seen });
      seen = hex(await sha256(bytes));
    },
    file: (file, code, bytes) => ask(filled({ file, code }), "PUT", bytes, octets),
    remove: (file, code) => ask(filled({ file, code }), "DELETE"),
    async submit(header, body, proof) {
      const form = new FormData();
      for (const [name, text] of Object.entries({ ...fields, envelope: JSON.stringify(header), body: encoded(body), form: proof })) form.append(name, text);
      return (await ask(addresses.submission, "POST", form)).json();
    },
  };
}
