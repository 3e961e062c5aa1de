/** Buzzes the phone (ms on, off, on …). False where phones do not buzz; never the only sign of anything. */
export function vibrate(pattern: number | number[] = [180, 90, 180]): boolean {
  if (typeof navigator === "undefined" || typeof navigator.vibrate !== "function") return false
  // Before the first tap on the page the browser refuses, and complains.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return false
  return navigator.vibrate(pattern)
}
