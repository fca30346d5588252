// What a person has set for the phone, kept in the browser.

import { byId } from "./dom.js";
import { keep, recall } from "./storage.js";

const KEPT = "patchline-phone";
const CHECKS = ["aloud", "computer-keys"];

const speeds = () => document.querySelectorAll("input[name=speed]");

/** The chosen speed: 1, 1.5, 2 or all. */
export const speed = () => [...speeds()].find((input) => input.checked).value;

/** Restore what was kept, and call `changed` with the settings now and after each change. */
export function keepSettings(changed) {
  restore();
  const told = () => changed({ aloud: byId("aloud").checked });
  for (const input of [...CHECKS.map(byId), ...speeds()]) {
    input.addEventListener("change", () => {
      keepAll();
      told();
    });
  }
  told();
}

function keepAll() {
  const settings = { speed: speed() };
  for (const name of CHECKS) settings[name] = byId(name).checked;
  keep("localStorage", KEPT, JSON.stringify(settings));
}

function restore() {
  const settings = JSON.parse(recall("localStorage", KEPT) || "{}");
  for (const name of CHECKS) byId(name).checked = settings[name] ?? true;
  for (const input of speeds()) input.checked = input.value === (settings.speed ?? "1");
}
