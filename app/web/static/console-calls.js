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
