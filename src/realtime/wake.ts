/** The parts of a page that tell that its device slept. */
export type WakeSources = {
  readonly document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">
  readonly window: Pick<Window, "addEventListener" | "removeEventListener">
  /** This device's clock, ms. */
  readonly nowMs: () => number
}

/**
 * Tells when the page is back: visible again, out of the back/forward cache, or with a network again.
 * `listener` gets how long it was away in ms, Infinity when whatever was connected then is surely dead.
 * @returns how to stop watching.
 */
export function watchWake({ document, window, nowMs }: WakeSources, listener: (awayMs: number) => void): () => void {
  let hiddenSinceMs: number | null = document.visibilityState === "hidden" ? nowMs() : null
  const onVisibility = () => {
    if (document.visibilityState === "hidden") {
      hiddenSinceMs ??= nowMs()
      return
    }
    const awayMs = hiddenSinceMs === null ? 0 : nowMs() - hiddenSinceMs
    hiddenSinceMs = null
    listener(awayMs)
  }
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) listener(Infinity)
  }
  const onOnline = () => listener(Infinity)

  document.addEventListener("visibilitychange", onVisibility)
  window.addEventListener("pageshow", onPageShow)
  window.addEventListener("online", onOnline)
  return () => {
    document.removeEventListener("visibilitychange", onVisibility)
    window.removeEventListener("pageshow", onPageShow)
    window.removeEventListener("online", onOnline)
  }
}
