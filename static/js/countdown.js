// Keeps “2 days 5 h 18 min left” true on the server's clock: the page says what time it was there (data-now), the
// device only counts how long ago that was. Words come from the element's data-* attributes.
const elements = [...document.querySelectorAll("[data-deadline][data-now]")];
// data-now was written when the answer began to arrive; a page restored from the cache is counted from there too.
const [navigation] = performance.getEntriesByType("navigation");
const answered = navigation?.responseStart ?? performance.now();
const lang = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(lang);

function words(element, seconds) {
  const { days, h, min, s } = element.dataset;
  const forms = JSON.parse(days);
  const put = (form, n) => form.replace("{n}", n);
  const d = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = d ? [put(forms[plural.select(d)] ?? forms.other, d)] : [];
  if (d || hours) parts.push(put(h, hours), put(min, minutes));
  else parts.push(...(minutes ? [put(min, minutes)] : []), put(s, Math.floor(seconds) % 60));
  return parts.join(" ");
}

function show(element) {
  const now = Date.parse(element.dataset.now) + performance.now() - answered;
  const seconds = (Date.parse(element.dataset.deadline) - now) / 1000;
  const text = seconds < 0 ? element.dataset.over : element.dataset.left.replace("{left}", words(element, seconds));
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("is-over", seconds < 0);
}

if (elements.length) {
  const tick = () => elements.forEach(show);
  tick();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
