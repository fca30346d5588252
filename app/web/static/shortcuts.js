// The console's keys, from the list on the page: / searches, g and a letter turn to a page, j and k go through rows.
const dialog = document.getElementById("shortcuts");
const search = document.querySelector("[data-search]");
const IN_A_ROW_MS = 1500;
let before = { key: "", at: 0 };

function isTyping(target) {
  return target.closest("input, select, textarea, [contenteditable], dialog[open]") !== null;
}

function move(step) {
  const links = [...document.querySelectorAll("[data-row] th a")];
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next]?.focus();
  return links.length > 0;
}

function follow(keys) {
  const link = [...dialog.querySelectorAll("[data-keys]")].find((each) => each.dataset.keys === keys);
  link?.click();
  return link !== undefined;
}

const ACTS = {
  "/": () => (search ? !search.focus() : follow("/")),
  j: () => move(1),
  k: () => move(-1),
  "?": () => !dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const isSecond = event.timeStamp - before.at < IN_A_ROW_MS && before.key !== "";
  const keys = isSecond ? `${before.key} ${event.key}` : event.key;
  before = { key: event.key === "g" && !isSecond ? "g" : "", at: event.timeStamp };
  if (isSecond ? follow(keys) : (ACTS[keys]?.() ?? follow(keys))) event.preventDefault();
});

const opener = document.querySelector("[data-shortcuts]");
opener.hidden = false;
opener.querySelector("button").addEventListener("click", () => dialog.showModal());
if (search && location.hash === `#${search.id}`) search.focus();
