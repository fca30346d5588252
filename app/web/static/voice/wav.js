// Sound as a WAV file for the server: one channel at 12 kHz, more than a telephone carries, and small enough for 3 minutes.

const RATE = 12_000;
const HEADER_BYTES = 44;

/** A WAV file of an AudioBuffer. */
export async function toWav(buffer) {
  const length = Math.max(1, Math.ceil(buffer.duration * RATE));
  const context = new OfflineAudioContext(1, length, RATE);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.start();
  const samples = (await context.startRendering()).getChannelData(0);
  return new File([encoded(samples)], "recording.wav", { type: "audio/wav" });
}

/** A sound file of whatever kind this browser knows, as WAV; fails with an error if it knows it not. */
export async function convert(file) {
  const context = new OfflineAudioContext(1, 1, RATE);
  return toWav(await context.decodeAudioData(await file.arrayBuffer()));
}

/** Blocks of samples, one after the other, as an AudioBuffer. */
export function joined(blocks, rate) {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const buffer = new AudioBuffer({ length: Math.max(1, length), numberOfChannels: 1, sampleRate: rate });
  let at = 0;
  for (const block of blocks) {
    buffer.copyToChannel(block, 0, at);
    at += block.length;
  }
  return buffer;
}

function encoded(samples) {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * 2));
  const write = (at, text) => [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) =>
    view.setInt16(HEADER_BYTES + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true),
  );
  return view.buffer;
}
