// Sends JSON with the token of the forms; throws what the server answers to a refusal, with its sentence.
const token = () => document.cookie.match(/(?:^|; )appel_csrf=([^;]+)/)?.[1] ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

export async function post(address, content) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(content), redirect: "manual" });
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401 && said.login) { location.assign(said.login); return new Promise(() => {}); }
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), said);
  return said;
}
