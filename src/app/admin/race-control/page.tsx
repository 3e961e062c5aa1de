import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { wordDeck } from "@/ai/word-deck/word-deck"
import { QuickOrLoading } from "@/app/quick-or-loading"
import { NightProvider } from "@/live/night-provider"
import { pageNight, partyUrl } from "@/server/page-night"
import { Stage } from "@/ui/stage"
import { ToastProvider } from "@/ui/toast"
import { ControlDesk } from "./control-desk"
import { RaceControlLoading } from "./race-control-loading"

export const metadata: Metadata = { title: "Race control" }
export const dynamic = "force-dynamic"

/** The host's laptop: one page for the whole night. */
export default function RaceControlPage() {
  return <QuickOrLoading page={raceControl()} loading={<RaceControlLoading />} />
}

async function raceControl() {
  const shown = await pageNight("host")
  if (!shown.success) redirect("/admin/login")
  return (
    <Stage accent="racing">
      <NightProvider initial={shown.night} surface="host" realtime={shown.realtime} presence>
        <ToastProvider>
          <ControlDesk origin={await partyUrl()} categories={wordDeck.map(({ category, title }) => ({ category, title }))} />
        </ToastProvider>
      </NightProvider>
    </Stage>
  )
}
