// What each office does when it is called: one row an office, with the key that calls it.

import { byId, make } from "./dom.js";

const MANNERS = { answers: "Answers", busy: "Busy", "no answer": "No answer", fails: "Fails", voicemail: "Voicemail" };
const MOST_KEYS = 7;
const AFTER = { answers: 6, voicemail: 20, busy: 2, fails: 1 };
const TALK = { answers: 40, voicemail: 30 };

export class OfficeLevers {
  #rows = new Map();

  /** `changed` gets an office whenever its lever is moved. */
  constructor(changed) {
    this.changed = changed;
  }

  show(offices) {
    this.#rows.clear();
    const keyed = offices.length <= MOST_KEYS;
    byId("offices").replaceChildren(...offices.map((office, index) => this.#row(office.name, index, keyed)));
  }

  /** Move every lever that stands otherwise, as a person would. */
  setAll(manner) {
    for (const select of byId("offices").querySelectorAll("select")) {
      if (select.value === manner) continue;
      select.value = manner;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** All offices as the API takes them. */
  get conduct() {
    return Object.fromEntries([...this.#rows].map(([name, read]) => [name, read()]));
  }

  #row(name, index, keyed) {
    const options = Object.entries(MANNERS).map(([value, label]) => make("option", { value }, label));
    const manner = make("select", { class: "input input-compact", "aria-label": `${name} does` }, ...options);
    const after = seconds(`${name}: after seconds`, AFTER.answers);
    const talk = seconds(`${name}: talks seconds`, TALK.answers);
    const [afterBox, talkBox] = [make("label", {}, "after", after, "s"), make("label", {}, "talks", talk, "s")];
    this.#rows.set(name, () => ({ manner: manner.value, after: number(after), talk: number(talk) }));
    manner.addEventListener("change", () => {
      afterBox.hidden = !(manner.value in AFTER);
      talkBox.hidden = !(manner.value in TALK);
      after.value = AFTER[manner.value] ?? after.value;
      talk.value = TALK[manner.value] ?? talk.value;
    });
    const row = make("div", { class: "office-lever", role: "group", "aria-label": name },
      make("kbd", { class: "keycap" }, keyed ? String(index + 1) : "·"),
      make("span", { class: "office-name" }, name), manner, make("div", { class: "office-times" }, afterBox, talkBox));
    row.addEventListener("change", () => this.changed({ name, ...this.#rows.get(name)() }));
    return row;
  }
}

function seconds(label, value) {
  const attributes = { class: "input input-compact", type: "number", min: 0, max: 1200, step: 1, value };
  return make("input", { ...attributes, "aria-label": label });
}

function number(input) {
  return input.checkValidity() && input.value !== "" ? Number(input.value) : Number(input.defaultValue);
}
