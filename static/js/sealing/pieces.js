// The committee's part of the key: split for every quorum, released, put together, as procurement/sealing/pieces.py.
import { decoded, encoded, hex, joined, KEY, random, sha256, Unreadable } from "./bytes.js";
import { bound } from "./context.js";
import { openWith, sealTo } from "./primitives.js";

export function subsets(names, quorum) {
  const found = [];
  const choose = (from, chosen) => {
    if (chosen.length === quorum) { found.push(chosen); return; }
    for (let at = from; at < names.length; at += 1) choose(at + 1, [...chosen, names[at]]);
  };
  choose(0, []);
  return found;
}

const xor = (parts) => Uint8Array.from({ length: KEY }, (_, at) => parts.reduce((total, part) => total ^ part[at], 0));

// roster: {quorum, holders: [{name, public: Uint8Array}]}
export async function split(secret, roster, binding) {
  const names = roster.holders.map((holder) => holder.name);
  const own = new Map(names.map((name) => [name, []]));
  const prints = {};
  for (const chosen of subsets(names, roster.quorum)) {
    const parts = chosen.slice(1).map(() => random(KEY));
    parts.push(xor([secret, ...parts]));
    prints[chosen.join("+")] = await Promise.all(parts.map(async (part) => hex(await sha256(part))));
    chosen.forEach((name, at) => own.get(name).push(parts[at]));
  }
  const holders = await Promise.all(roster.holders.map(async (holder) => ({
    name: holder.name,
    fingerprint: hex(await sha256(holder.public)),
    pieces: encoded(await sealTo(holder.public, joined(...own.get(holder.name)), bound(binding, "pieces", holder.name))),
  })));
  return { holders, prints };
}

// A holder's pieces by subset, in base64 as they are sent to the server.
export async function releasePieces(header, { holder, privateKey, binding }) {
  const entry = header.holders.find((each) => each.name === holder);
  if (!entry) throw new Unreadable("key");
  const plain = await openWith(privateKey, decoded(entry.pieces), bound(binding, "pieces", holder));
  const mine = subsets(header.holders.map((each) => each.name), header.quorum).filter((chosen) => chosen.includes(holder));
  if (plain.length !== mine.length * KEY) throw new Unreadable("header");
  return Object.fromEntries(mine.map((chosen, at) => [chosen.join("+"), encoded(plain.slice(at * KEY, (at + 1) * KEY))]));
}

// The same, held against the digests of the envelope; nothing where it holds no right piece for this key: one envelope that
// somebody damaged, or sealed so, must not keep the others closed.
export async function soundPieces(header, prints, place) {
  try {
    const found = await releasePieces(header, place);
    const right = await Promise.all(Object.entries(found).map(async ([subset, piece]) => hex(await sha256(decoded(piece, KEY))) === prints[subset]));
    return right.every(Boolean) ? found : {};
  } catch (error) {
    if (error instanceof Unreadable) return {};
    throw error;
  }
}

// pieces: holder -> subset -> base64, as releasePieces gives them.
export async function joinPieces(header, pieces) {
  for (const chosen of subsets(header.holders.map((each) => each.name), header.quorum)) {
    const subset = chosen.join("+");
    if (!chosen.every((name) => pieces[name]?.[subset])) continue;
    const parts = chosen.map((name) => decoded(pieces[name][subset], KEY));
    const right = await Promise.all(parts.map(async (part, at) => hex(await sha256(part)) === header.subsets[subset][at]));
    if (right.every(Boolean)) return xor(parts);
  }
  throw new Unreadable("key");
}
