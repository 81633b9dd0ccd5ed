// Saves <form data-autosave data-autosave-key="person:thing" [data-autosave-url]> while it is written. What is not
// confirmed stays on this device and comes back. Sentences come from components/saved.html. The server answers
// {saved_at: ISO instant in the call's zone, errors: {field: [sentence]}}, or with another status {sentence, reasons: [{code, sentence}]}; 401 {login: address}, 403 and a redirect mean “log in again”.
const PAUSE = 800, LONGEST = 60000, LEFT_OUT = ["hidden", "file", "password", "submit", "button", "fieldset"];
const keep = (key, value) => { try { value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key); } catch { /* no storage here: the server still saves */ } };
const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const sentences = (said) => [said.sentence, ...Object.values(said.errors ?? {}).flat().map((error) => error.sentence ?? error)].filter(Boolean);
const alike = (value) => /^-?\d+([.,]\d+)?$/.test(value) ? String(Number(value.replace(",", "."))) : value.replace(/\r\n/g, "\n").trim();
const plain = (values) => JSON.stringify(values.map(([name, value]) => [name, alike(value)]));

// A fault that the page came with goes once its field is in order; the summary goes with the last of them.
function mend(form, faults) {
  for (const around of form.querySelectorAll(".a-field.is-wrong")) {
    const named = [...around.querySelectorAll("[name]")];
    if (named.some((field) => field.name in faults)) continue;
    around.classList.remove("is-wrong");
    around.querySelector(".a-field-error")?.replaceChildren();
    for (const field of named) field.removeAttribute("aria-invalid");
    for (const field of named) document.querySelector(`.a-error-summary a[href="#${field.id}"]`)?.parentElement.remove();
  }
  const summary = document.querySelector(".a-error-summary");
  if (summary && !summary.querySelector("li")) summary.remove();
}

function watch(form) {
  const line = form.querySelector("[data-saved-line]") ?? document.querySelector("[data-saved-line]");
  const place = line.querySelector("[data-saved-text]"), words = line.dataset;
  const key = `appel:${form.dataset.autosaveKey ?? location.pathname}`;
  const fields = () => [...form.elements].filter((field) => field.name && !LEFT_OUT.includes(field.type));
  const ticked = (field) => ["checkbox", "radio"].includes(field.type);
  const values = () => fields().filter((field) => !ticked(field) || field.checked).map((field) => [field.name, field.value]);
  const served = (field) => field.options ? ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "" : field.defaultValue;
  const touched = (field) => ticked(field) ? field.checked !== field.defaultChecked : alike(field.value) !== alike(served(field));
  const asServed = () => fields().filter((field) => !ticked(field) || field.defaultChecked).map((field) => [field.name, ticked(field) ? field.value : served(field)]);
  let confirmed = asServed(), timer, delay = 0, sending = false, changes = 0, told = 0, leaving = false, pressed = null, unanswered = null;

  const say = (text, look = "") => { place.textContent = text; line.className = `a-saved ${look}`; };
  const later = (pause) => { clearTimeout(timer); timer = setTimeout(send, pause); };

  function attempt() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    return { body, sent: values(), at: changes };
  }

  // What was not answered may be stored all the same: it is sent again as it was before anything newer, else the server
  // would take what this window stored itself for the work of another one.
  async function send() {
    clearTimeout(timer);
    if (leaving) return;
    if (sending) return later(PAUSE);
    const tried = unanswered ?? attempt(), { body, sent, at } = tried;
    sending = true;
    say(words.saving);
    try {
      const answer = await fetch(form.dataset.autosaveUrl ?? form.action, { method: "POST", body, redirect: "manual", keepalive: document.hidden, headers: { Accept: "application/json", "X-Autosave": "1" } });
      if (answer.status >= 500) throw new Error("not now");
      const said = await answer.json().catch(() => ({}));
      unanswered = null;
      if ([0, 401, 403].includes(answer.status) || (answer.ok && !said.saved_at)) return expired(said.login);
      if (!answer.ok) return say([words.refused, ...new Set(sentences(said))].join(" "), "is-wrong");
      const faults = said.errors ?? {}, wrong = Object.keys(faults).length;
      confirmed = stored(sent, faults); delay = 0; told = at;
      if (wrong) keep(key, { values: values(), base: confirmed }); else if (at === changes) keep(key, null);
      if (at !== changes) later(PAUSE);
      mend(form, faults);
      say((wrong ? words.wrong : words.saved).replace("{time}", said.saved_at.slice(11, 19)), wrong ? "is-wrong" : "is-saved");
      form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: said }));
    } catch {
      unanswered = tried;
      delay = Math.min(LONGEST, (delay || 1000) * 2);
      say(words.offline.replace("{n}", delay / 1000), "is-wrong");
      later(delay);
    } finally {
      sending = false;
      if (pressed) form.requestSubmit(pressed.button);
    }
  }

  // What has a fault is not with the server, or not for good: it counts as unsaved until it is in order.
  function stored(sent, faults) {
    const before = new Map(confirmed);
    return sent.map(([name, value]) => [name, name in faults ? before.get(name) ?? "" : value]);
  }

  // A press of the form's own button sends everything anyway: wait for the saving that is under way, else the server
  // would take the two for two windows, and save nothing more behind it.
  function leave(event) {
    clearTimeout(timer);
    if (event.defaultPrevented) return;
    if (sending || (unanswered && !pressed)) {
      pressed = { button: event.submitter };
      event.preventDefault();
      return sending || send();
    }
    pressed = null; leaving = true;
    const found = kept(key);
    if (found) keep(key, { ...found, pressed: true });
  }

  function expired(login) {
    const href = login ?? `${words.loginUrl}?next=${encodeURIComponent(location.pathname + location.search)}`;
    say(`${words.expired} `, "is-wrong");
    place.append(Object.assign(document.createElement("a"), { href, textContent: words.login }));
  }

  function restore() {
    const found = kept(key);
    const same = found && plain(found.base) === plain(confirmed);
    if (!found || plain(found.values) === plain(confirmed) || (found.pressed && !same)) return keep(key, null);
    if (!same) {  // saved from elsewhere since: show both, overwrite neither
      say(words.newer, "is-wrong");
      return line.after(Object.assign(document.createElement("textarea"), { className: "form-control", rows: 6, readOnly: true, ariaLabel: words.newer, value: found.values.map(([, value]) => value).join("\n\n") }));
    }
    for (const field of fields().filter((one) => !touched(one))) {
      const own = found.values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (ticked(field)) field.checked = own.includes(field.value); else if (own.length) field.value = own[0];
    }
    say(words.restored); later(PAUSE);
  }

  function change() { changes += 1; keep(key, { values: values(), base: confirmed }); later(PAUSE); }

  form.addEventListener("input", change);
  form.addEventListener("submit", leave);
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", () => delay && send());
  document.addEventListener("visibilitychange", () => document.hidden && changes > told && kept(key) && send());
  const early = fields().some(touched);  // typed on a slow line before this script had come
  restore();
  if (early) change();
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
