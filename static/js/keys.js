// Keys of the scoring desk; see components/keys.html for the marks in the page. Nothing is taken from somebody who writes
// in a text, and the single keys can be switched off (WCAG 2.1.4).
const desk = document.querySelector("[data-keys]"), list = document.querySelector("[data-key-list]");
const marks = () => [...desk.querySelectorAll("[data-mark]:not(:disabled)")];
const toggle = list?.querySelector("[data-keys-switch]");
let last = null;

const rowOf = (element) => element?.closest("[data-criterion]");
const current = () => last ?? marks().find((mark) => !mark.value) ?? marks()[0];
const go = (element) => { element?.focus(); element?.select?.(); element?.scrollIntoView({ block: "nearest" }); };

function step(by) {
  const all = marks(), at = all.indexOf(current());
  go(document.activeElement === current() ? all[Math.min(all.length - 1, Math.max(0, at + by))] : current());
}

function turn(by) {
  const links = [...document.querySelectorAll("[data-documents] a")];
  links[links.findIndex((link) => link.getAttribute("aria-current")) + by]?.click();
}

function show() {
  list.hidden = !list.hidden;
  if (list.hidden) go(current()); else list.focus();
}

function press(event) {
  const { target, key } = event;
  const inMark = target.matches("[data-mark]");
  if (target.matches("textarea, select, [contenteditable], input:not([data-mark]):not([type=checkbox])")) {
    if (key === "Escape" && target.matches("[data-comment]")) go(rowOf(target)?.querySelector("[data-mark]"));
    return false;
  }
  if (event.altKey && key === "ArrowRight") return document.querySelector("[data-next-application]")?.click() ?? true;
  if (key === "Escape" && list && !list.hidden) return show() ?? true;
  if (["[", "]"].includes(key)) return turn(key === "]" ? 1 : -1) ?? true;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (["ArrowUp", "ArrowDown"].includes(key) && (inMark || !target.closest("[tabindex='0'], a, button, summary"))) return step(key === "ArrowDown" ? 1 : -1) ?? true;
  if (key === "?" && list) return show() ?? true;
  if (key.toLowerCase() === "m") return go(rowOf(current())?.querySelector("[data-comment]")) ?? true;
  if (/^[0-9]$/.test(key) && !inMark) { go(current()); return false; }  // the digit is then typed into the field
  return false;
}

if (desk) {
  const stored = (value) => { try { return value === undefined ? localStorage.getItem("appel:keys") : localStorage.setItem("appel:keys", value); } catch { return null; } };
  if (toggle) toggle.checked = stored() !== "off";
  toggle?.addEventListener("change", () => stored(toggle.checked ? "on" : "off"));
  desk.addEventListener("focusin", (event) => { last = rowOf(event.target)?.querySelector("[data-mark]") ?? last; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (toggle && !toggle.checked && event.key !== "Escape") return;
    if (press(event)) event.preventDefault();
  });
}
