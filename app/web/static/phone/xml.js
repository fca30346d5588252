// The answer to a webhook, set so that it can be read.

import { make } from "./dom.js";

const STEP = "  ";

/** A document, one element a line; text that is no XML stays as it is. */
export function pretty(text) {
  const parsed = new DOMParser().parseFromString(text, "text/xml");
  if (parsed.querySelector("parsererror")) return text;
  return lines(parsed.documentElement, "").join("\n");
}

function lines(element, indent) {
  const whole = new XMLSerializer().serializeToString(element);
  const isRunning = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (isRunning || element.children.length === 0) return [indent + whole];
  const [open] = new XMLSerializer().serializeToString(element.cloneNode(false)).split(/\/>|><\//);
  const inside = [...element.children].flatMap((child) => lines(child, indent + STEP));
  return [`${indent}${open}>`, ...inside, `${indent}</${element.tagName}>`];
}

/** A block of code in which the tags stand out. */
export function codeBlock(text) {
  const pieces = text.split(/(<[^>]+>)/).map((piece, index) => (index % 2 ? make("span", { class: "answer-tag" }, piece) : piece));
  return make("pre", { class: "answer" }, make("code", {}, ...pieces));
}
