// On a narrow screen, what the rail has beside the campaign's pages is behind a button.
const button = document.querySelector("[data-rail]");

button.addEventListener("click", () => {
  button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") === "false"));
});
