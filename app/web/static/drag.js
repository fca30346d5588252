// Offices are put in order by dragging, with a mouse, a pen or a finger; the buttons beside them do the same.
// The list shows at once what it will be. Letting go sends the form that the buttons send; Escape leaves all as it was.
const EDGE_PX = 64;
const SCROLL_PX = 12;
const list = document.querySelector("[data-drag]");
const rows = () => [...list.children];
let drag = null;

for (const grip of list?.querySelectorAll("[data-grip]") ?? []) {
  grip.hidden = false;
  grip.addEventListener("pointerdown", (event) => event.button === 0 && start(grip, event));
  grip.addEventListener("pointermove", ({ clientY }) => drag && (drag.y = clientY));
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("lostpointercapture", cancel);
}
addEventListener("keydown", ({ key }) => key === "Escape" && cancel());

function start(grip, event) {
  event.preventDefault(); // nothing is marked meanwhile
  grip.setPointerCapture(event.pointerId);
  const row = grip.closest("li");
  row.dataset.dragged = "";
  drag = { row, before: rows(), keys: rows().map(({ firstElementChild: place }) => place.firstElementChild.textContent), y: event.clientY };
  requestAnimationFrame(follow);
}

function follow() {
  if (!drag) return;
  const { y } = drag;
  arrange();
  if (y < EDGE_PX) scrollBy(0, -SCROLL_PX);
  else if (y > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
  requestAnimationFrame(follow);
}

// Rows give way to the one that is dragged, which itself stays in the page: so the pointer is not let go of.
function arrange() {
  const { row, y } = drag;
  const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
  let other;
  while ((other = row.previousElementSibling) && y < middle(other)) row.after(other);
  while ((other = row.nextElementSibling) && y > middle(other)) row.before(other);
  show();
}

function show() {
  rows().forEach((row, at) => (row.firstElementChild.firstElementChild.textContent = drag.keys[at]));
}

function drop() {
  if (!drag) return;
  arrange();
  const { row, before } = drag;
  const place = rows().indexOf(row);
  delete row.dataset.dragged;
  drag = null;
  if (before.indexOf(row) === place) return;
  const form = row.querySelector("form");
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "place", value: place + 1 }));
  form.requestSubmit();
}

function cancel() {
  if (!drag) return;
  list.append(...drag.before);
  show();
  delete drag.row.dataset.dragged;
  drag = null;
}
