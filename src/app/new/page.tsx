import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { HostDoor } from "@/party/ui/host-door"
import { StartParty } from "@/party/ui/start-party"
import { runtime } from "@/server/runtime"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Start a party" }

/** Where somebody becomes a host, if the operator allows it; otherwise there is no such page [PTY-22]. */
export default function NewPartyPage() {
  const { ALLOW_NEW_PARTIES, NEW_PARTY_PASSCODE } = runtime().env
  if (!ALLOW_NEW_PARTIES) notFound()
  return (
    <HostDoor title="New party">
      <StartParty isPasscodeAsked={NEW_PARTY_PASSCODE !== undefined} />
    </HostDoor>
  )
}
