// Sends the files of <form data-upload> at once when they are chosen or dropped, with real progress; without this
// script the same form posts as any other. Sentences come from components/upload.html. The server answers
// {url} or {} when the files are received, {sentence, reasons: [{code, sentence}]} when they are refused.
function watch(form) {
  const input = form.querySelector("input[type=file]"), drop = form.querySelector("[data-drop]");
  const wrong = form.querySelector("[data-upload-errors]"), shown = form.querySelector("[data-upload-progress]");
  const bar = shown.querySelector("progress"), text = shown.querySelector("[data-upload-text]"), words = form.dataset;

  function refuse(sentences) {
    wrong.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
    form.classList.remove("is-sending");
    shown.hidden = true;
    input.value = "";
    input.focus();
  }

  function finish(request) {
    let said = null;
    try { said = JSON.parse(request.responseText); } catch { /* a page instead of an answer */ }
    if (request.status === 200 && said) return said.url ? location.assign(said.url) : location.reload();
    if ([401, 403].includes(request.status) || request.status === 200) return refuse([words.expired]);
    const reasons = Object.values(said?.reasons ?? said?.errors ?? {}).flat().map((error) => error.sentence ?? error);
    refuse(reasons.length ? reasons : [said?.sentence ?? words.refused]);
  }

  function send() {
    const names = [...input.files].map((file) => file.name).join(", ");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      const percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      bar.value = percent;
      text.textContent = percent < 100 ? words.sending.replace("{name}", names).replace("{percent}", percent) : words.checking;
    });
    request.addEventListener("load", () => finish(request));
    for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => refuse([words.offline]));
    wrong.replaceChildren();
    bar.value = 0;
    shown.hidden = false;
    form.classList.add("is-sending");
    request.send(new FormData(form));
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
