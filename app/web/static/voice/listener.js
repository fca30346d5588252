// Runs beside the page, on the audio thread: passes on what the microphone hears, a tenth of a second at a time.

class Listener extends AudioWorkletProcessor {
  #block = new Float32Array(Math.round(sampleRate / 10));
  #filled = 0;

  process([[heard]]) {
    for (const sample of heard ?? []) {
      this.#block[this.#filled++] = sample;
      if (this.#filled < this.#block.length) continue;
      this.port.postMessage(this.#block);
      this.#block = new Float32Array(this.#block.length);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor("listener", Listener);
