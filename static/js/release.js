// A key holder releases the pieces of a session: the key is opened here, with the passphrase or the recovery sheet, and
// each piece with it; only pieces leave this page. Left half-way, the next press goes on where it stood.
import { fingerprint, openPrivate, publicOf, readRecovery } from "./sealing/holders.js";
import { releasePieces } from "./sealing/pieces.js";
import { BadPassphrase, BadRecovery } from "./sealing/bytes.js";
import { post } from "./post.js";

const root = document.querySelector("[data-releasing]"), words = root.dataset;
const key = JSON.parse(document.getElementById("release-key").textContent);
const part = (name) => root.querySelector(`[data-${name}]`);
const say = (text) => { part("said").textContent = text; };

function wrong(text, field) {
  part("wrong-line").textContent = text;
  for (const each of root.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
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
  const field = part("sheet").value.trim() ? part("sheet") : part("passphrase");
  if (error instanceof BadRecovery) return wrong(error.line ? words.line.replace("{n}", error.line) : words.length, field);
  if (error instanceof BadPassphrase) return wrong(field === part("sheet") ? words.other : words.wrong, field);
  wrong(error.sentence ?? words.offline);
}

async function next() {
  const answer = await fetch(words.pieces, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function releaseAll(privateKey) {
  for (let asked = await next(), complete = false; !complete; asked = await next()) {
    const done = asked.total - asked.left;
    part("bar").max = asked.total || 1;
    part("bar").value = done;
    say(words.progress.replace("{done}", done).replace("{total}", asked.total));
    const found = {};
    for (const { id, header, binding } of asked.envelopes) {
      found[id] = await releasePieces(header, { holder: key.holder, privateKey, binding });
    }
    complete = (await post(words.release, { pieces: found })).complete;
    if (!complete && !asked.envelopes.length) throw new Error("nothing left, and not complete");
  }
}

part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = part("form").querySelector("button");
  button.disabled = true;
  wrong("");
  say(words.opening);
  try {
    const privateKey = await opened();
    part("progress-box").hidden = false;
    await releaseAll(privateKey);
    location.reload();
  } catch (error) { say(""); refused(error); } finally { button.disabled = false; }
});
