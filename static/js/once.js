// A second press of the same button does nothing while the first is on its way. The server stays idempotent on its own.
// <form data-once>: applied to every such form. The button keeps its name and value in the request.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
});

// Who logs in or out in another tab makes the tokens of this page stale: before a form leaves, it takes the present one.
function renewTokens() {
  const token = document.cookie.match(/(?:^|; )appel_csrf=([^;]+)/)?.[1];
  if (token) for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
}
for (const [place, kind] of [[document, "submit"], [document, "visibilitychange"], [window, "focus"], [window, "pageshow"]]) place.addEventListener(kind, renewTokens, true);

// Coming back with the browser's button must find the form usable again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});
