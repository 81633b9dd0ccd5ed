// Sends the files of <form data-upload> at once when they are chosen or dropped, with real progress; without this
// script the same form posts as any other. Sentences come from components/upload.html. The server answers
// {url} or {} when the files are received, {sentence, reasons: [{code, sentence}]} when they are refused. A form with
// data-parts sends each file part by part to that address, and goes on after a lost line (upload_parts.js).
import { able, sendInParts } from "./upload_parts.js";

const KEPT = "upload-refused"; // sentences about the files that were refused, over the reload that shows those received

function watch(form) {
  const input = form.querySelector("input[type=file]"), drop = form.querySelector("[data-drop]");
  const wrong = form.querySelector("[data-upload-errors]"), shown = form.querySelector("[data-upload-progress]");
  const bar = shown.querySelector("progress"), text = shown.querySelector("[data-upload-text]"), words = form.dataset;
  const steering = shown.querySelector("[data-upload-steering]");

  function say(sentences) {
    wrong.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
  }

  function refuse(sentences) {
    say(sentences);
    form.classList.remove("is-sending");
    shown.hidden = true;
    input.value = "";
    input.focus();
  }

  function begin() {
    wrong.replaceChildren();
    bar.value = 0;
    shown.hidden = false;
    form.classList.add("is-sending");
  }

  function finish(request) {
    let said = null;
    try { said = JSON.parse(request.responseText); } catch { /* a page instead of an answer */ }
    if (request.status === 200 && said) return said.url ? location.assign(said.url) : location.reload();
    if ([401, 403].includes(request.status) || request.status === 200) return refuse([words.expired]);
    const reasons = Object.values(said?.reasons ?? said?.errors ?? {}).flat().map((error) => error.sentence ?? error);
    refuse(reasons.length ? reasons : [said?.sentence ?? words.refused]);
  }

  function progress(name, percent) {
    bar.value = percent;
    text.textContent = percent < 100 ? words.sending.replace("{name}", name).replace("{percent}", percent) : words.checking;
  }

  function sendWhole() {
    const names = [...input.files].map((file) => file.name).join(", ");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => progress(names, event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0));
    request.addEventListener("load", () => finish(request));
    for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => refuse([words.offline]));
    begin();
    request.send(new FormData(form));
  }

  // One after the other: a line is not faster for two of them, and the first is safe the earlier.
  async function sendParts(files) {
    const refused = [];
    let page = "";
    begin();
    for (const file of files) {
      const ended = await sendOne(file);
      if (ended.url) page = ended.url;
      refused.push(...(ended.refused ?? []).map((sentence) => sentence || words.refused));
    }
    if (!page) return refuse(refused);
    if (refused.length) sessionStorage.setItem(KEPT, JSON.stringify({ page, id: input.id, refused }));
    location.assign(page);
  }

  async function sendOne(file) {
    const [pause, forget] = steering.querySelectorAll("button");
    let paused = false, percent = 0, safe = 0;
    const still = (waits) => {
      paused = waits;
      pause.textContent = waits ? words.goOn : words.pause;
    };
    const sending = sendInParts(file, {
      endpoint: words.parts, token: form.elements.csrfmiddlewaretoken.value, expired: words.expired,
      shows(now) {
        ({ percent, safe = 0 } = now);
        steering.hidden = Boolean(now.checking);
        still(Boolean(now.waiting));
        progress(file.name, percent);
        if (now.waiting) text.textContent = words.lost.replace("{name}", file.name).replace("{percent}", safe);
      },
    });
    const goOn = () => { still(false); progress(file.name, percent); sending.resume(); };
    const back = () => paused && goOn(); // the line is there again
    pause.onclick = () => {
      if (paused) return goOn();
      still(true);
      sending.pause();
      text.textContent = words.paused.replace("{name}", file.name).replace("{percent}", safe);
    };
    forget.onclick = () => sending.drop();
    addEventListener("online", back);
    steering.hidden = false;
    still(false);
    progress(file.name, 0);
    const ended = await sending.finished;
    removeEventListener("online", back);
    return ended;
  }

  function send() {
    if (words.parts && able()) sendParts([...input.files]);
    else sendWhole();
  }

  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept?.id === input.id && kept.page === location.pathname) {
    sessionStorage.removeItem(KEPT);
    say(kept.refused);
  }
  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => input.files.length && send());
  form.addEventListener("submit", (event) => { event.preventDefault(); if (input.files.length) send(); });
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}

document.querySelectorAll("form[data-upload]").forEach(watch);
