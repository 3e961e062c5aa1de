import type { Metadata } from "next"
import { LanDoor } from "@/lan/ui/door-page"
import { pageNight } from "@/server/page-night"
import { Stage } from "@/ui/stage"
import { Tag } from "@/ui/tag"
import { ThemeToggle } from "@/ui/theme-toggle"

export const metadata: Metadata = { title: "LAN", referrer: "no-referrer" }
export const dynamic = "force-dynamic"

/** Where an invitation's link leads, on the PC that is to join. What stands behind its "#" never gets here. */
export default async function LanPage() {
  const { success: isSeated } = await pageNight("guest")
  return (
    <Stage accent="lan">
      <main className="mx-auto grid min-h-dvh max-w-2xl grid-cols-[minmax(0,1fr)] content-center gap-5 p-4">
        <header className="flex items-end justify-between gap-3">
          <div className="grid gap-3">
            <Tag>LAN</Tag>
            <h1 className="text-6xl">Play from this PC</h1>
          </div>
          <ThemeToggle />
        </header>
        <noscript>
          <p className="text-lg">This page reads the invitation in the browser alone, so it needs JavaScript. Without it, copy the line itself from the phone: it stands above the link.</p>
        </noscript>
        <LanDoor isSeated={isSeated} />
      </main>
    </Stage>
  )
}
