// Recording in the page: what is recorded is put into the file field of its form, which is sent as any form is.

import { Microphone } from "./microphone.js";
import { convert, toWav } from "./wav.js";

const TAKEN = /\.(wav|mp3|ogg|oga|opus)$/i;

const REFUSED = {
  NotAllowedError: "The browser was not allowed to use the microphone: allow it in the address bar, then try again.",
  NotFoundError: "There is no microphone: connect one, or choose a file.",
  NotReadableError: "Another program uses the microphone: close it, then try again.",
};

document.querySelectorAll("[data-voice]").forEach(makeRecorder);

function makeRecorder(form) {
  const part = (name) => form.querySelector(`[data-${name}]`);
  const input = form.elements.sound;
  const [button, problem, heard] = [part("record"), part("problem"), part("heard")];
  const label = [...button.childNodes][0];
  const before = label.data;
  let microphone = null;

  // Browsers give the microphone to pages that came over https or from this very machine alone.
  part("recorder").hidden = !navigator.mediaDevices?.getUserMedia;
  button.addEventListener("click", () => (microphone ? stop() : start()));
  input.addEventListener("change", chosen);
  if (input.files.length) chosen(); // chosen before this script came

  async function start() {
    tell("");
    const mine = (microphone = new Microphone());
    label.data = "Stop";
    try {
      await mine.start((level, seconds) => {
        part("level").value = level;
        part("clock").textContent = `${Math.floor(seconds)} s`;
        if (seconds >= Number(form.dataset.mostSeconds) && microphone === mine) stop();
      });
      part("level-row").hidden = false;
    } catch (error) {
      microphone = null;
      label.data = before;
      await mine.stop();
      tell(REFUSED[error.name] ?? "The microphone could not be opened: try another browser, or choose a file.");
    }
  }

  async function stop() {
    const mine = microphone;
    microphone = null;
    label.data = "Record again";
    part("level-row").hidden = true;
    put(await toWav(await mine.stop()));
  }

  /** A file that the server does not take may be one that this browser can read, such as what telephones record. */
  async function chosen() {
    tell("");
    const [file] = input.files;
    if (!file) return;
    const most = Number(form.dataset.mostBytes);
    try {
      put(TAKEN.test(file.name) && file.size <= most ? file : await convert(file));
      if (input.files[0].size > most) tell("It is too long: shorten it, then choose it again.");
    } catch {
      tell("This browser cannot read the file: save it as WAV, MP3 or OGG, up to 5 MB.");
    }
  }

  function put(file) {
    const carrier = new DataTransfer();
    carrier.items.add(file);
    input.files = carrier.files;
    URL.revokeObjectURL(heard.src);
    heard.src = URL.createObjectURL(file);
    heard.hidden = false;
    part("use").classList.add("button-primary");
  }

  function tell(sentence) {
    problem.textContent = sentence;
    problem.hidden = !sentence;
  }
}
