// The page of the access code: copy and print, for whoever has scripts; without them one writes it down.
const acts = document.querySelector("[data-code-acts]");
if (acts) acts.hidden = false;
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (event.target.closest("[data-print]")) return print();
  if (!copy) return;
  const code = document.querySelector(copy.dataset.copy);
  try { await navigator.clipboard.writeText(code.textContent.trim()); copy.textContent = copy.dataset.copied; }
  catch { getSelection().selectAllChildren(code); }
});
