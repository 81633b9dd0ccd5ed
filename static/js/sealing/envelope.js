// Sealing a whole envelope in the browser and opening it again, as procurement/sealing/envelope.py and manifest.py.
import { canonical, canonicalText, decoded, encoded, hex, joined, KEY, random, sha256, unhex, Unreadable } from "./bytes.js";
import { bound, FORMAT, SUITE } from "./context.js";
import { padded, paddedSize, partsOf, sealedParts, stripped } from "./files.js";
import { split } from "./pieces.js";
import { derived, openSealed, openWith, sealTo, sealWith } from "./primitives.js";

export async function commitment(salt, digest) { return hex(await sha256(salt, unhex(digest))); }

// Seals one file; `keep(part, number)` gets each sealed part. Returns its entry in the manifest.
// A file of this way is small (25 MB): its hash is taken of the whole.
export async function sealFile(blob, { place, id, code, name, keep }) {
  const [key, salt] = [random(KEY), random(KEY)];
  const stored = [];
  let number = 0;
  for await (const part of sealedParts(blob, key, place, id)) {
    await keep(part, number);
    stored.push(part);
    number += 1;
  }
  return {
    id, code, name, media_type: blob.type || "application/octet-stream", size: blob.size,
    sha256: hex(await sha256(new Uint8Array(await blob.arrayBuffer()))), findings: [], parts: partsOf(blob.size),
    key: encoded(key), salt: encoded(salt),
    stored_sha256: hex(await sha256(...stored)), stored_size: stored.reduce((size, part) => size + part.length, 0),
  };
}

const shown = async (file) => ({
  id: file.id, commitment: await commitment(decoded(file.salt, KEY), file.sha256), parts: file.parts,
  sha256: file.stored_sha256, size: file.stored_size,
});

const digest = async ({ body: _, ...header }) => hex(await sha256(canonical(header)));
const dataKey = (kc, ks, binding) => derived(joined(kc, ks), bound(binding, "dek"));

export async function sealEnvelope({ written, files = [] }, { binding, roster, lockPublic, ownKey }) {
  const [kc, ks] = [random(KEY), random(KEY)];
  const { holders, prints } = await split(kc, roster, binding);
  const header = {
    format: FORMAT, suite: SUITE, call: binding.call, application: binding.application, envelope: binding.envelope,
    version: binding.version, sealed_in: "browser", quorum: roster.quorum, holders, subsets: prints,
    lock: { fingerprint: hex(await sha256(lockPublic)), part: encoded(await sealTo(lockPublic, ks, bound(binding, "lock"))) },
    own: encoded(await sealWith(ownKey, joined(kc, ks), bound(binding, "own"))),
    files: await Promise.all(files.map(shown)),
  };
  const plain = canonical({ format: FORMAT, header: await digest(header), written, files });
  const body = await sealWith(await dataKey(kc, ks, binding), padded(plain, paddedSize(plain.length)), bound(binding, "manifest"));
  header.body = { sha256: hex(await sha256(body)), size: body.length };
  return { header, body };
}

function checkPlace(header, binding) {
  if (header.format !== FORMAT || header.suite !== SUITE) throw new Unreadable("header");
  const moved = ["call", "application", "envelope", "version"].some((name) => header[name] !== binding[name]);
  if (moved) throw new Unreadable("binding");
}

export async function openEnvelope(header, body, { kc, ks, binding }) {
  checkPlace(header, binding);
  if (body.length !== header.body.size || hex(await sha256(body)) !== header.body.sha256) throw new Unreadable("body");
  const raw = stripped(await openSealed(await dataKey(kc, ks, binding), body, bound(binding, "manifest")));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
  const found = JSON.parse(text);
  if (found.format !== FORMAT || canonicalText(found) !== text) throw new Unreadable("manifest");
  if (found.header !== await digest(header)) throw new Unreadable("header");
  const promised = await Promise.all(found.files.map(shown));
  if (canonicalText(promised) !== canonicalText(header.files)) throw new Unreadable("files");
  return { written: found.written, files: found.files };
}

export async function openOwnEnvelope(header, body, { ownKey, binding }) {
  checkPlace(header, binding);
  const both = await openSealed(ownKey, decoded(header.own), bound(binding, "own"));
  return openEnvelope(header, body, { kc: both.slice(0, KEY), ks: both.slice(KEY), binding });
}

export const releaseServerPart = (header, { lockPrivate, binding }) =>
  openWith(lockPrivate, decoded(header.lock.part), bound(binding, "lock"));
