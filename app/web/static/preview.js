// Keeps a previewed call as its form is: plays it anew at every pause in typing, and on the keys that are pressed in it.

const PAUSE_MS = 400;
const OPEN_MS = 2_000;
const STILL_HERE_MS = 120_000; // the server counts an editor that it has not heard of for five minutes as closed
const LEFT_ALONE_MS = 30 * 60_000; // nobody sits before a page that was touched so long ago

const part = document.querySelector("[data-preview]");
const form = document.getElementById(part.dataset.form);
const said = document.querySelector("[data-preview-said]");

let walk = part.querySelector("[data-walk]").dataset.walk;
let asked = null; // the request under way
let timer = 0;
let touchedAt = Date.now();

/** What is typed now, and the walk, sent as the form would send it. */
function request(signal) {
  const fields = new FormData(form);
  fields.set("walk", walk);
  const given = { headers: { "Patchline-Fragment": "1" }, signal };
  const url = part.dataset.url ?? form.action;
  if (!part.dataset.url) return fetch(`${url}?${new URLSearchParams(fields)}`, given);
  return fetch(url, { ...given, method: "POST", body: fields });
}

async function play(isAsked) {
  asked?.abort();
  clearTimeout(timer);
  asked = new AbortController();
  const { signal } = asked;
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await request(signal);
    // Whoever was signed out is led to the page that says so.
    if (!answer.ok || answer.redirected) throw new Error(`The preview was answered with ${answer.status}.`);
    put(await answer.text(), isAsked);
  } catch (error) {
    if (error.name === "AbortError") return;
    said.textContent = "The preview could not be made: it shows what was played before.";
  }
  part.removeAttribute("aria-busy");
}

/** Show another preview in the place of this one; whoever is on a control stays on it. */
function put(html, isAsked) {
  const on = part.contains(document.activeElement) ? document.activeElement : null;
  const mark = on && ["data-step", "id", "value"].map((name) => [name, on.getAttribute(name)]).find(([, value]) => value);
  part.innerHTML = html;
  // Who else has the editor open stands above it, and is said again only if that has changed.
  const now = part.querySelector("[data-here-now]");
  const here = document.querySelector("[data-here]");
  now?.remove();
  if (now && here && now.textContent.trim() !== here.textContent.trim()) here.replaceChildren(...now.childNodes);
  for (const fresh of part.querySelectorAll("[data-meter]")) {
    form.querySelector(`[data-meter="${fresh.dataset.meter}"]`)?.replaceWith(fresh.cloneNode(true));
  }
  if (mark) (part.querySelector(`[${mark[0]}="${CSS.escape(mark[1])}"]`) ?? part.querySelector("[data-step]"))?.focus();
  // What was asked for is said; what only follows the typing would talk over whoever types.
  if (isAsked) said.textContent = part.querySelector("[data-latest]")?.textContent ?? "";
}

function soon() {
  touchedAt = Date.now();
  clearTimeout(timer);
  timer = setTimeout(play, PAUSE_MS, false);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="walk"]');
  if (!button || button.form !== form || !part.contains(button)) return;
  event.preventDefault();
  walk = button.value;
  play(true);
});
document.addEventListener("input", (event) => {
  const isOurs = event.target.form === form && event.target.name !== "preview_language";
  if (isOurs) soon();
});
if (part.dataset.url) {
  timer = setTimeout(play, OPEN_MS, false); // so that others are told before anything is typed
  setInterval(() => {
    if (!document.hidden && Date.now() - touchedAt < LEFT_ALONE_MS) play(false);
  }, STILL_HERE_MS);
}
