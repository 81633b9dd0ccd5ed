// The press that submits, where the price is sealed on this device: it is sealed for this submission, then everything goes.
import { FinancialEnvelope, viaServer, WrongCode } from "./sealing/financial.js";
import { BadCode, Unreadable } from "./sealing/bytes.js";
import { canSeal, codeOf, keepCode } from "./price_words.js";

const form = document.querySelector("[data-sealed-submission]"), words = form.dataset;
const facts = JSON.parse(document.getElementById("sealing").textContent);
const place = form.querySelector("[data-code-field]"), wrong = form.querySelector("[data-wrong-line]");
const code = () => codeOf(facts.application) || form.querySelector("[name=code]").value;

function failed(error) {
  if (error instanceof WrongCode || error instanceof BadCode) { place.hidden = false; place.querySelector("input").focus(); return words.wrongCode; }
  if (error instanceof Unreadable) return words.keys;
  return error.login ? words.expired : error.sentence ?? error.reasons?.map((each) => each.sentence).join(" ") ?? words.offline;
}

async function submit() {
  const transport = viaServer(facts.addresses, { key: form.elements.key.value });
  const envelope = await FinancialEnvelope.resume(facts, transport, code());
  keepCode(facts.application, code());
  if (!envelope.written.price?.total) return Promise.reject({ sentence: words.noPrice });
  const { answer } = await envelope.submit(facts.version);
  return location.assign(answer.url);
}

let sent = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sent) return;
  if (!code()) { place.hidden = false; place.querySelector("input").focus(); wrong.textContent = words.needed; return; }
  sent = true;
  wrong.textContent = "";
  event.submitter?.setAttribute("aria-busy", "true");
  try { await submit(); } catch (error) {
    wrong.textContent = failed(error);
    sent = false;
    event.submitter?.removeAttribute("aria-busy");
  }
});
if (await canSeal()) form.querySelector("[data-able]").hidden = false; else form.querySelector("[data-unable]").hidden = false;
if (!codeOf(facts.application)) place.hidden = false;
