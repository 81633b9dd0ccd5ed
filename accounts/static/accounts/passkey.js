// Says in the page why a passkey did not work, and takes the buttons away where the browser has no passkeys.
// Words come from components: <p data-passkey-trouble data-refused="…" data-missing="…" hidden>.
const trouble = document.querySelector("[data-passkey-trouble]");
const say = (sentence) => {
  if (!trouble) return;
  trouble.textContent = sentence;
  trouble.hidden = false;
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say(trouble?.dataset.refused ?? "");
});

if (!window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = true;
  say(trouble?.dataset.missing ?? "");
}
