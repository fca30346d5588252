// A file that takes longer than a second to send shows how far it is, and can be stopped. The form works without this.
const SAY_AFTER_MS = 1_000;
const LOST = "The file did not arrive: look at your connection, then try again.";
const megabytes = (bytes) => (bytes / 1_000_000).toFixed(1);

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.dataset.sent) send(form, event.submitter);
  });
}

function send(form, button) {
  const part = (name) => form.querySelector(`[data-${name}]`);
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  const shown = setTimeout(() => {
    part("progress").hidden = false;
    part("said").textContent = "The file is being sent.";
  }, SAY_AFTER_MS);

  function far({ loaded, total }) {
    part("bar").max = total;
    part("bar").value = loaded;
    part("far").textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
    if (loaded === total && !part("progress").hidden) part("said").textContent = "Sent. Now it is looked at.";
  }

  function over(sentence) {
    clearTimeout(shown);
    part("stop").removeEventListener("click", stop);
    part("progress").hidden = true;
    part("said").textContent = "";
    part("problem").textContent = sentence;
    part("problem").hidden = !sentence;
    delete form.dataset.sent;
    button?.removeAttribute("aria-busy");
  }

  const file = [...form.elements].find(({ type }) => type === "file").files[0];
  if (file?.size > Number(form.dataset.mostBytes)) return over("The file is too large: choose a shorter one.");
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
  part("problem").hidden = true;
  part("stop").addEventListener("click", stop);
  request.upload.addEventListener("progress", far);
  request.addEventListener("load", () => (request.response?.next ? go(request.response.next) : over(request.response?.error ?? LOST)));
  request.addEventListener("error", () => over(LOST));
  request.addEventListener("abort", () => over("Stopped: nothing was changed."));
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form, button));
}

// Where only the place in the page differs, a browser would not ask for the page anew.
function go(there) {
  const here = location.pathname + location.search;
  location.assign(there);
  if (new URL(there, location.href).hash && there.split("#")[0] === here) location.reload();
}
