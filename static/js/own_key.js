// A holder opens their own key in this page, with the passphrase or the recovery sheet (templates/procurement/key_entry.html).
import { fingerprint, openPrivate, publicOf, readRecovery } from "./sealing/holders.js";
import { BadPassphrase, BadRecovery } from "./sealing/bytes.js";

export function keyEntry(form, key) {
  const part = (name) => form.querySelector(`[data-${name}]`), words = form.dataset;
  const say = (text) => { part("said").textContent = text; };

  function wrong(text, field) {
    part("wrong-line").textContent = text;
    for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
    if (!text || !field) return;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  async function opened() {
    const typed = part("sheet").value.trim();
    if (!typed) return openPrivate(key.sealed, { passphrase: part("passphrase").value, place: { call: key.call, holder: key.holder } });
    const privateKey = await readRecovery(typed);
    if (await fingerprint(await publicOf(privateKey)) !== key.fingerprint) throw new BadPassphrase();
    return privateKey;
  }

  function refused(error) {
    const sheet = part("sheet").value.trim(), field = sheet ? part("sheet") : part("passphrase");
    if (error instanceof BadRecovery) return wrong(error.line ? words.line.replace("{n}", error.line) : words.length, field);
    if (error instanceof BadPassphrase) return wrong(sheet ? words.other : words.wrong, field);
    return wrong(error.sentence ?? words.offline);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    wrong("");
    say(words.opening);
    try { await key.use(await opened(), say, part); } catch (error) { say(""); refused(error); } finally { button.disabled = false; }
  });
}
