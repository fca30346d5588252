// Whoever sends a form sees that it is being worked on, and cannot send it twice; a button that waits keeps its label.
const SAY_AFTER_MS = 1_000;
const LONGEST_MS = 15_000;
const DOWNLOAD_MS = 5_000; // it leaves the page as it is, and nothing tells a page that it goes on or is done
const said = document.createElement("p");
said.setAttribute("role", "status");
said.className = "busy-note";
said.hidden = true;
document.getElementById("main").append(said);

function again(form, button) {
  delete form.dataset.sent;
  button?.removeAttribute("aria-busy");
}

function say(text) {
  said.hidden = !text;
  said.textContent = text;
}

function rest(form, button) {
  again(form, button);
  say("");
}

// What is known of a download is told for as long as it should take; meanwhile another one may be asked for.
function download(form, button) {
  const { download: told, downloadS: seconds = 0 } = form.dataset;
  if (told) say(told);
  setTimeout(() => again(form, button), DOWNLOAD_MS);
  setTimeout(() => said.textContent === told && say(""), Math.max(DOWNLOAD_MS, seconds * 1_000));
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
  if ("download" in form.dataset) {
    download(form, button);
    return;
  }
  setTimeout(() => {
    if (form.dataset.sent) say(`${button?.textContent.trim() || "Sending"}: this takes a moment.`);
  }, SAY_AFTER_MS);
  setTimeout(() => rest(form, button), LONGEST_MS);
});

// A page that the browser kept is shown again as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) rest(form, form.querySelector("[aria-busy]"));
});
