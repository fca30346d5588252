// Makes a call again: does its steps one by one, has the offices do what they did, and says where the calls part.

import { byId } from "./dom.js";

const MANNERS = { answered: "answers", busy: "busy", no_answer: "no answer", failed: "fails" };
const PAUSE_MS = 500; // so that a person can follow; the announcement of an office listens for a second
const SILENCE = "s";

export class Replay {
  #phone;
  #steps = [];
  #words = {};
  #done = 0;
  #parted = false;
  #isOn = false;
  #before; // the call before this one, whose last news may still come
  #timer = 0;

  /** `phone` can `call`, `press` a key, set what `offices` do, and give the call's `view`. */
  constructor(phone) {
    this.#phone = phone;
    if (!byId("replay")) return;
    ({ steps: this.#steps, words: this.#words } = JSON.parse(byId("replay").dataset.replay));
    byId("replay-play").addEventListener("click", () => this.#begin());
    byId("replay-stop").addEventListener("click", () => this.stop("Stopped: the call is yours."));
  }

  /** Follow the call: called with each view of it. */
  notice(view) {
    if (!this.#isOn || view.id === this.#before) return;
    const turns = view.webhooks.map((webhook) => webhook.turn).filter(Boolean);
    // The first turn is the call coming in.
    const arrival = () => this.#steps[this.#done] && turns.find((each) => each.turn === this.#done + 2);
    for (let turn = arrival(); turn; turn = arrival()) this.#arrive(turn.step);
    const next = this.#steps[this.#done];
    if (!next) this.stop(this.#told("All of that call is done: go on by hand, or hang up."));
    else if (view.over) this.stop(this.#told(`The call is over, and this was not done any more: ${this.#rest()}.`));
    else this.#prepare(next);
  }

  /** Let go of the call. */
  stop(sentence) {
    if (!this.#isOn) return;
    clearTimeout(this.#timer);
    this.#isOn = false;
    this.#show(sentence);
  }

  async #begin() {
    const view = this.#phone.view();
    if (view && !view.over) return this.#show("A call is going on: hang up first.");
    this.#before = view?.id;
    this.#done = 0;
    this.#parted = false;
    this.#isOn = true;
    this.#show("Making the call again.");
    this.#office();
    await this.#phone.call();
    if (!this.#phone.view()) this.stop("The call could not be made.");
  }

  /** A step was taken and led somewhere. */
  #arrive(step) {
    const { led_to: then, words } = this.#steps[this.#done];
    this.#done += 1;
    if (!then || then === step || this.#parted) return this.#show();
    this.#parted = true;
    const [before, now] = [then, step].map((name) => this.#words[name] ?? name);
    this.#show(`At ${words} this call parts from that one: there the caller heard ${before}, here ${now}.`);
  }

  #prepare(next) {
    this.#office();
    clearTimeout(this.#timer);
    if (next.end || next.step === SILENCE) return;
    this.#timer = setTimeout(() => this.#press(next.step), PAUSE_MS);
  }

  #press(key) {
    const activity = this.#phone.view()?.waiting?.activity;
    const isHeard = activity === "listening" || (key === "*" && activity === "ringing");
    if (isHeard) this.#phone.press(key);
  }

  /** The next office that rings does what the next one did in that call. */
  #office() {
    const end = this.#steps.slice(this.#done).find((step) => step.end)?.end;
    if (end) this.#phone.offices(MANNERS[end]);
  }

  #rest() {
    return this.#steps.slice(this.#done).map((step) => step.words).join(", ");
  }

  /** A sentence after what was said of parting, which still holds. */
  #told(sentence) {
    return this.#parted ? `${byId("replay-said").textContent} ${sentence}` : sentence;
  }

  #show(sentence) {
    if (sentence) byId("replay-said").textContent = sentence;
    byId("replay-play").disabled = this.#isOn;
    byId("replay-stop").disabled = !this.#isOn;
    [...document.querySelectorAll(".replay-steps li")].forEach((item, index) => {
      item.classList.toggle("is-done", index < this.#done);
      if (this.#isOn && index === this.#done) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
}
