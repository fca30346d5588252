// Times of calls where the reader is, beside the campaign's: pointed at in lists, and written out where there is room.
const ZONE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

for (const time of document.querySelectorAll("time[title]")) {
  time.title += `, ${ZONE.format(new Date(time.dateTime))} where you are`;
}
const own = ZONE.resolvedOptions().timeZone;
for (const place of document.querySelectorAll("[data-your-time]")) {
  if (place.dataset.zone === own) continue;
  place.querySelector("dd").textContent = ZONE.format(new Date(place.dataset.yourTime));
  place.hidden = false;
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById(button.dataset.said);
    try {
      await navigator.clipboard.writeText(location.href.split("#")[0]);
      said.textContent = "The link is copied.";
    } catch {
      said.textContent = "The browser did not let us copy: take the address from its bar.";
    }
  });
}
