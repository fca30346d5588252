// What the browser keeps; the page works without it too, where storage is switched off.

/** A kept text, or "" for none; `area` is localStorage or sessionStorage. */
export function recall(area, name) {
  try {
    return globalThis[area].getItem(name) ?? "";
  } catch {
    return "";
  }
}

export function keep(area, name, text) {
  try {
    globalThis[area].setItem(name, text);
  } catch {
    // Nothing is kept.
  }
}
