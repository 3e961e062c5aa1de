import type { Metadata } from "next"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { pageNight } from "@/server/page-night"
import { JoinFlow } from "./join-flow"
import { landingPath, lobbyOf, type PinQuery, pinOf } from "./join-path"
import { partyOfPinAction } from "./party-of-pin"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Join" }

/** The way in. A phone that has a seat in this party is led straight to it. */
export default async function JoinPage({ searchParams }: { searchParams: Promise<PinQuery> }) {
  const query = await searchParams
  const pin = pinOf(query)
  const lobbyId = lobbyOf(query)
  if (!(await isAnswerToTap()) && (await hasSeat(pin))) redirect(landingPath(lobbyId))
  const found = pin ? await partyOfPinAction(pin) : null
  const party = pin && found?.success ? { pin, name: found.partyName } : null
  return <JoinFlow pinOfLink={pin ?? ""} lobbyId={lobbyId} party={party} refusal={found?.success === false ? found.error : undefined} />
}

/** Joining sets a cookie, and Next then renders this page again in the same answer: leading away now would skip the welcome. */
async function isAnswerToTap(): Promise<boolean> {
  return (await headers()).has("next-action")
}

async function hasSeat(pin: string | null): Promise<boolean> {
  const seat = await pageNight("guest")
  return seat.success && (pin === null || pin === String(seat.night.party.joinPin))
}
