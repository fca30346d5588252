// Keeps the live board as it is now: asks every five seconds, and says so when it cannot.
const EVERY_MS = 5_000;
const MOST_MS = 30_000;
const SAY_EVERY_MS = 30_000;

const board = document.querySelector("[data-live]");
const state = document.querySelector("[data-live-state]");
const said = document.querySelector("[data-live-said]");
const pause = document.querySelector("[data-live-pause]");

let etag = "";
let failures = 0;
let isPaused = false;
let timer = 0;
let saidAt = Date.now();

function show(word) {
  state.textContent = word;
  state.dataset.liveState = word.toLowerCase();
}

function put(html) {
  // Whoever is on a link stays on it.
  const on = board.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  board.innerHTML = html;
  if (on) board.querySelector(`a[href="${CSS.escape(on)}"]`)?.focus();
}

function say(summary) {
  if (Date.now() - saidAt < SAY_EVERY_MS || summary === said.textContent) return;
  said.textContent = summary;
  saidAt = Date.now();
}

async function ask() {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const answer = await fetch(board.dataset.live, { headers, signal: AbortSignal.timeout(10_000) });
  if (answer.status === 304) return;
  if (answer.status === 401 || answer.status === 403) throw new DOMException("signed out", "NotAllowedError");
  if (!answer.ok) throw new Error(answer.statusText);
  const { html, summary } = await answer.json();
  etag = answer.headers.get("ETag") ?? "";
  put(html);
  say(summary);
}

async function poll() {
  try {
    if (!document.hidden) await ask();
    failures = 0;
    if (!isPaused) show("Live");
  } catch (error) {
    if (error.name === "NotAllowedError") {
      show("Signed out");
      pause.hidden = true;
      return;
    }
    failures += 1;
    if (!isPaused) show("Reconnecting");
  }
  if (!isPaused) timer = setTimeout(poll, Math.min(EVERY_MS * 2 ** Math.max(failures - 1, 0), MOST_MS));
}

pause.hidden = false;
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Go on" : "Pause";
  clearTimeout(timer);
  if (isPaused) show("Paused");
  else poll();
});
document.querySelector("[data-live-refresh]").hidden = true;
poll();
