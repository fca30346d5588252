// The browser phone: joins the keys, the call, the display and the levers.

import * as api from "./api.js";
import { Display } from "./display.js";
import { byId } from "./dom.js";
import { Hood } from "./hood.js";
import { listenToKeys } from "./keypad.js";
import { Levers } from "./levers.js";
import { showLog } from "./log.js";
import { Replay } from "./replay.js";
import { Session } from "./session.js";
import { keepSettings, speed } from "./settings.js";
import { Sound } from "./sound.js";
import { TranscriptView } from "./transcript.js";

const TICK_MS = 100;

const sound = new Sound();
const display = new Display();
const transcript = new TranscriptView();
const hood = new Hood();
const levers = new Levers(act);
const replay = new Replay({ call, press: obey, offices: (manner) => levers.setOffices(manner), view: () => session.view });
let session = newSession();
let isDialing = false;

function newSession() {
  return new Session({ api, sound, speed, show, fail });
}

function show(view) {
  display.show(view, session.isPaused);
  transcript.show(view.entries);
  hood.show(view.webhooks);
  showLog(view.log);
  levers.notice(view.webhooks);
  levers.remember(view.caller_token);
  byId("voice-note").textContent = view.waiting?.prompt ? sound.missing(view.waiting.prompt.language) : "";
  showButtons();
  tick();
  replay.notice(view);
}

function showButtons() {
  const isLive = !session.isOver;
  const call = byId("call");
  call.textContent = isLive ? "Hang up" : session.view ? "Call again" : "Call";
  call.classList.toggle("button-call", !isLive);
  call.classList.toggle("button-hang-up", isLive);
  byId("pause").textContent = session.isPaused ? "Resume" : "Pause";
  byId("pause").setAttribute("aria-pressed", String(session.isPaused));
  for (const id of ["mute", "pause", "words", "speak", "silent"]) byId(id).disabled = !isLive;
  showOffice(session.view?.waiting);
  if (!isLive && document.activeElement?.disabled) call.focus(); // a call that ends takes no one's place on the page
  levers.lock(isLive);
}

/** Whoever rehearses may be the office: answer while it rings, hang up while it talks. */
function showOffice(waiting) {
  const button = byId("office-acts");
  const isTalking = waiting?.activity === "talking";
  button.disabled = !isTalking && waiting?.activity !== "ringing";
  if (button.disabled) button.textContent = "Answer as the office";
  else button.textContent = isTalking ? `${waiting.office} hangs up` : `Answer in ${waiting.office}`;
  button.dataset.act = isTalking ? "put-down" : "pick-up";
}

function tick() {
  if (!session.view) return;
  display.tick(session.elapsed, session.view.waiting);
  transcript.mark(session.said);
}

function fail(sentence) {
  byId("fault").textContent = sentence;
  byId("fault").hidden = false;
}

function forgive() {
  byId("fault").hidden = true;
}

async function call() {
  if (isDialing || !session.isOver || !levers.campaign) return;
  isDialing = true;
  forgive();
  display.say("Dialing");
  mute(false);
  const wanted = levers.call;
  try {
    session = newSession();
    display.begin(wanted.zone);
    await session.dial(wanted);
    byId("after").hidden = false;
    byId("script").href = api.scriptUrl(session.view.id);
  } catch (error) {
    display.say("Not connected");
    fail(error.message);
  } finally {
    isDialing = false;
    showButtons();
  }
}

function act(deed) {
  forgive();
  session.do(deed);
}

function hangUp() {
  if (!session.isOver) act({ act: "hang-up" });
}

/** Whoever presses a key takes over from a call that is made again. */
function press(key) {
  replay.stop("You have taken over.");
  obey(key);
}

function obey(key) {
  sound.key(key);
  if (session.isOver) display.say("Not in a call: press Call first");
  else act({ act: "press", key });
}

function pauseOrResume() {
  if (session.isOver) return;
  forgive();
  if (session.isPaused) session.resume();
  else session.pause();
  display.show(session.view, session.isPaused);
  showButtons();
}

function mute(muted) {
  session.retune(() => sound.set({ muted }));
  byId("mute").setAttribute("aria-pressed", String(muted));
  transcript.isSpoken = sound.isOn;
}

function listen() {
  listenToKeys({ press, call, hangUp, listens: () => byId("computer-keys").checked });
  addEventListener("pagehide", () => session.isOver || api.leave(session.view.id));
  byId("call").addEventListener("click", () => (session.isOver ? call() : hangUp()));
  byId("pause").addEventListener("click", pauseOrResume);
  byId("mute").addEventListener("click", () => mute(byId("mute").getAttribute("aria-pressed") !== "true"));
  byId("silent").addEventListener("click", () => session.skip());
  byId("office-acts").addEventListener("click", (event) => act({ act: event.currentTarget.dataset.act }));
  byId("say").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("words").value.trim();
    if (text) act({ act: "say", text });
    byId("words").value = "";
  });
  keepSettings((settings) => {
    session.retune(() => sound.set({ aloud: settings.aloud }));
    transcript.isSpoken = sound.isOn;
  });
}

async function start() {
  byId("without-scripts").remove();
  byId("app").hidden = false;
  listen();
  setInterval(tick, TICK_MS);
  try {
    const { campaigns } = await api.world();
    if (!campaigns.length) throw new Error("No hotline takes calls yet: publish a campaign first.");
    const asked = new URLSearchParams(location.search);
    levers.show(campaigns, asked.get("campaign"), asked.get("at"));
    display.say("Ready to call");
  } catch (error) {
    byId("call").disabled = true;
    display.say("Not ready");
    fail(error.message);
  }
}

start();
