// How fast call time runs: what the person at the phone has to answer is never hurried.

const HURRIED = 30;

/** Seconds of call time that pass in a second of the wall clock; Infinity for none at all. */
export function rateOf(activity, speed) {
  if (activity === "listening") return 1;
  if (speed !== "all") return Number(speed);
  // Still slow enough to press star while an office rings or talks.
  return activity === "ringing" || activity === "talking" ? HURRIED : Infinity;
}
