// After each saving of a draft (autosave.js), shows what follows from it: sums, proposed dates, what departs from the rule
// set, what is still missing. The figures come from the server; without this script they come with the next page.
function show({ live = {}, missing = [], errors = {}, seen }, form) {
  if (seen && form.elements.seen) form.elements.seen.value = seen;
  for (const place of document.querySelectorAll("[data-live]")) {
    if (!(place.dataset.live in live)) continue;
    const text = live[place.dataset.live], box = place.closest("[data-live-box]");
    if (place.textContent !== text) place.textContent = text;
    if (box) box.hidden = !text;
  }
  const list = document.querySelector("[data-missing]");
  if (!list) return;
  const sentences = [...Object.values(errors).flat(), ...missing];
  list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  list.closest("[data-missing-box]").classList.toggle("is-complete", !sentences.length);
}

document.addEventListener("autosaved", (event) => show(event.detail, event.target));
