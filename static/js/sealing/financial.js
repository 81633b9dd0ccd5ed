// The financial envelope, sealed in the applicant's browser: the server gets ciphertext only. For the page of the price and
// of the financial documents; docs/sealing.md §11 says what a page must show and what the server must answer.
//
//   const { envelope, code } = await FinancialEnvelope.begin(facts, transport);   // the code is shown once, and kept by the applicant
//   const envelope = await FinancialEnvelope.resume(facts, transport, typedCode);  // WrongCode when it is another one
//   await envelope.write({ days: "12", rate: "640.00" });     // text and whole numbers; kept as ciphertext
//   await envelope.attach(file, { code: "price_note" });       // sealed part by part while it is sent; returns its id
//   await envelope.remove(id);
//   envelope.written, envelope.files                           // what the page shows
//   const receipt = await envelope.submit(version);            // salts and hashes by which a file is proved to be the sealed one
//
// facts: { call, application, check, quorum, holders: [{name, public, fingerprint}], lock: {public, fingerprint} }; keys in base64,
//   `check` is the key check of the code, empty before the first time. Show `fingerprints()`: the applicant compares them with the
//   published ones, for otherwise the server could put in keys of its own.
// transport: { read() -> Uint8Array or null, keep(bytes, check), part(file, number, bytes), remove(file), submit(header, body) },
//   each a promise; `viaServer(addresses)` below is one.
import { draftKey, keyCheck, makeCode } from "./access.js";
import { canonical, decoded, encoded, hex, KEY, sha256, Unreadable } from "./bytes.js";
import { openOwn, sealOwn } from "./own.js";
import { sealEnvelope, sealFile } from "./envelope.js";

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

  // The parts leave sealed, then the list of files; what was cut off between the two is a part that no list names.
  attach(blob, { code, name = blob.name }) {
    if (blob.size > LARGEST) throw new RangeError("too large to be sealed here");
    return this.#inTurn(async () => {
      const id = crypto.randomUUID();
      const keep = (bytes, number) => this.#transport.part(id, number, bytes);
      const file = await sealFile(blob, { place: { ...place(this.#facts), envelope: ENVELOPE }, id, code, name, keep });
      await this.#keep({ ...this.#kept, files: [...this.#kept.files, file] });
      return id;
    });
  }

  remove(id) {
    return this.#inTurn(async () => {
      await this.#keep({ ...this.#kept, files: this.#kept.files.filter((file) => file.id !== id) });
      await this.#transport.remove(id);
    });
  }

  // Seals for the submission of this number and hands it over. The working copy stays, for a later version.
  submit(version) {
    return this.#inTurn(async () => {
      const { call, application, quorum, holders, lock } = this.#facts;
      const roster = { quorum, holders: await Promise.all(holders.map(async (holder) => ({ name: holder.name, public: await checkedKey(holder) }))) };
      const sealed = await sealEnvelope(this.#kept, {
        binding: { call, application, envelope: ENVELOPE, version }, roster, lockPublic: await checkedKey(lock), ownKey: this.#key,
      });
      await this.#transport.submit(sealed.header, sealed.body);
      return {
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

// addresses: {kept, part: "…/{file}/{number}/", file: "…/{file}/", submission}. Ciphertext goes as octets, the token in a header.
export function viaServer(addresses) {
  const token = () => document.cookie.match(/(?:^|; )appel_csrf=([^;]+)/)?.[1] ?? "";
  const ask = async (address, method, body, headers = {}) => {
    const answer = await fetch(address, { method, body, headers: { "X-CSRFToken": token(), ...headers } });
    if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { status: answer.status, answer });
    return answer;
  };
  const octets = { "Content-Type": "application/octet-stream" };
  const filled = (address, values) => address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
  return {
    async read() {
      const answer = await ask(addresses.kept, "GET");
      return answer.status === 204 ? null : new Uint8Array(await answer.arrayBuffer());
    },
    keep: (bytes, check) => ask(addresses.kept, "PUT", bytes, { ...octets, "X-Key-Check": check }),
    part: (file, number, bytes) => ask(filled(addresses.part, { file, number }), "PUT", bytes, octets),
    remove: (file) => ask(filled(addresses.file, { file }), "DELETE"),
    submit: (header, body) => ask(
      addresses.submission, "POST", JSON.stringify({ header, body: encoded(body) }), { "Content-Type": "application/json" }),
  };
}
