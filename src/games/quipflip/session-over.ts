import type { SessionView } from "./view"

/** Nothing is played in it any more: it has results, or was given up. */
export function isSessionOver({ status }: Pick<SessionView, "status">): boolean {
  return status === "COMPLETED" || status === "ABANDONED"
}
