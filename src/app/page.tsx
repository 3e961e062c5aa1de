import { redirect } from "next/navigation"
import { pageNight } from "@/server/page-night"
import { joinPath, type PinQuery, pinOf } from "./party/join/join-path"

export const dynamic = "force-dynamic"

/** The door: whoever has a seat goes to it, everybody else to the join page. */
export default async function DoorPage({ searchParams }: { searchParams: Promise<PinQuery> }) {
  const pin = pinOf(await searchParams)
  const seat = await pageNight("guest")
  const isSeatHere = seat.success && (pin === null || pin === String(seat.night.party.joinPin))
  redirect(isSeatHere ? "/party/dashboard" : joinPath(pin))
}
