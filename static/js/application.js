// The applicant's pages: what the server answers to a saving is shown and carried on, and a file that is too large is
// refused before it is sent. Load before autosave.js and upload.js.
document.addEventListener("autosaved", ({ target: form, detail: said }) => {
  if (said.version) form.elements.version.value = said.version;
  for (const place of form.querySelectorAll("[data-answer]")) place.textContent = said[place.dataset.answer] ?? place.textContent;
  for (const place of form.querySelectorAll("[data-answer-shows]")) place.hidden = !said[place.dataset.answerShows];
});

for (const around of document.querySelectorAll("[data-most-bytes]")) {
  const refuse = (event, files) => {
    const large = [...files].find((file) => file.size > Number(around.dataset.mostBytes));
    if (!large) return;
    event.preventDefault();
    event.stopPropagation();
    around.querySelector("input[type=file]").value = "";
    const sentence = Object.assign(document.createElement("p"), { textContent: around.dataset.tooLarge.replace("{name}", large.name) });
    around.querySelector("[data-upload-errors]").replaceChildren(sentence);
  };
  around.addEventListener("change", (event) => refuse(event, event.target.files ?? []), true);
  around.addEventListener("drop", (event) => refuse(event, event.dataTransfer.files), true);
}
