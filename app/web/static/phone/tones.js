// Soft sounds of a telephone, made here: a key, an office that rings, an office that talks.

const KEYS = "123456789*0#";
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const SOFT = 0.03;

export class Tones {
  #context = null;
  #playing = null;
  #activity = "";

  /** Browsers make no sound before a person has done something: called when they dial. */
  wake() {
    if (!globalThis.AudioContext) return;
    this.#context ??= new AudioContext();
    this.#context.resume().catch(() => {}); // without sound the page still says all of it
  }

  key(key) {
    const place = KEYS.indexOf(key);
    if (!this.#context || place < 0) return;
    const ends = this.#context.currentTime + 0.12;
    const { gain } = this.#voice([ROWS[Math.floor(place / 3)], COLUMNS[place % 3]], ends);
    gain.gain.setValueAtTime(SOFT, this.#context.currentTime);
    gain.gain.linearRampToValueAtTime(0, ends);
  }

  /** The sound of an activity, or none for any other. */
  show(activity) {
    if (activity === this.#activity) return;
    this.#playing?.forEach((sound) => sound.stop());
    this.#playing = null;
    this.#activity = activity;
    if (!this.#context) return;
    if (activity === "ringing") this.#playing = this.#ring();
    if (activity === "talking") this.#playing = this.#murmur();
  }

  /** The ringing tone of North America: two seconds on, four off. */
  #ring() {
    const { sources, gain } = this.#voice([440, 480]);
    const start = this.#context.currentTime;
    for (let ring = 0; ring < 20; ring += 1) {
      gain.gain.setTargetAtTime(SOFT, start + ring * 6, 0.02);
      gain.gain.setTargetAtTime(0, start + ring * 6 + 2, 0.02);
    }
    return sources;
  }

  /** Voices through a wall: a low tone that swells and fades. */
  #murmur() {
    const { sources, gain } = this.#voice([147, 220]);
    const swell = this.#context.createOscillator();
    const depth = this.#context.createGain();
    swell.frequency.value = 0.7;
    depth.gain.value = SOFT / 3;
    gain.gain.setTargetAtTime(SOFT / 2, this.#context.currentTime, 0.3);
    swell.connect(depth).connect(gain.gain);
    swell.start();
    return [...sources, swell];
  }

  #voice(frequencies, ends) {
    const gain = this.#context.createGain();
    gain.gain.value = 0;
    gain.connect(this.#context.destination);
    const sources = frequencies.map((frequency) => {
      const source = this.#context.createOscillator();
      source.frequency.value = frequency;
      source.connect(gain);
      source.start();
      if (ends) source.stop(ends);
      return source;
    });
    return { sources, gain };
  }
}
