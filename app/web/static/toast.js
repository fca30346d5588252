// What a page tells stays in sight until somebody has read it.
for (const button of document.querySelectorAll("[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest(".toast").remove();
    document.getElementById("main").focus({ preventScroll: true });
  });
}
