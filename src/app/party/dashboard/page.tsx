import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { QuickOrLoading } from "@/app/quick-or-loading"
import { NightProvider } from "@/live/night-provider"
import { pageNight } from "@/server/page-night"
import { ToastProvider } from "@/ui/toast"
import { isPresenceKept } from "../presence"
import { DashboardLoading } from "./dashboard-loading"
import { GuestDashboard } from "./guest-dashboard"
import { SeatProblem } from "./seat-problem"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "My party" }

/** A guest's phone all night. */
export default function DashboardPage() {
  return <QuickOrLoading page={dashboard()} loading={<DashboardLoading />} />
}

async function dashboard() {
  const shown = await pageNight("guest")
  if (!shown.success && shown.code === "not_signed_in") redirect("/party/join")
  if (!shown.success) return <SeatProblem code={shown.code} error={shown.error} errorId={shown.errorId} />
  return (
    <NightProvider initial={shown.night} surface="guest" realtime={shown.realtime} presence={isPresenceKept(shown.night)}>
      <ToastProvider>
        <GuestDashboard />
      </ToastProvider>
    </NightProvider>
  )
}
