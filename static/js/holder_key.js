// A key holder's own key: made here, printed, typed again. What leaves this page is the public half, the private half
// locked under the passphrase, and what a test envelope held. See templates/procurement/holder_key.html.
import { answerDrill, fingerprint, makeHolderKey, publicOf, readRecovery, recoverySheet, sealPrivate } from "./sealing/holders.js";
import { BadRecovery, encoded } from "./sealing/bytes.js";
import { filled, saved, WORD, zipped } from "./docx.js";
import { keyEntry } from "./own_key.js";
import { post } from "./post.js";

const LEAST = 16;
const root = document.querySelector("[data-holder-key]"), words = root.dataset;
const key = JSON.parse(document.getElementById("holder-key").textContent);
const place = { call: key.call, holder: key.holder };
const drilling = root.querySelector("[data-drilling]");
const part = (name) => [...root.querySelectorAll(`[data-${name}]`)].find((found) => !drilling?.contains(found));
const field = (id) => document.getElementById(id);

function show(step) {
  for (const section of root.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== step;
  const heading = root.querySelector(`[data-step=${step}] h3`);
  heading.tabIndex = -1;
  heading.focus();
}

const say = (text) => { part("said").textContent = text; };
function wrong(text, id) {
  say("");
  part("wrong-line").textContent = text;
  for (const each of root.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  if (!text || !id) return;
  field(id).setAttribute("aria-invalid", "true");
  field(id).focus();
}

async function busy(form, work) {
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  wrong("");
  try { await work(); } catch (error) { wrong(error.sentence ?? words.offline); } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

async function make() {
  const [passphrase, again] = [field("passphrase").value, field("again").value];
  if ([...passphrase].length < LEAST) return wrong(words.short, "passphrase");
  if (passphrase !== again) return wrong(words.differ, "again");
  say(words.making);
  const { privateKey, publicKey } = await makeHolderKey();
  const sealed = await sealPrivate(privateKey, { passphrase, place });
  const kept = await post(words.keep, { public: encoded(publicKey), sealed });
  Object.assign(key, { fingerprint: kept.fingerprint, drill: kept.drill });
  part("lines").textContent = await recoverySheet(privateKey);
  part("fingerprint").textContent = kept.fingerprint;
  field("passphrase").value = field("again").value = "";
  say("");
  show("sheet");
}

async function confirm() {
  let privateKey;
  try { privateKey = await readRecovery(field("typed").value); } catch (error) {
    if (!(error instanceof BadRecovery)) throw error;
    return wrong(error.line ? words.line.replace("{n}", error.line) : words.length, "typed");
  }
  if (await fingerprint(await publicOf(privateKey)) !== key.fingerprint) return wrong(words.other, "typed");
  const answer = await answerDrill(key.drill, { privateKey, place });
  location.assign((await post(words.confirm, { answer })).url);
}

// The server draws the sheet up without the key; its lines are written in here, and the file is put together here.
async function word() {
  const answer = await fetch(words.sheet, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const { name, marks, parts } = await answer.json();
  saved(zipped(filled(parts, marks, part("lines").textContent.split("\n")), WORD), name);
  say(words.savedSheet);
}

part("make")?.addEventListener("submit", (event) => { event.preventDefault(); busy(event.target, make); });
part("retype").addEventListener("submit", (event) => { event.preventDefault(); busy(event.target, confirm); });
part("print").addEventListener("click", () => print());
part("word").addEventListener("click", () => { wrong(""); word().catch(() => wrong(words.offline)); });
part("printed").addEventListener("click", () => { part("lines").textContent = ""; show("retype"); });
part("anew")?.addEventListener("click", () => show("make"));
if (drilling) {
  const use = async (privateKey) => location.assign((await post(drilling.dataset.pass, { answer: await answerDrill(key.drill, { privateKey, place }) })).url);
  keyEntry(drilling, { ...key, use });
}
