// HPKE, Cobblestone-256 and HKDF in the browser: WebCrypto, and the vendored library where WebCrypto has no X25519.
import { Aes256Gcm, CipherSuite, HkdfSha256, NativeX25519, PortableCurve, PortableX25519 } from "../../vendor/sealing/crypto.js";
import { joined, KEY, random, same, Unreadable, utf8 } from "./bytes.js";

const [CHUNK, TAG, SALT, NONCE] = [16384, 16, 24, 12];
const LABEL = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");
let chosen;

export function nativeX25519() {
  return crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]).then(() => true, () => false);
}

export function suite() {
  chosen ??= nativeX25519().then((native) => new CipherSuite({
    kem: native ? new NativeX25519() : new PortableX25519(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
  }));
  return chosen;
}

// Only for the tests: use the library although the browser could do it.
export function preferLibrary() {
  chosen = Promise.resolve(new CipherSuite({ kem: new PortableX25519(), kdf: new HkdfSha256(), aead: new Aes256Gcm() }));
}

export async function newPair() {
  const { kem } = await suite();
  const pair = await kem.generateKeyPair();
  return {
    privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
    publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
  };
}

export async function publicOf(privateKey) {
  const curve = new PortableCurve(new HkdfSha256());
  const publicKey = await curve.derivePublicKey(await curve.importKey("raw", privateKey.slice().buffer, false));
  return new Uint8Array(await curve.serializePublicKey(publicKey));
}

export async function sealTo(publicKey, plain, info) {
  const hpke = await suite();
  const recipientPublicKey = await hpke.kem.importKey("raw", publicKey.slice().buffer, true);
  const { ct, enc } = await hpke.seal({ recipientPublicKey, info }, plain);
  return joined(new Uint8Array(enc), new Uint8Array(ct));
}

export async function openWith(privateKey, sealed, info) {
  const hpke = await suite();
  try {
    const recipientKey = await hpke.kem.importKey("raw", privateKey.slice().buffer, false);
    const enc = sealed.slice(0, KEY);
    return new Uint8Array(await hpke.open({ recipientKey, enc: enc.buffer, info }, sealed.slice(KEY)));
  } catch { throw new Unreadable("key"); }
}

export async function derived(secret, info) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info }, key, 8 * KEY);
  return new Uint8Array(bits);
}

// C2SP chunked encryption: WebCrypto's HKDF always extracts first, so the expansion is written with its HMAC-SHA-512.
async function messageKeys(key, salt, context) {
  const mac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-512" }, false, ["sign"]);
  const note = joined(LABEL, salt, context);
  const first = new Uint8Array(await crypto.subtle.sign("HMAC", mac, joined(note, Uint8Array.of(1))));
  const second = new Uint8Array(await crypto.subtle.sign("HMAC", mac, joined(first, note, Uint8Array.of(2))));
  const whole = joined(first, second);
  const aes = await crypto.subtle.importKey("raw", whole.slice(0, KEY), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { aes, nonce: whole.slice(KEY, KEY + NONCE), commitment: whole.slice(KEY + NONCE, KEY + NONCE + 32) };
}

function chunkNonce(base, number) {
  const nonce = base.slice();
  for (let at = 0, rest = number; at < 5; at += 1, rest = Math.floor(rest / 256)) nonce[NONCE - 1 - at] ^= rest % 256;
  return { name: "AES-GCM", iv: nonce };
}

export async function sealWith(key, plain, context) {
  const salt = random(SALT);
  const { aes, nonce, commitment } = await messageKeys(key, salt, context);
  const count = Math.floor(plain.length / CHUNK) + 1;
  const sealed = new Uint8Array(SALT + 32 + plain.length + count * TAG);
  sealed.set(salt);
  sealed.set(commitment, SALT);
  for (let number = 0, at = SALT + 32; number < count; number += 1) {
    const chunk = plain.subarray(number * CHUNK, (number + 1) * CHUNK);
    const closed = new Uint8Array(await crypto.subtle.encrypt(chunkNonce(nonce, number), aes, chunk));
    sealed.set(closed, at);
    at += closed.length;
  }
  return sealed;
}

export async function openSealed(key, sealed, context) {
  const rest = sealed.length - SALT - 32;
  const last = rest % (CHUNK + TAG);
  if (rest < TAG || last < TAG) throw new Unreadable("body");
  const { aes, nonce, commitment } = await messageKeys(key, sealed.subarray(0, SALT), context);
  if (!same(commitment, sealed.subarray(SALT, SALT + 32))) throw new Unreadable("body");
  const count = Math.floor(rest / (CHUNK + TAG)) + 1;
  const plain = new Uint8Array(rest - count * TAG);
  for (let number = 0; number < count; number += 1) {
    const from = SALT + 32 + number * (CHUNK + TAG);
    try {
      const chunk = sealed.subarray(from, from + CHUNK + TAG);
      plain.set(new Uint8Array(await crypto.subtle.decrypt(chunkNonce(nonce, number), aes, chunk)), number * CHUNK);
    } catch { throw new Unreadable("body"); }
  }
  return plain;
}
