// What a price sealed on this device held when it was submitted, read back with the second code, and the proofs of its files.
import { readBack } from "./sealing/financial.js";
import { decoded, hex } from "./sealing/bytes.js";
import { amountText, codeOf, keepCode } from "./price_words.js";

const root = document.querySelector("[data-sealed-receipt]"), words = root.dataset;
const facts = JSON.parse(document.getElementById("sealing").textContent);
const application = facts.binding.application, part = (name) => root.querySelector(`[data-${name}]`);

function show({ written, files, form }) {
  const price = written.price ?? {};
  part("total").textContent = price.total ? amountText(price.total, facts.currency) : "–";
  part("files").replaceChildren(...files.flatMap(({ code, name, sha256 }) => [
    Object.assign(document.createElement("dt"), { textContent: `${code} ${name}`, dir: "auto" }),
    Object.assign(document.createElement("dd"), { textContent: sha256, className: "a-digest" }),
  ]));
  const proofs = files.map(({ id, code, name, size, sha256, salt }) => ({ id, code, name, size, sha256, salt: hex(decoded(salt)) }));
  const told = { format: "appel-proofs/v1", receipt: facts.number, envelope: facts.binding.envelope, files: proofs, form };
  part("proofs").href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
  part("ask").hidden = true;
  part("opened").hidden = false;
}

async function read(code) {
  const answer = await fetch(facts.address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(words.offline);
  show(await readBack(code, await answer.json(), facts.binding).catch(() => { throw new Error(words.wrongCode); }));
  keepCode(application, code);
}

part("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("wrong-line").textContent = "";
  try { await read(event.target.elements.code.value); } catch (error) { part("wrong-line").textContent = error.message; }
});
part("ask").hidden = false;
if (codeOf(application)) await read(codeOf(application)).catch(() => {});
