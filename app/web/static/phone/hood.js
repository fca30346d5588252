// Under the hood: each webhook with its parameters, its answer, the state that travels and the turn.

import { byId, LiveList, make } from "./dom.js";
import { codeBlock, pretty } from "./xml.js";

export class Hood {
  #list = new LiveList(byId("exchanges"), exchange);

  show(webhooks) {
    byId("exchanges-empty").hidden = webhooks.length > 0;
    const noun = webhooks.length === 1 ? "webhook" : "webhooks";
    byId("hood-count").textContent = `${webhooks.length} ${noun}, each with its answer and the state that travels`;
    this.#list.show(webhooks);
  }
}

function exchange(webhook, index) {
  const { pathname } = new URL(webhook.url, location.href);
  const summary = make("summary", {},
    make("span", { class: "exchange-facts" }, String(index + 1)),
    make("span", { class: "exchange-path" }, `POST ${pathname}`),
    make("span", { class: "exchange-facts" }, facts(webhook)),
    ...chips(webhook));
  const sent = make("div", {}, section("Address", make("code", {}, webhook.url)), section("Parameters", table(webhook.params)));
  const answered = make("div", {}, ...answers(webhook));
  return make("details", { class: "exchange" }, summary, make("div", { class: "exchange-body" }, sent, answered));
}

function facts({ status, ms, turn }) {
  const parts = [status ? `status ${status}` : "no answer", `${Math.round(ms * 10) / 10} ms`];
  return turn ? [...parts, `turn ${turn.turn}, ${turn.step}`].join(" · ") : parts.join(" · ");
}

function chips({ valid, repeat, failure }) {
  return [
    make("span", { class: valid ? "chip chip-good" : "chip chip-bad" }, valid ? "Signature valid" : "Signature wrong"),
    repeat && make("span", { class: "chip chip-warn" }, "Sent again"),
    failure && make("span", { class: "chip chip-bad" }, failure),
  ].filter(Boolean);
}

function answers({ answer, state, turn }) {
  return [
    answer ? section("TwiML answered", codeBlock(pretty(answer))) : section("Answer", make("p", {}, "None.")),
    state && section("State that travels", table(Object.entries(state))),
    turn && section("Turn and what was recorded", table(turnRows(turn))),
  ].filter(Boolean);
}

function turnRows({ notes = [], ...rest }) {
  return [...Object.entries(rest), ...notes.map((note) => ["recorded", note])];
}

function section(title, content) {
  return make("div", {}, make("h3", {}, title), content);
}

function table(rows) {
  const cells = rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, shown(value))]);
  return make("dl", { class: "facts" }, ...cells);
}

function shown(value) {
  if (value === null || value === "") return "–";
  if (typeof value !== "object") return String(value);
  const { kind, ...rest } = value;
  const told = Object.entries(rest).map(([name, one]) => `${name} ${typeof one === "string" ? one : JSON.stringify(one)}`);
  return [kind, told.join(", ")].filter(Boolean).join(": ");
}
