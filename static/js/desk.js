// The scoring desk and the consensus: the row that is being marked unfolds, pieces that follow from the marks are renewed
// after each saving, a document opens beside the grid without leaving it. All of it works without this file, by pages.
const grid = document.querySelector("form[data-autosave]");
const rows = grid ? [...grid.querySelectorAll(".a-crit[data-criterion]")] : [];

function open(row) {
  for (const other of rows) other.classList.toggle("is-open", other === row);
}

function count(note) {
  const field = document.getElementById(note.dataset.count), minimum = Number(note.dataset.countMinimum);
  const n = field.value.trim().length, words = n && n < minimum ? note.dataset.countShort : note.dataset.countEnough;
  note.dataset.said ??= note.textContent;
  note.textContent = n ? words.replace("{n}", n).replace("{minimum}", minimum) : note.dataset.said;
}

function renew(said) {
  for (const [name, html] of Object.entries(said.places ?? {})) {
    const place = document.querySelector(`[data-place="${CSS.escape(name)}"]`);
    if (!place || place.contains(document.activeElement)) continue;
    place.innerHTML = html;  // written by our own templates
  }
  const place = document.querySelector('[data-place="switch"]'), bar = grid.querySelector("progress");
  if (place && bar) place.textContent = bar.textContent;
  for (const [code, version] of Object.entries(said.versions ?? {})) {
    const seen = grid.elements[`${code}-seen`];
    if (seen) { seen.value = version; delete seen.dataset.later; }
  }
  // Another window changed what this one did not touch: show it here too, unless somebody is about to write there.
  for (const [code, { mark, text, version }] of Object.entries(said.renewed ?? {})) {
    const fields = { [code]: mark, [code === "general" ? "general" : `${code}-text`]: text, [`${code}-seen`]: version };
    if (Object.keys(fields).some((name) => grid.elements[name] === document.activeElement)) continue;
    for (const [name, value] of Object.entries(fields)) if (grid.elements[name]) grid.elements[name].value = value;
    const row = grid.elements[code]?.closest("[data-criterion]");
    if (row) saidIn(row);
  }
  // Both changed it: only what is typed here from now on replaces the other.
  for (const [code, version] of Object.entries(said.elsewhere ?? {})) grid.elements[`${code}-seen`].dataset.later = version;
  for (const place of grid.querySelectorAll("[data-errors]")) {
    const code = place.dataset.errors, found = [...(said.errors?.[code] ?? []), ...(said.errors?.[`${code}-text`] ?? [])];
    place.replaceChildren(...found.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    place.closest("[data-criterion]").classList.toggle("is-wrong", found.length > 0);
    grid.elements[code]?.setAttribute("aria-invalid", String(found.length > 0));
  }
}

function saidIn(row) {
  const said = row.querySelector("[data-said]"), text = row.querySelector("[data-comment]")?.value.trim() ?? "";
  if (said) said.textContent = text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

if (grid) {
  if (rows.length) document.querySelector("[data-keys]").classList.add("is-live");
  grid.addEventListener("focusin", (event) => { const row = event.target.closest(".a-crit[data-criterion]"); if (row) open(row); });
  grid.addEventListener("input", ({ target }) => {
    const row = target.closest("[data-criterion]"), code = row?.dataset.criterion ?? target.name.replace("-text", "");
    const seen = grid.elements[`${code}-seen`];
    if (seen?.dataset.later) { seen.value = seen.dataset.later; delete seen.dataset.later; }
    if (row) saidIn(row);
    for (const note of grid.querySelectorAll("[data-count]")) if (note.dataset.count === target.id) count(note);
  });
  grid.addEventListener("autosaved", (event) => renew(event.detail));
  grid.querySelectorAll("[data-count]").forEach(count);
  const first = rows.find((row) => !row.querySelector("[data-mark]").value) ?? rows[0];
  if (first) open(first);
}

// The browser's own viewer takes the focus once it has loaded a document, and the keys of whoever is typing with it. It is
// given back, once for each document, unless somebody went there by Tab or with the pointer.
let left = null, going = false;
addEventListener("focusout", ({ target }) => { left = target; setTimeout(() => { left = null; }); });
addEventListener("keydown", ({ key }) => { going = key === "Tab"; }, true);
addEventListener("pointerover", ({ target }) => { going = target.matches("iframe"); });
function giveBack() {
  const frame = document.activeElement, back = left;
  if (!frame?.matches("iframe") || going || "took" in frame.dataset) return;
  frame.dataset.took = "";
  setTimeout(() => { frame.blur(); window.focus(); back?.focus({ preventScroll: true }); });  // not before it has it wholly
}
addEventListener("blur", giveBack);
giveBack();

const showTab = () => document.querySelector("#doc [data-documents] [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
showTab();

async function read(address, push) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"), reader = page.querySelector("#doc");
  if (!reader) return location.assign(address);
  document.querySelector("#doc").replaceWith(document.adoptNode(reader));
  const key = document.querySelector("[data-open-document]"), other = page.querySelector("[data-open-document]");
  if (key && other) key.value = other.value;
  if (push) history.pushState({}, "", address);
  showTab();
  document.querySelector("#doc [data-documents] [aria-current]")?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-documents] a");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  read(link.href, true);
});
addEventListener("popstate", () => document.querySelector("[data-documents]") && read(location.href, false));
