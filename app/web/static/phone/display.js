// The phone's display: what goes on, for how long, and what time it is where the hotline is.

import { byId, minutes } from "./dom.js";

const TIMED = new Set(["ringing", "talking"]);

export class Display {
  #start = null; // when the call began, in ms
  #at = 0; // seconds of the call at the last view
  #since = 0; // seconds of the call at which what goes on began
  #going = "";
  #zone = "UTC";

  begin(zone) {
    this.#zone = zone;
    this.#start = null;
    this.#going = "";
  }

  show(view, isPaused) {
    this.#start ??= Date.parse(view.clock);
    this.#at = (Date.parse(view.clock) - this.#start) / 1000;
    const waiting = view.waiting;
    const going = waiting ? `${waiting.activity} ${waiting.office}` : "";
    if (going !== this.#going) this.#since = this.#at;
    this.#going = going;
    byId("phone").toggleAttribute("data-live", !view.over);
    this.say(isPaused && !view.over ? `Paused. ${sentence(view)}` : sentence(view));
  }

  say(text) {
    const status = byId("status");
    if (status.textContent !== text) status.textContent = text; // a live region speaks of each change
  }

  /** The figures that run, some seconds after the last view. */
  tick(elapsed, waiting) {
    const now = this.#at + elapsed;
    byId("timer").textContent = minutes(now);
    byId("clock").textContent = clockText(new Date(this.#start + now * 1000), this.#zone);
    byId("lapse").textContent = waiting && TIMED.has(waiting.activity) ? minutes(now - this.#since) : "";
  }
}

function sentence(view) {
  const waiting = view.waiting;
  if (view.over || !waiting) return `Call over: ${view.ended || "the line is closed"}`;
  const say = waiting.takes_speech ? "press a key or say something" : "press a key";
  switch (waiting.activity) {
    case "speaking":
      return waiting.takes_keys ? "The hotline speaks; a key interrupts it" : "The hotline speaks";
    case "listening":
      return waiting.takes_keys || waiting.takes_speech ? `Your turn: ${say}` : "The hotline waits";
    case "ringing":
      return `${waiting.office} rings`;
    case "talking":
      return `On the line with ${waiting.office}`;
    default:
      return "A pause on the line";
  }
}

function clockText(moment, zone) {
  const day = { weekday: "short", year: "numeric", month: "short", day: "numeric" };
  const time = { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" };
  return new Intl.DateTimeFormat("en-US", { ...day, ...time, timeZone: zone }).format(moment);
}

/** A zone in words, such as Central Standard Time. */
export function zoneName(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "long" }).formatToParts(moment);
  return parts.find((part) => part.type === "timeZoneName").value;
}
