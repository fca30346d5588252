// Plays the recording of a prompt, as the carrier would; to the phone it is like the voice that reads one.

export class Playback {
  #audio = new Audio();
  #done = false;

  /** `onEnd` gets true when it was played to its end, false when it could not be played. */
  constructor(address, rate, onEnd) {
    this.onEnd = onEnd;
    this.#audio.src = address;
    this.rate = rate;
    this.#audio.addEventListener("ended", () => this.#end(true));
    this.#audio.addEventListener("error", () => this.#end(false));
    this.resume();
  }

  set rate(rate) {
    this.#audio.playbackRate = Math.min(4, Math.max(0.25, rate)); // what browsers play with sound
  }

  /** How much has been played, from 0 to 1. */
  get fraction() {
    return this.#audio.duration ? this.#audio.currentTime / this.#audio.duration : 0;
  }

  pause() {
    this.#audio.pause();
  }

  resume() {
    // Stopped or paused before it had begun, it says so by an error that means nothing.
    this.#audio.play().catch((error) => error.name !== "AbortError" && this.#end(false));
  }

  stop() {
    this.#done = true;
    this.#audio.pause();
    this.#audio.removeAttribute("src");
  }

  #end(isWhole) {
    if (this.#done) return;
    this.stop();
    this.onEnd(isWhole);
  }
}
