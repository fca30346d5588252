// Whoever leaves a page of the editor with words that are not saved is asked first.
const form = document.getElementById("draft");

/** What is typed, as it would be sent; where in the preview somebody stands is no part of it. */
function typed() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => !name.startsWith("preview") && name !== "walk"));
}

function ask(event) {
  event.preventDefault();
}

const saved = form.hasAttribute("data-unsaved") ? "" : typed();
if (!saved) addEventListener("beforeunload", ask);

document.addEventListener("input", () => {
  if (typed() === saved) removeEventListener("beforeunload", ask);
  else addEventListener("beforeunload", ask);
});

document.addEventListener("submit", (event) => {
  const isMeant = event.target === form || event.submitter?.hasAttribute("data-discards");
  if (isMeant && !event.defaultPrevented) removeEventListener("beforeunload", ask);
});
