// What can be heard of a call: prompts read aloud, and tones while an office rings or talks.

import { Tones } from "./tones.js";
import { Playback } from "./playback.js";
import { Utterance, voiceFor } from "./voice.js";

export class Sound {
  #aloud = true;
  #muted = false;
  #utterance = null;
  #failed = false;
  #unplayable = new Set();
  #tones = new Tones();

  get isOn() {
    return this.#aloud && !this.#muted;
  }

  /** Set what is wanted; silence is at once. */
  set({ aloud = this.#aloud, muted = this.#muted }) {
    this.#aloud = aloud;
    this.#muted = muted;
    if (!this.isOn) this.quiet();
  }

  wake() {
    this.#failed = false; // a voice that failed in one call may work in the next
    if (this.isOn) this.#tones.wake();
  }

  key(key) {
    if (this.isOn) this.#tones.key(key);
  }

  /** Play what an activity sounds like. */
  tone(activity) {
    if (this.isOn && activity) this.#tones.wake();
    this.#tones.show(this.isOn ? activity : "");
  }

  /** Why prompts in a language cannot be heard, or nothing. */
  missing(language) {
    if (!this.isOn) return "";
    if (this.#failed) return "The browser’s voice does not answer: prompts are shown only.";
    return voiceFor(language) ? "" : `This browser has no voice for ${language}: prompts are shown only.`;
  }

  /** Play or read a prompt; false if there is no voice for it, and the caller has to keep the time. */
  speak(prompt, rate, onEnd) {
    this.hush();
    if (prompt.sound && !this.#unplayable.has(prompt.sound) && this.isOn && Number.isFinite(rate)) {
      this.#utterance = new Playback(prompt.sound, rate, (isWhole) => {
        this.#utterance = null;
        if (!isWhole) this.#unplayable.add(prompt.sound);
        onEnd(isWhole);
      });
      return true;
    }
    const voice = this.isOn && !this.#failed && Number.isFinite(rate) ? voiceFor(prompt.language) : null;
    if (!voice) return false;
    this.#utterance = new Utterance(prompt.text, voice, rate, (isWhole) => {
      this.#utterance = null;
      this.#failed ||= !isWhole;
      onEnd(isWhole);
    });
    return true;
  }

  /** How much of the prompt was read, from 0 to 1; null if none is being read. */
  get fraction() {
    return this.#utterance ? this.#utterance.fraction : null;
  }

  hold() {
    this.#utterance?.pause();
    this.#tones.show("");
  }

  /** Go on reading at this rate; false if nothing is being read. */
  goOn(rate) {
    if (!Number.isFinite(rate)) this.hush();
    if (!this.#utterance) return false;
    this.#utterance.rate = rate; // from the next sentence on
    this.#utterance.resume();
    return true;
  }

  /** Stop the voice. */
  hush() {
    this.#utterance?.stop();
    this.#utterance = null;
  }

  /** Stop the voice and the tones. */
  quiet() {
    this.hush();
    this.#tones.show("");
  }
}
