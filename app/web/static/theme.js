// The stored theme, set before the first paint; this file is small and blocks on purpose.
const THEME = "patchline-theme";
const root = document.documentElement;

function storedTheme() {
  try {
    return localStorage.getItem(THEME) || "";
  } catch {
    return ""; // storage is switched off
  }
}

function showTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

showTheme(storedTheme());
root.dataset.scripts = "on"; // what scripts open may be closed to begin with

document.addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector("[data-theme-choice]");
  choice.closest("[hidden]").hidden = false;
  choice.value = storedTheme();
  choice.addEventListener("change", () => {
    showTheme(choice.value);
    try {
      localStorage.setItem(THEME, choice.value);
    } catch {
      // The choice lasts as long as the page.
    }
  });
});
