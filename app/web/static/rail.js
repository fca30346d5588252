// On a narrow screen, what the rail has beside the campaign's pages is behind a button.
const button = document.querySelector("[data-rail]");

button.addEventListener("click", () => {
  button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") === "false"));
});

// Where the pages of a campaign do not fit beside each other, the one in hand is in sight.
document.querySelector(".rail > nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
