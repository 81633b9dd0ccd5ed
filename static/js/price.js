// The financial envelope, sealed on this device: the second code, the price, its files. See sealing/financial.js and
// templates/procurement/application_price_sealed.html. The code, and what is typed until it is kept, stay in this tab.
import { FinancialEnvelope, LARGEST, viaServer, WrongCode } from "./sealing/financial.js";
import { BadCode, tidy } from "./sealing/bytes.js";
import { amountText, canSeal, codeOf, exact, isProved, keepCode, mustProve, proved, shownFigure, sumText, totalOf } from "./price_words.js";

const root = document.querySelector("[data-sealed-price]"), words = root.dataset;
const facts = JSON.parse(document.getElementById("sealing").textContent);
const part = (name) => root.querySelector(`[data-${name}]`);
const field = (name) => root.querySelector(`[name=${name}]`);
const FIGURES = ["days", "rate", "expenses"], typedHere = `appel-typed:${facts.application}`;
const transport = viaServer(facts.addresses);
let envelope = null, timer = null;

function show(step) {
  part("unable").hidden = true;
  for (const section of root.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== step;
}
const say = (text, look = "") => { part("saved-text").textContent = text; part("saved-line").className = `a-saved ${look}`; };
const wrong = (text) => { part("wrong-line").textContent = text; };
const sentence = (error) => error.login ? words.expired : error.sentence ?? error.reasons?.[0]?.sentence ?? words.offline;

function typed() {
  const notes = Object.fromEntries([...root.querySelectorAll("[data-note]")].map((area) => [area.dataset.note, area.value]));
  return { figures: Object.fromEntries(FIGURES.map((name) => [name, field(name).value])), notes, seen: transport.seen };
}

function fill({ figures, notes }) {
  for (const name of FIGURES) field(name).value = figures[name] ?? "";
  for (const area of root.querySelectorAll("[data-note]")) area.value = notes[area.dataset.note] ?? "";
}

// What is written, as it is kept; a figure that is none is marked, and what was kept of it before stays.
function read({ figures, notes }) {
  const before = envelope.written.price ?? {}, price = {};
  for (const name of FIGURES) {
    const value = exact(figures[name]);
    field(name).toggleAttribute("aria-invalid", value === null);
    part(`fault-${name}`).textContent = value === null ? words.figure : "";
    price[name] = value ?? before[name] ?? "";
  }
  return { price: { ...price, total: totalOf(price) }, notes: Object.fromEntries(Object.entries(notes).filter(([, text]) => text.trim())) };
}

function total({ price = {} }) {
  part("sum").textContent = sumText(price, facts.currency);
  part("total").textContent = price.total ? amountText(price.total, facts.currency) : "";
  part("above").hidden = !(facts.ceiling && price.total && Number(price.total) > Number(facts.ceiling));
}

async function save() {
  clearTimeout(timer);
  const now = typed(), written = read(now);
  total(written);
  say(words.saving);
  try {
    await envelope.write(written);
    if (JSON.stringify(typed().figures) === JSON.stringify(now.figures)) sessionStorage.removeItem(typedHere);
    say(words.saved.replace("{time}", new Date().toLocaleTimeString(document.documentElement.lang)), "is-saved");
  } catch (error) {
    say(sentence(error), "is-wrong");
    if (!error.status || error.status >= 500) timer = setTimeout(save, 5000);
    throw error;
  }
}

const quietly = (work) => work.catch(() => {}); // the line says it already

function listFiles() {
  for (const list of root.querySelectorAll("[data-files]")) {
    const here = envelope.files.filter((file) => file.code === list.dataset.files);
    list.replaceChildren(...here.map(fileRow));
    list.hidden = !here.length;
    list.parentElement.querySelector("[data-file-field]").hidden = here.length >= facts.most[list.dataset.files];
  }
}

function fileRow({ id, name, size }) {
  const row = part("file-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-size]").textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilobyte" }).format(Math.max(1, Math.round(size / 1000)));
  row.querySelector("button").addEventListener("click", () => busy(async () => { await envelope.remove(id); listFiles(); }));
  return row;
}

async function attach(input) {
  await save();
  for (const file of input.files) {
    if (file.size > LARGEST) { wrong(words.large.replace("{name}", file.name)); continue; }
    say(words.sealing.replace("{name}", file.name));
    await envelope.attach(file, { code: input.dataset.attach });
    say(words.received.replace("{name}", file.name), "is-saved");
  }
  input.value = "";
  listFiles();
}

async function busy(work, button = null) {
  wrong("");
  button?.setAttribute("aria-busy", "true");
  try { await work(); } catch (error) {
    say("");
    wrong(error instanceof WrongCode || error instanceof BadCode ? words.wrongCode : sentence(error));
  } finally { button?.removeAttribute("aria-busy"); }
}

function write() {
  const kept = envelope.written, price = kept.price ?? {};
  fill({ figures: Object.fromEntries(FIGURES.map((name) => [name, shownFigure(price[name] ?? "")])), notes: kept.notes ?? {} });
  total(kept);
  listFiles();
  show("write");
  const left = JSON.parse(sessionStorage.getItem(typedHere) ?? "null");
  if (!left) return undefined;
  if (left.seen === transport.seen) { fill(left); return quietly(save()); }
  part("left").hidden = false; // saved from elsewhere since: both are shown, neither is overwritten
  part("left-text").textContent = [...Object.values(left.figures), ...Object.values(left.notes)].filter(Boolean).join("\n");
  return sessionStorage.removeItem(typedHere);
}

async function resume(code) {
  envelope = await FinancialEnvelope.resume(facts, transport, code);
  keepCode(facts.application, code);
  if (isProved(facts.application)) await write(); else showCode();
}

function showCode() {
  part("code").textContent = codeOf(facts.application);
  show("code");
}

// What was noted is typed before the price is written: a code that nobody has on paper would be missed too late.
function retype() {
  if (isProved(facts.application)) return write();
  part("code").textContent = "";
  show("retype");
  return field("again").focus();
}

async function compare() {
  if (tidy(field("again").value) !== tidy(codeOf(facts.application))) return wrong(words.differs);
  proved(facts.application);
  field("again").value = "";
  return write();
}

part("begin").addEventListener("click", (event) => busy(async () => {
  const begun = await FinancialEnvelope.begin(facts, transport);
  envelope = begun.envelope;
  await envelope.write({});
  keepCode(facts.application, begun.code);
  mustProve(facts.application);
  showCode();
}, event.target));
part("noted").addEventListener("click", () => busy(async () => retype()));
part("retype").addEventListener("submit", (event) => { event.preventDefault(); busy(compare, event.submitter); });
for (const button of root.querySelectorAll("[data-show-code]")) button.addEventListener("click", () => { wrong(""); showCode(); });
part("unlock").addEventListener("submit", (event) => { event.preventDefault(); busy(() => resume(field("code").value), event.submitter); });
part("form").addEventListener("submit", (event) => { event.preventDefault(); busy(async () => { await save(); location.assign(words.back); }, event.submitter); });
part("form").addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  sessionStorage.setItem(typedHere, JSON.stringify(typed()));
  clearTimeout(timer);
  timer = setTimeout(() => quietly(save()), 700);
});
for (const input of root.querySelectorAll("[data-attach]")) input.addEventListener("change", () => busy(() => attach(input)));

if (await canSeal()) {
  const code = codeOf(facts.application);
  if (!facts.check) show("begin");
  else if (code) await resume(code).catch(() => show("unlock"));
  else show("unlock");
}
