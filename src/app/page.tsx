import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { pageNight } from "@/server/page-night"
import { runtime } from "@/server/runtime"
import { ButtonLink } from "@/ui/button-link"
import { Card } from "@/ui/card"
import { ThemeToggle } from "@/ui/theme-toggle"
import { joinPath, type PinQuery, pinOf } from "./party/join/join-path"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Party OS" }

/** The door: whoever has a seat goes to it, everybody else to the join page, or to a choice where parties may be started [PTY-22]. */
export default async function DoorPage({ searchParams }: { searchParams: Promise<PinQuery> }) {
  const pin = pinOf(await searchParams)
  const seat = await pageNight("guest")
  const isSeatHere = seat.success && (pin === null || pin === String(seat.night.party.joinPin))
  if (isSeatHere) redirect("/party/dashboard")
  if (pin !== null || !runtime().env.ALLOW_NEW_PARTIES) redirect(joinPath(pin))
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 p-4">
      <h1 className="text-7xl">Party OS</h1>
      <Card className="grid gap-4">
        <p className="text-lg">Races and bets, Imposter, Quipflip: everybody on their own phone, the score on the TV.</p>
        <ButtonLink href={joinPath(null)} size="big">Join a party</ButtonLink>
        <ButtonLink href="/new" look="quiet">Start a party</ButtonLink>
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">Your party is on already? <a href="/admin/login">Take control</a></p>
        <ThemeToggle />
      </div>
    </main>
  )
}
