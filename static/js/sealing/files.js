// Files part by part, filled up so that sizes say little, as procurement/sealing/files.py and padding.py.
import { joined, Unreadable } from "./bytes.js";
import { partPlace } from "./context.js";
import { openSealed, sealWith } from "./primitives.js";

export const PART_SIZE = 8 * 1024 * 1024;
const [STEP, TRAILER] = [64 * 1024, 8];

export function paddedSize(size) {
  const exponent = size < 2 ? 0 : Math.floor(Math.log2(size));
  const padme = size < 2 ? 1 : 2 ** Math.max(exponent - (Math.floor(Math.log2(exponent || 1)) + (exponent ? 1 : 0)), 0);
  const step = Math.min(Math.max(padme, STEP), PART_SIZE);
  return Math.max(Math.ceil(size / step) * step, STEP);
}

export const partsOf = (size) => Math.max(Math.ceil(size / PART_SIZE), 1);

export function padded(plain, room) {
  const filled = new Uint8Array(room + TRAILER);
  filled.set(plain);
  new DataView(filled.buffer).setBigUint64(room, BigInt(plain.length));
  return filled;
}

export function stripped(filled) {
  const room = filled.length - TRAILER;
  if (room < 0) throw new Unreadable("padding");
  const size = Number(new DataView(filled.buffer, filled.byteOffset).getBigUint64(room));
  if (size > room || filled.subarray(size, room).some((byte) => byte !== 0)) throw new Unreadable("padding");
  return filled.subarray(0, size);
}

// place: {call, application, envelope}; each: {file, part, last}.
export function sealPart(plain, key, place, each) {
  if (plain.length > PART_SIZE || (!each.last && plain.length !== PART_SIZE)) throw new RangeError("only the last part may be short");
  const before = each.part * PART_SIZE;
  const room = each.last ? paddedSize(before + plain.length) - before : PART_SIZE;
  return sealWith(key, padded(plain, room), partPlace(place, each));
}

export async function openPart(sealed, key, place, each) {
  const plain = stripped(await openSealed(key, sealed, partPlace(place, each)));
  if (!each.last && plain.length !== PART_SIZE) throw new Unreadable("padding");
  return plain;
}

// The parts of a File or Blob, one after the other: only one part is in memory at a time.
export async function* sealedParts(blob, key, place, file) {
  const count = partsOf(blob.size);
  for (let part = 0; part < count; part += 1) {
    const plain = new Uint8Array(await blob.slice(part * PART_SIZE, (part + 1) * PART_SIZE).arrayBuffer());
    yield await sealPart(plain, key, place, { file, part, last: part === count - 1 });
  }
}

export async function openFile(parts, key, place, file) {
  const opened = [];
  for (let part = 0; part < parts.length; part += 1) {
    opened.push(await openPart(parts[part], key, place, { file, part, last: part === parts.length - 1 }));
  }
  return joined(...opened);
}
