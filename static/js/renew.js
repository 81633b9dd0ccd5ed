// What others do goes on without us: each <… id="x" data-unfinished="seconds"> is asked for again, three seconds where none are said.
// A part that has gone means that the page has moved on: it is loaded anew, unless somebody is writing on it.
const parts = () => [...document.querySelectorAll("[id][data-unfinished]")];
const busy = () => document.activeElement?.matches("input, textarea, select") || [...document.querySelectorAll("main textarea, main input[type=password]")].some((field) => field.value !== field.defaultValue);
let waiting = null, leaving = false;
addEventListener("beforeunload", () => { leaving = true; }); // whoever has followed a link is not called back
addEventListener("pageshow", () => { leaving = false; });

function put(place, page) {
  const found = page.getElementById(place.id);
  if (!found && !busy() && !leaving) return location.reload();
  if (found && found.outerHTML !== place.outerHTML && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(found));
}

async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = answer.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page && !leaving) for (const place of parts()) put(place, page);
  } catch { /* the line is away: the next turn asks again */ }
  plan();
}

function plan() {
  clearTimeout(waiting);
  const seconds = parts().map((place) => Number(place.dataset.unfinished) || 3);
  if (seconds.length) waiting = setTimeout(renew, Math.min(...seconds) * 1000);
}

plan();
