// Figures of a price as people write them and as they are kept, and the second code while a tab is open.
import { canonical } from "./sealing/bytes.js";

const place = (application) => `appel-price:${application}`;
export const codeOf = (application) => sessionStorage.getItem(place(application)) ?? "";
export const keepCode = (application, code) => sessionStorage.setItem(place(application), code);

// A code that was shown and not yet typed again by hand: it may not have been noted anywhere.
const unproved = (application) => `appel-price-unproved:${application}`;
export const isProved = (application) => !sessionStorage.getItem(unproved(application));
export const mustProve = (application) => sessionStorage.setItem(unproved(application), "1");
export const proved = (application) => sessionStorage.removeItem(unproved(application));

const comma = () => (1.5).toLocaleString(document.documentElement.lang).includes(",");
export const shownFigure = (text) => comma() ? text.replace(".", ",") : text;

// “1 234,50” is 1234.50; nothing is nothing; null for what is no amount to the cent.
export function exact(typed) {
  const text = typed.replace(/[\s'’]/gu, "").replace(",", ".");
  if (!text) return "";
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? text : null;
}

const cents = (text) => {
  const [whole, rest = ""] = (text || "0").split(".");
  return BigInt(whole) * 100n + BigInt(rest.padEnd(2, "0"));
};

// days × rate + expenses to the cent, halves up; empty until days and rate are written, or when it is nothing.
export function totalOf({ days, rate, expenses }) {
  if (!days || !rate) return "";
  const found = (cents(days) * cents(rate) + cents(expenses) * 100n + 50n) / 100n;
  return found > 0n ? `${found / 100n}.${String(found % 100n).padStart(2, "0")}` : "";
}

export const amountText = (text, currency) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency }).format(text);

// “40 × €300.00 + €1,900.00 = €13,900.00”: the arithmetic as one does it on paper; empty without a total.
export function sumText({ days, rate, expenses, total }, currency) {
  if (!total) return "";
  const further = Number(expenses) ? ` + ${amountText(expenses, currency)}` : "";
  return `${new Intl.NumberFormat(document.documentElement.lang).format(days)} × ${amountText(rate, currency)}${further} = ${amountText(total, currency)}`;
}

// Everything that sealing needs, tried once: WebCrypto, in a place where the browser lets it work.
export async function canSeal() {
  try {
    canonical({ "é": "ok" });
    await crypto.subtle.digest("SHA-256", new Uint8Array(1));
    return typeof BigInt === "function" && typeof crypto.randomUUID === "function" && Boolean(sessionStorage);
  } catch { return false; }
}
