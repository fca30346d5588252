// The microphone while something is recorded: blocks of samples, and their level for the meter.

import { joined } from "./wav.js";

export class Microphone {
  #blocks = [];
  #context;
  #stream;

  /** Ask for the microphone and listen; `onLevel` gets the loudest sample of each tenth of a second, and the seconds. */
  async start(onLevel) {
    this.#stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    this.#context = new AudioContext();
    await this.#context.audioWorklet.addModule(new URL("./listener.js", import.meta.url));
    const listener = new AudioWorkletNode(this.#context, "listener", { numberOfOutputs: 0 });
    listener.port.onmessage = ({ data }) => {
      this.#blocks.push(data);
      const loudest = data.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      onLevel(loudest, this.#blocks.length / 10);
    };
    this.#context.createMediaStreamSource(this.#stream).connect(listener);
  }

  /** Let go of the microphone; gives what was heard as an AudioBuffer. */
  async stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    const rate = this.#context?.sampleRate ?? 48_000;
    await this.#context?.close();
    return joined(this.#blocks, rate);
  }
}
