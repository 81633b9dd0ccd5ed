// A key holder releases the pieces of a session: only pieces leave this page. Left half-way, the next press goes on where it
// stood. See templates/procurement/opening_release.html.
import { soundPieces } from "./sealing/pieces.js";
import { keyEntry } from "./own_key.js";
import { post } from "./post.js";

const form = document.querySelector("[data-releasing]"), words = form.dataset;
const key = JSON.parse(document.getElementById("release-key").textContent);

async function next() {
  const answer = await fetch(words.pieces, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function releaseAll(privateKey, say, part) {
  const bar = part("bar");
  part("progress-box").hidden = false;
  for (let asked = await next(), complete = false; !complete; asked = complete ? asked : await next()) {
    bar.max = asked.total || 1;
    bar.value = asked.total - asked.left;
    say(words.progress.replace("{done}", asked.total - asked.left).replace("{total}", asked.total));
    const found = {};
    for (const { id, header, prints, binding } of asked.envelopes) {
      found[id] = await soundPieces(header, prints, { holder: key.holder, privateKey, binding });
    }
    complete = (await post(words.release, { pieces: found })).complete;
    if (!complete && !asked.envelopes.length) throw new Error("nothing left, and not complete");
  }
  location.reload();
}

keyEntry(form, { ...key, use: releaseAll });
