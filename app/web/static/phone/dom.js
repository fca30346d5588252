// Small helpers around the document.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text is never read as markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A list on the page that follows a growing list of facts: what has not changed is not touched. */
export class LiveList {
  constructor(parent, render) {
    this.parent = parent;
    this.render = render;
    this.shown = [];
  }

  show(items) {
    items.forEach((item, index) => this.#showOne(JSON.stringify(item), item, index));
    for (const { element } of this.shown.splice(items.length)) element.remove();
  }

  #showOne(text, item, index) {
    const old = this.shown[index];
    if (old?.text === text) return;
    const element = this.render(item, index);
    if (old) {
      if (old.element.open) element.open = true;
      old.element.replaceWith(element);
    } else this.parent.append(element);
    this.shown[index] = { text, element };
  }
}

/** Seconds as a telephone shows them: 1:05. */
export function minutes(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
