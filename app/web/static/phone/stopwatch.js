// Measures call time, which may run faster than the wall clock, or stand.

export class Stopwatch {
  #gone = 0;
  #since = null;
  #rate = 1;

  get seconds() {
    if (this.#since === null) return this.#gone;
    return this.#gone + ((performance.now() - this.#since) / 1000) * this.#rate;
  }

  /** Stand at so many seconds. */
  set(seconds) {
    this.#gone = seconds;
    this.#since = null;
  }

  stop() {
    this.set(this.seconds);
  }

  run(rate) {
    this.stop();
    this.#rate = rate;
    this.#since = performance.now();
  }
}
