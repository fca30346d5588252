// Keeps the live board as it is now: by server-sent events, or by asking every five seconds where these do not come.
const EVERY_MS = 5_000;
const MOST_MS = 30_000;
const SAY_EVERY_MS = 30_000;
const SILENT_MS = 25_000; // the server gives a sign of life every ten seconds
const GRACE_MS = 5_000; // a stream ends now and then, and begins again two seconds later
const STREAM_AGAIN_MS = 120_000;

const board = document.querySelector("[data-live]");
const state = document.querySelector("[data-live-state]");
const said = document.querySelector("[data-live-said]");
const pause = document.querySelector("[data-live-pause]");
const full = document.querySelector("[data-live-full]");

let etag = "";
let failures = 0;
let isPaused = false;
let stream = null;
let timers = {};
let saidAt = Date.now();
let aheadMs = Date.now() - Number(board.dataset.liveAt) * 1000; // how far this machine's clock is before the server's

function show(word) {
  state.textContent = word;
  state.dataset.liveState = word.toLowerCase();
}

function later(name, ms, act) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, ms);
}

function put({ html, summary }) {
  // Whoever is on a link stays on it.
  const on = board.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  board.innerHTML = html;
  if (on) board.querySelector(`a[href="${CSS.escape(on)}"]`)?.focus();
  tick();
  if (Date.now() - saidAt < SAY_EVERY_MS || summary === said.textContent) return;
  said.textContent = summary;
  saidAt = Date.now();
}

function tick() {
  for (const span of board.querySelectorAll("[data-since]")) {
    const s = Math.max(0, Math.floor((Date.now() - aheadMs) / 1000 - Number(span.dataset.since)));
    const [hours, minutes, seconds] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
    const two = (number) => String(number).padStart(2, "0");
    span.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  }
}

function stop() {
  for (const timer of Object.values(timers)) clearTimeout(timer);
  timers = {};
  stream?.close();
  stream = null;
}

function start() {
  stop();
  if (isPaused || document.hidden) return;
  stream = new EventSource(board.dataset.liveStream);
  stream.addEventListener("beat", (event) => {
    aheadMs = Date.now() - Number(event.data) * 1000;
    isAlive();
  });
  stream.addEventListener("board", (event) => {
    isAlive();
    put(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) turnToAsking();
    else timers.grace ??= setTimeout(() => show("Reconnecting"), GRACE_MS);
  });
  // Something between here and the server may hold events back.
  later("silent", SILENT_MS, turnToAsking);
}

function isAlive() {
  clearTimeout(timers.grace);
  delete timers.grace;
  failures = 0;
  show("Live");
  later("silent", SILENT_MS, turnToAsking);
}

function turnToAsking() {
  stop();
  later("again", STREAM_AGAIN_MS, start);
  poll();
}

async function ask() {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const answer = await fetch(board.dataset.live, { headers, signal: AbortSignal.timeout(10_000) });
  if (answer.status === 304) return null;
  if (answer.status === 401 || answer.status === 403) throw new DOMException("signed out", "NotAllowedError");
  if (!answer.ok) throw new Error(answer.statusText);
  const told = await answer.json();
  etag = answer.headers.get("ETag") ?? "";
  return told;
}

async function poll() {
  try {
    const told = await ask();
    if (isPaused || stream) return;
    failures = 0;
    show("Live");
    if (told) put(told);
  } catch (error) {
    if (isPaused || stream) return;
    if (error.name === "NotAllowedError") {
      stop();
      show("Signed out");
      pause.hidden = true;
      return;
    }
    failures += 1;
    show("Reconnecting");
  }
  if (!document.hidden) later("poll", Math.min(EVERY_MS * 2 ** Math.max(failures - 1, 0), MOST_MS), poll);
}

pause.hidden = false;
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Go on" : "Pause updates";
  if (isPaused) show("Paused");
  if (isPaused) stop();
  else start();
});
// Nobody looks at a page in the background, so it holds no stream.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
document.querySelector("[data-live-refresh]").hidden = true;
if (full && document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
}
setInterval(tick, 1000);
start();
