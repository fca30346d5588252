// Whoever sends a form sees that it is being worked on, and cannot send it twice; a button that waits keeps its label.
const SAY_AFTER_MS = 1_000;
const LONGEST_MS = 15_000;
const DOWNLOAD_MS = 3_000; // it leaves the page as it is, and nothing tells a page that it has begun
const said = document.createElement("p");
said.setAttribute("role", "status");
said.className = "busy-note";
said.hidden = true;
document.getElementById("main").append(said);

function rest(form, button) {
  delete form.dataset.sent;
  button?.removeAttribute("aria-busy");
  said.hidden = true;
  said.textContent = "";
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const { target: form, submitter: button } = event;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
  setTimeout(() => {
    if (!form.dataset.sent) return;
    said.hidden = false;
    said.textContent = `${button?.textContent.trim() || "Sending"}: this takes a moment.`;
  }, SAY_AFTER_MS);
  setTimeout(() => rest(form, button), "download" in form.dataset ? DOWNLOAD_MS : LONGEST_MS);
});

// A page that the browser kept is shown again as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) rest(form, form.querySelector("[aria-busy]"));
});
