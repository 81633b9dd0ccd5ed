// Light or dark before the first paint: the choice kept in the cookie, else what the device prefers.
// Loaded as a classic script in the head, so that the page never flashes in the other colours.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
  const apply = () => { root.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light"); };
  apply();
  dark.addEventListener("change", () => { apply(); mark(); });

  const mark = () => {
    for (const button of document.querySelectorAll("[data-theme-switch] button"))
      button.setAttribute("aria-pressed", String(button.value === root.dataset.bsTheme));
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("[data-theme-switch]")) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const secure = location.protocol === "https:" ? "; secure" : "";
        document.cookie = `theme=${event.submitter.value}; path=/; max-age=31536000; samesite=lax${secure}`;
        apply();
        mark();
      });
    }
    mark();
  });
})();
