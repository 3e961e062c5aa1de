import { redirect } from "next/navigation"
import type { ReactNode } from "react"
import { NightProvider } from "@/live/night-provider"
import type { NightView } from "@/live/night-view"
import { pageNight } from "@/server/page-night"
import { SeatProblem } from "./dashboard/seat-problem"
import { isPresenceKept } from "./presence"

/** The route of a page about one session of Quipflip. */
export type SessionRoute = { params: Promise<{ sessionId: string }> }

/** A page about one session, for a phone that has a seat in the party; any other is led to `door`. */
export async function sessionPage(door: string, page: (night: NightView) => ReactNode | Promise<ReactNode>) {
  const shown = await pageNight("guest")
  if (!shown.success && shown.code === "not_signed_in") redirect(door)
  if (!shown.success) return <SeatProblem code={shown.code} error={shown.error} errorId={shown.errorId} />
  return (
    <NightProvider initial={shown.night} surface="guest" realtime={shown.realtime} presence={isPresenceKept(shown.night)}>
      {await page(shown.night)}
    </NightProvider>
  )
}
