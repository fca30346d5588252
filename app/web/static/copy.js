// Buttons that copy a field, or the address of the page; without scripts, whoever wants to copy marks it.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.dataset.said);
  button.hidden = false;
  field?.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field?.value ?? location.href.split("#")[0]);
      said.textContent = "Copied.";
    } catch {
      field?.focus();
      said.textContent = field ? "The browser did not let us copy: it is marked, copy it yourself." : "The browser did not let us copy: take the address from its bar.";
    }
  });
}
