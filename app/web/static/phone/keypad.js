// Keys on the page and on the computer.

import { byId } from "./dom.js";

const KEYS = "0123456789*#";
const SHOWN_MS = 140;

/** Call `press` with each key, `call` and `hangUp` for Enter and Escape; `listens` tells whether the computer's keys count. */
export function listenToKeys({ press, call, hangUp, listens }) {
  for (const button of document.querySelectorAll(".key[data-key]")) {
    button.addEventListener("click", () => press(button.dataset.key));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !listens() || isTyping(event.target)) return;
    if (event.key === "Escape") hangUp();
    else if (event.key === "Enter" && !isControl(event.target)) call();
    else if (KEYS.includes(event.key) && event.key.length === 1) {
      event.preventDefault(); // some browsers search the page from the first key on
      showDown(event.key);
      press(event.key);
    }
  });
}

/** Fields take their own keys, and choosing in a list by its first letter is one of them. */
function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

function isControl(target) {
  return target.matches("button, a, summary, input");
}

function showDown(key) {
  const button = [...byId("phone").querySelectorAll(".key")].find((candidate) => candidate.dataset.key === key);
  button.toggleAttribute("data-down", true);
  setTimeout(() => button.toggleAttribute("data-down", false), SHOWN_MS);
}
