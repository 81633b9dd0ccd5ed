// A holder's key: made here, kept under a passphrase, on a recovery sheet; as procurement/sealing/holders.py and drill.py.
import { argon2idAsync } from "../../vendor/sealing/crypto.js";
import {
  BadPassphrase, BadRecovery, canonical, decoded, encoded, grouped, hex, joined, KEY, random, same, sha256, spelled, tidy,
  Unreadable, unspelled, utf8,
} from "./bytes.js";
import { drillPlace, FORMAT, holderPlace } from "./context.js";
import { newPair, openWith, publicOf } from "./primitives.js";

const COST = { memory: 64 * 1024, passes: 2, lanes: 1 };
const [LEAST_MEMORY, MOST_MEMORY, MOST_PASSES] = [19 * 1024, 1024 * 1024, 16];
const [LINES, LINE, CHECK, LETTERS] = [4, 8, 2, 16];

// -> {privateKey, publicKey}: Uint8Array of 32 bytes each. The private half never leaves this page unsealed.
export const makeHolderKey = newPair;
export const fingerprint = async (publicKey) => hex(await sha256(publicKey));
export { publicOf };

async function passphraseKey(passphrase, salt, { memory, passes, lanes }, onProgress) {
  const options = { m: memory, t: passes, p: lanes, dkLen: KEY, onProgress };
  return crypto.subtle.importKey(
    "raw", await argon2idAsync(utf8(passphrase.normalize("NFKC")), salt, options), "AES-GCM", false, ["encrypt", "decrypt"]);
}

// place: {call, holder}. -> the JSON that the server keeps; `onProgress(0..1)` while the passphrase is worked on.
export async function sealPrivate(privateKey, { passphrase, place, onProgress }) {
  const [salt, nonce] = [random(16), random(12)];
  const key = await passphraseKey(passphrase, salt, COST, onProgress);
  const cipher = { name: "AES-GCM", iv: nonce, additionalData: holderPlace(place) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, privateKey));
  return { format: FORMAT, kdf: "argon2id", ...COST, salt: encoded(salt), nonce: encoded(nonce), sealed: encoded(sealed) };
}

// BadPassphrase for a wrong passphrase or an altered key; Unreadable("format") for another form.
export async function openPrivate(sealed, { passphrase, place, onProgress }) {
  const { format, kdf, memory, passes, lanes } = sealed;
  const bearable = memory >= LEAST_MEMORY && memory <= MOST_MEMORY && passes >= COST.passes && passes <= MOST_PASSES;
  if (format !== FORMAT || kdf !== "argon2id" || !bearable || lanes !== COST.lanes) throw new Unreadable("format");
  const key = await passphraseKey(passphrase, decoded(sealed.salt, 16), { memory, passes, lanes }, onProgress);
  const cipher = { name: "AES-GCM", iv: decoded(sealed.nonce, 12), additionalData: holderPlace(place) };
  try { return new Uint8Array(await crypto.subtle.decrypt(cipher, key, decoded(sealed.sealed, KEY + 16))); }
  catch { throw new BadPassphrase(); }
}

const lineCheck = async (number, part) => (await sha256(canonical([FORMAT, "recovery", number]), part)).slice(0, CHECK);

// -> four lines of four groups of four, each line checked by itself.
export async function recoverySheet(privateKey) {
  const lines = [];
  for (let number = 0; number < LINES; number += 1) {
    const part = privateKey.slice(number * LINE, (number + 1) * LINE);
    lines.push(grouped(spelled(joined(part, await lineCheck(number, part)))));
  }
  return lines.join("\n");
}

// BadRecovery with `line`: the first wrong line from 1, or 0 for a wrong length.
export async function readRecovery(typed) {
  const text = tidy(typed);
  if (text.length !== LINES * LETTERS) throw new BadRecovery(0);
  const parts = [];
  for (let number = 0; number < LINES; number += 1) {
    let raw;
    try { raw = unspelled(text.slice(number * LETTERS, (number + 1) * LETTERS)); } catch { throw new BadRecovery(number + 1); }
    const part = raw.slice(0, LINE);
    if (!same(await lineCheck(number, part), raw.slice(LINE))) throw new BadRecovery(number + 1);
    parts.push(part);
  }
  return joined(...parts);
}

// The answer to a dummy envelope, in base64. place: {call, holder}.
export async function answerDrill(drill, { privateKey, place }) {
  if (drill.format !== FORMAT) throw new Unreadable("format");
  return encoded(await openWith(privateKey, decoded(drill.sealed), drillPlace(place)));
}
