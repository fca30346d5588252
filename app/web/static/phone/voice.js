// Reads prompts aloud with the browser's own voices, sentence by sentence: long utterances are cut off by some browsers.

const NO_SIGN_OF_LIFE_MS = 3000;

const synthesis = globalThis.speechSynthesis;

/** The best voice for a language such as es-MX: that very one, then one of the same language. */
export function voiceFor(language) {
  const voices = synthesis?.getVoices() ?? [];
  const wanted = language.toLowerCase().replace("_", "-");
  const code = (voice) => voice.lang.toLowerCase().replace("_", "-");
  const exact = voices.filter((voice) => code(voice) === wanted);
  const related = voices.filter((voice) => code(voice).split("-")[0] === wanted.split("-")[0]);
  const candidates = exact.length ? exact : related;
  return candidates.find((voice) => voice.localService) ?? candidates[0] ?? null;
}

/** One prompt that is being read. `onEnd` gets true when it was read to its end, false when the voice failed. */
export class Utterance {
  #sentences;
  #index = 0;
  #within = 0;
  #done = false;
  #watch;

  constructor(text, voice, rate, onEnd) {
    this.text = text;
    this.rate = rate;
    this.voice = voice;
    this.onEnd = onEnd;
    this.#sentences = text.match(/[^.!?…]+[.!?…]*\s*/g) ?? [text];
    this.#next();
  }

  /** How much has been said, from 0 to 1. */
  get fraction() {
    const before = this.#sentences.slice(0, this.#index).join("").length;
    return Math.min(1, (before + this.#within) / Math.max(1, this.text.length));
  }

  pause() {
    synthesis.pause();
    clearTimeout(this.#watch);
  }

  resume() {
    synthesis.resume();
  }

  stop() {
    this.#done = true;
    clearTimeout(this.#watch);
    synthesis.resume(); // a paused synthesis would keep what comes next waiting
    synthesis.cancel();
  }

  #next() {
    this.#within = 0;
    if (this.#index >= this.#sentences.length) return this.#end(true);
    const spoken = new SpeechSynthesisUtterance(this.#sentences[this.#index]);
    spoken.voice = this.voice;
    spoken.lang = this.voice.lang;
    spoken.rate = this.rate;
    spoken.onstart = () => clearTimeout(this.#watch);
    spoken.onboundary = (event) => (this.#within = event.charIndex);
    spoken.onend = () => this.#advance();
    spoken.onerror = () => this.#end(false);
    this.#watch = setTimeout(() => this.#end(false), NO_SIGN_OF_LIFE_MS);
    synthesis.speak(spoken);
  }

  #advance() {
    clearTimeout(this.#watch);
    if (this.#done) return;
    this.#index += 1;
    this.#next();
  }

  #end(isWhole) {
    if (this.#done) return;
    if (!isWhole) this.stop();
    this.#done = true;
    this.onEnd(isWhole);
  }
}
