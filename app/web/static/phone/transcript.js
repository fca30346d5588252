// The call as bubbles: what is heard stands left, what the supporter does right, what happens in the middle.

import { byId, LiveList, make, minutes } from "./dom.js";

const NOTES = {
  dials: (text) => `Supporter ${text}`,
  silent: (text) => `Silent ${text}`,
  rings: (text) => `${text} rings`,
  talks: (text) => `On the line with ${text}`,
  ends: (text) => `Call over: ${text}`,
};

export class TranscriptView {
  #box = byId("transcript");
  #list = new LiveList(this.#box, bubble);
  #last = null;

  show(entries) {
    byId("transcript-empty").hidden = entries.length > 0;
    const before = this.#list.shown.length;
    this.#list.show(entries);
    const last = entries.at(-1);
    this.#last = last?.kind === "hears" ? { text: last.text, element: this.#list.shown.at(-1).element } : null;
    if (entries.length !== before) this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** Mark how much of the last prompt was said, from 0 to 1; whole words only. */
  mark(fraction) {
    const words = this.#last?.element.querySelector(".bubble-words");
    if (!words) return;
    const { text } = this.#last;
    const end = text.indexOf(" ", Math.floor(text.length * fraction));
    const said = fraction >= 1 || end < 0 ? text : text.slice(0, end);
    if (words.firstChild.data === said) return;
    words.replaceChildren(said);
    if (said.length < text.length) words.append(make("span", { class: "bubble-unsaid" }, text.slice(said.length)));
  }

  /** While prompts are read aloud a screen reader does not read them too. */
  set isSpoken(spoken) {
    this.#box.setAttribute("aria-live", spoken ? "off" : "polite");
  }
}

function bubble({ at, kind, text, language, played }) {
  const lang = language && !language.startsWith("en") ? language : null;
  if (kind === "hears") return said(played ? "Recording" : "Hotline", at, make("p", { class: "bubble-words", lang }, text), "");
  if (kind === "carrier") return said("Carrier", at, make("p", { class: "bubble-words", lang }, text), "bubble-carrier");
  if (kind === "presses") return said("You press", at, make("kbd", { class: "keycap keycap-big" }, text), "bubble-mine");
  if (kind === "says") return said("You say", at, make("p", { class: "bubble-words" }, text), "bubble-mine");
  const words = NOTES[kind]?.(text) ?? text;
  return make("div", { class: "bubble-note" }, make("span", { class: "number" }, minutes(at)), make("span", {}, words));
}

function said(who, at, words, style) {
  return make("div", { class: `bubble ${style}` }, words, make("p", { class: "bubble-meta" }, `${who}, ${minutes(at)}`));
}
