import { redirect } from "next/navigation"
import { joinPath, type PinQuery, pinOf } from "./join/join-path"

/** An address people type from memory. */
export default async function PartyPage({ searchParams }: { searchParams: Promise<PinQuery> }) {
  redirect(joinPath(pinOf(await searchParams)))
}
