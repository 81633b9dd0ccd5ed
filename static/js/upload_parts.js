// Sends a file part by part, so that a lost line, a closed page or a server that ends costs 8 MiB at most: the tus protocol 1.0,
// spoken by vendor/tus.min.js, which must be loaded before. Each part goes with its SHA-256, where the browser may compute one.
const PART = 8 * 1024 * 1024, DELAYS = [0, 1000, 3000, 5000, 10000, 20000], TRIES = 3;

export const able = () => Boolean(window.tus?.isSupported);

async function checksum(part) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  return `sha256 ${btoa(String.fromCharCode(...digest))}`;
}

function withChecksums() {
  const stack = new tus.DefaultHttpStack();
  return {
    getName: () => "checked",
    createRequest(method, url) {
      const request = stack.createRequest(method, url), send = request.send.bind(request), abort = request.abort.bind(request);
      let stopped = false;
      request.abort = () => { stopped = true; return abort(); };
      request.send = async (body = null) => {
        if (method === "PATCH" && body && window.crypto?.subtle) request.setHeader("Upload-Checksum", await checksum(body));
        if (stopped) throw new Error("stopped");
        return send(body);
      };
      return request;
    },
  };
}

const spoken = (text) => { try { return JSON.parse(text); } catch { return null; } };
const sentences = (said) => (said?.reasons ?? []).map((reason) => reason.sentence);

// What may be tried again: a line or a server that is away, a part that was spoilt on its way, another window that is writing.
// A refusal with its reasons, or a page, is an answer.
function again(error) {
  const answer = error.originalResponse, status = answer?.getStatus() ?? 0;
  return status === 0 || status === 423 || status === 460 || status >= 500 || (status === 409 && !answer.getBody());
}

// Sends one file. `shows` is told {percent} sent, {safe} percent that the server has, {waiting}, {checking}. Returns a promise of {url} or {refused: [sentences]}, and what
// steers it: pause(), resume(), drop().
export function sendInParts(file, { endpoint, token, expired, shows }) {
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  let settle, percent = 0, safe = 0, tries = 0;
  const finished = new Promise((resolve) => { settle = resolve; });
  const refused = (said, status) => settle({ refused: sentences(said).length ? sentences(said) : [status === 401 || status === 403 ? expired : ""] });

  async function attach() {
    shows({ percent: 100, safe: 100, checking: true });
    const answer = await fetch(`${upload.url}attachment`, { method: "POST", headers }).catch(() => null);
    const said = spoken(answer ? await answer.text() : "");
    if (answer?.ok && said?.url) return settle({ url: said.url });
    if (answer?.headers.get("X-Send-Again") && (tries += 1) < TRIES) return upload.start();
    if ((!answer || answer.status >= 500 || answer.status === 423) && (tries += 1) < TRIES) return setTimeout(attach, 3000);
    if (!answer || answer.status >= 500) return shows({ percent: 100, safe: 100, waiting: true });
    refused(said, answer.status);
  }

  const upload = new tus.Upload(file, {
    endpoint, headers, chunkSize: PART, retryDelays: DELAYS, httpStack: withChecksums(), removeFingerprintOnSuccess: true,
    metadata: { filename: file.name }, onShouldRetry: again,
    onProgress(sent, total) {
      percent = Math.floor((100 * sent) / total);
      safe = Math.max(safe, Math.floor((100 * PART * Math.max(0, Math.ceil(sent / PART) - 1)) / total)); // the part on its way is not
      shows({ percent, safe });
    },
    onChunkComplete(_size, here, total) { safe = Math.floor((100 * here) / total); shows({ percent, safe }); },
    onSuccess: attach,
    onError(error) {
      if (again(error)) return shows({ percent, safe, waiting: true });
      refused(spoken(error.originalResponse?.getBody() ?? ""), error.originalResponse?.getStatus());
    },
  });
  const begin = async () => {
    const [earlier] = await upload.findPreviousUploads();
    if (earlier) upload.resumeFromPreviousUpload(earlier);
    upload.start();
  };
  begin();
  return {
    finished,
    pause: () => upload.abort(),
    resume: () => { tries = 0; upload.start(); },
    drop: async () => { await upload.abort(true).catch(() => null); settle({ dropped: true }); },
  };
}
