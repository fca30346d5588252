// What was logged: the call's row and its legs, as the export gives them.

import { byId, make } from "./dom.js";

const ROW = { caller: "Supporter", language: "Language", status: "Status", duration: "Duration", last_step: "Last step", end_reason: "Ended by" };
const LEG = { office: "Office", number: "Number", status: "Line result", duration: "Talk time", bridged: "Connected", disposition: "Reported outcome" };

export function showLog(log) {
  byId("log-empty").hidden = Boolean(log);
  byId("log").replaceChildren(...(log ? [row(log), legs(log.legs)] : []));
}

function row(log) {
  const facts = Object.entries(ROW).map(([name, label]) => make("div", {}, make("dt", {}, label), make("dd", {}, cell(name, log[name]))));
  return make("dl", { class: "logged-facts" }, ...facts);
}

function legs(legs) {
  if (!legs.length) return make("p", {}, "No office was called.");
  const head = make("tr", {}, ...Object.values(LEG).map((label) => make("th", { scope: "col" }, label)));
  const rows = legs.map((leg) => make("tr", {}, ...Object.keys(LEG).map((name) => make("td", {}, cell(name, leg[name])))));
  const table = make("table", { class: "table" },
    make("caption", {}, "Offices called"), make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": "Offices called" }, table);
}

function cell(name, value) {
  if (value === null || value === undefined || value === "") return "–";
  if (name === "duration") return `${value} s`;
  if (name === "caller" && value !== "withheld") return make("span", { class: "tag" }, value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
