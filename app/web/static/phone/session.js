// One call: keeps its time, plays what it waits for, and tells the server what was done and when.

import { rateOf } from "./pace.js";
import { Stopwatch } from "./stopwatch.js";

export class Session {
  #api;
  #sound;
  #speed;
  #show;
  #fail;
  #watch = new Stopwatch(); // call time since the last view
  #timer;
  #queue = Promise.resolve();
  #pending = 0;
  #heard = 0; // seconds of the prompt before the last view
  #length = 0; // seconds of the whole prompt

  view = null;
  isPaused = false;

  /** `show` gets each new view, `fail` a sentence; `speed` gives the chosen speed. */
  constructor({ api, sound, speed, show, fail }) {
    this.#api = api;
    this.#sound = sound;
    this.#speed = speed;
    this.#show = show;
    this.#fail = fail;
  }

  get isOver() {
    return !this.view || this.view.over;
  }

  /** Seconds of call time since the last view. */
  get elapsed() {
    const waiting = this.view?.waiting;
    if (!waiting) return 0;
    const fraction = this.#sound.fraction;
    const gone = fraction === null ? this.#watch.seconds : fraction * this.#length - this.#heard;
    return Math.min(Math.max(0, gone), waiting.seconds);
  }

  /** How much of the prompt in hand was said, from 0 to 1. */
  get said() {
    if (this.view?.waiting?.activity !== "speaking" || !this.#length) return 1;
    return Math.min(1, (this.#heard + this.elapsed) / this.#length);
  }

  async dial(call) {
    this.#sound.wake();
    this.#take(await this.#api.dial(call));
  }

  /** Do something in the call. Deeds go one after the other; while one is under way, call time stands. */
  do(deed) {
    if (this.isOver) return this.#queue;
    const elapsed = deed.elapsed ?? (this.#pending ? 0 : this.elapsed);
    if (interrupts(deed, this.view.waiting)) this.#hush();
    this.#stopClock();
    this.#pending += 1;
    this.#queue = this.#queue.then(() => this.#send({ ...deed, elapsed: Math.round(elapsed * 1000) / 1000 }));
    return this.#queue;
  }

  /** Let the wait pass to its end at once. */
  skip() {
    this.#sound.hush();
    return this.do({ act: "wait", elapsed: this.view?.waiting?.seconds ?? 0 });
  }

  pause() {
    this.isPaused = true;
    this.#stopClock();
    this.#sound.hold();
  }

  resume() {
    this.isPaused = false;
    this.#run();
  }

  /** Change the speed or the sound, and go on from the same place. */
  retune(change) {
    const elapsed = this.elapsed;
    const wasRead = this.#sound.fraction !== null;
    change();
    if (wasRead && this.#sound.fraction === null) this.#watch.set(elapsed);
    this.#run();
  }

  async #send(deed) {
    try {
      if (!this.isOver) this.#take(await this.#api.act(this.view.id, deed));
    } catch (error) {
      await this.#lose(error);
    } finally {
      this.#pending -= 1;
      this.#run();
    }
  }

  #take(view) {
    const goesOn = sameWait(this.view, view);
    this.view = view;
    this.#watch.set(0);
    if (goesOn) this.#heard = this.#length - view.waiting.seconds;
    else this.#begin(view.waiting);
    this.#show(view);
    this.#run();
  }

  #begin(waiting) {
    this.#sound.hush();
    this.#heard = 0;
    this.#length = waiting?.seconds ?? 0;
  }

  /** The server did not do it. What it refuses changes nothing; what did not reach it waits for the person to resume. */
  async #lose(error) {
    this.#fail(error.message);
    if (error.status === 404) return this.#give("the phone’s server has given it up");
    if (error.status < 500) return this.#take(await this.#api.act(this.view.id, { act: "wait", elapsed: 0 }));
    this.isPaused = true;
    this.#sound.quiet();
    return this.#show(this.view);
  }

  /** The call is over, and nobody but us can say so. */
  #give(ended) {
    this.#sound.quiet();
    this.view = { ...this.view, over: true, waiting: null, ended };
    this.#show(this.view);
  }

  #run() {
    const waiting = this.view?.waiting;
    if (this.#pending) return;
    this.#sound.tone(this.isPaused ? "" : (waiting?.activity ?? ""));
    if (!waiting || this.isPaused) return;
    const rate = rateOf(waiting.activity, this.#speed());
    if (!this.#sound.goOn(rate) && !this.#read(waiting, rate)) this.#keepTime(waiting, rate);
  }

  /** Read the prompt, if it is at its beginning and can be read. */
  #read(waiting, rate) {
    if (!waiting.prompt || this.#watch.seconds > 0 || this.#heard > 0) return false;
    return this.#sound.speak(waiting.prompt, rate, (isWhole) => (isWhole ? this.skip() : this.#run()));
  }

  #keepTime(waiting, rate) {
    clearTimeout(this.#timer);
    const left = Math.max(0, waiting.seconds - this.#watch.seconds);
    if (Number.isFinite(rate)) this.#watch.run(rate);
    this.#timer = setTimeout(() => this.skip(), (left / rate) * 1000);
  }

  #stopClock() {
    clearTimeout(this.#timer);
    this.#watch.stop();
  }

  #hush() {
    const elapsed = this.elapsed;
    this.#sound.hush();
    this.#watch.set(elapsed);
  }
}

/** Whether a deed ends what is being said, as on a telephone. */
function interrupts(deed, waiting) {
  if (deed.act === "press") return waiting.takes_keys;
  if (deed.act === "say") return waiting.takes_speech;
  return deed.act === "hang-up";
}

/** Whether a view is still in the prompt of the one before. */
function sameWait(before, after) {
  const [old, now] = [before?.waiting, after.waiting];
  if (!old?.prompt || !now?.prompt || old.prompt.text !== now.prompt.text) return false;
  const heard = (view) => view.entries.filter((entry) => entry.kind === "hears").length;
  return heard(before) === heard(after) && now.seconds <= old.seconds;
}
