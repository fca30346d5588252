// The keys of the call log: / searches, j and k go through the rows, ? lists them; all can be turned off.
const KEPT = "patchline-call-keys";
const dialog = document.getElementById("shortcuts");
const box = document.getElementById("shortcuts-on");

function areOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // storage is switched off
  }
}

function turn(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // The choice lasts as long as the page.
  }
}

function isTyping(target) {
  return target.closest("input, select, textarea, dialog[open]") !== null;
}

function move(step) {
  const links = [...document.querySelectorAll("[data-row] th a")];
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next]?.focus();
}

const ACTS = {
  "/": () => document.querySelector("[data-search]").focus(),
  j: () => move(1),
  k: () => move(-1),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.key];
  if (!act || !box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  event.preventDefault();
  act();
});

box.checked = areOn();
box.addEventListener("change", () => turn(box.checked));
const opener = document.querySelector("[data-shortcuts]");
opener.hidden = false;
opener.querySelector("button").addEventListener("click", () => dialog.showModal());
