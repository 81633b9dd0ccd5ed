// Long work goes on without us: while <… id="x" data-unfinished> stands on the page, the page is asked again for that part.
const SECONDS = 3;
let waiting = null;

async function renew() {
  const place = document.querySelector("[id][data-unfinished]");
  if (!place) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const found = answer.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
    if (found) place.replaceWith(document.adoptNode(found));
  } catch { /* the line is away: the next turn asks again */ }
  plan();
}

function plan() {
  clearTimeout(waiting);
  if (document.querySelector("[id][data-unfinished]")) waiting = setTimeout(renew, SECONDS * 1000);
}

plan();
