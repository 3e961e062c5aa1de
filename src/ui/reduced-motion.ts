/** Whether this person asked their device for less motion. True where nobody can be asked (the server). */
export function prefersReducedMotion(): boolean {
  return typeof window === "undefined" || typeof window.matchMedia !== "function" || window.matchMedia("(prefers-reduced-motion: reduce)").matches
}
