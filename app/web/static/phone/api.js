// The phone's JSON API. Every failure is an Error whose message is a sentence for the person at the phone.

const UNREACHABLE = "The phone’s server does not answer. Check that it runs, then try again.";

async function ask(path, body) {
  const request = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(`api/${path}`, request);
  } catch {
    throw new Error(UNREACHABLE);
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const refusal = new Error(answer.error || `The phone’s server answered with status ${response.status}.`);
  throw Object.assign(refusal, { status: response.status });
}

export const world = () => ask("world");
export const dial = (call) => ask("calls", call);
export const act = (id, deed) => ask(`calls/${encodeURIComponent(id)}/acts`, deed);

/** Hang up while the page goes away: nobody waits for the answer. */
export function leave(id) {
  fetch(`api/calls/${encodeURIComponent(id)}/acts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ act: "hang-up", elapsed: 0 }),
    keepalive: true,
  }).catch(() => {}); // the server hangs up forgotten calls by itself
}

export const scriptUrl = (id) => `api/calls/${encodeURIComponent(id)}/script`;
