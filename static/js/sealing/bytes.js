// One way to write a thing as bytes, the same as procurement/sealing/canonical.py; strict ways back. docs/sealing.md §2.
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const KEY = 32;

export class Unreadable extends Error { constructor(reason) { super(reason); this.reason = reason; } }
export class BadPassphrase extends Error {}
export class BadCode extends Error {}
export class BadRecovery extends Error { constructor(line) { super(`line ${line}`); this.line = line; } }

export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export function utf8(text) {
  if (!text.isWellFormed()) throw new TypeError("text with half a character");
  return new TextEncoder().encode(text);
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export function encoded(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export function decoded(text, length) {
  let bytes;
  try { bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)); } catch { throw new Unreadable("format"); }
  if (encoded(bytes) !== text || (length !== undefined && bytes.length !== length)) throw new Unreadable("format");
  return bytes;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

// JSON with keys in the order of their code points, no spaces, whole numbers only.
export function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const names = Object.keys(value).sort(byCodePoint);
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("no such number");
  if (!["number", "string", "boolean"].includes(typeof value) && value !== null) throw new TypeError("no such value");
  return JSON.stringify(value);
}

export const canonical = (value) => utf8(canonicalText(value));

function byCodePoint(one, other) {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
}

export function spelled(bytes) {
  let [text, room, bits] = ["", 0, 0];
  for (const byte of bytes) {
    room = (room << 8) | byte;
    bits += 8;
    while (bits >= 5) { bits -= 5; text += CROCKFORD[(room >> bits) & 31]; }
    room &= (1 << bits) - 1;
  }
  return text;
}

export function unspelled(text) {
  const bytes = [];
  let [room, bits] = [0, 0];
  for (const letter of text) {
    const value = CROCKFORD.indexOf(letter);
    if (value < 0) throw new BadCode();
    room = (room << 5) | value;
    bits += 5;
    if (bits >= 8) { bits -= 8; bytes.push((room >> bits) & 255); }
    room &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

// What people type: any case, spaces and dashes, O for 0, I and L for 1.
export const tidy = (typed) =>
  typed.replace(/[\s\-–—.]/gu, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
export const grouped = (text) => text.match(/.{1,4}/g).join("-");
