import type { Metadata } from "next"
import { HostDoor } from "@/party/ui/host-door"
import { HostSignIn } from "@/party/ui/host-sign-in"
import { pageNight } from "@/server/page-night"

export const metadata: Metadata = { title: "Host" }
export const dynamic = "force-dynamic"

/** The host's door. A link's token is in the fragment, so only the browser can read it. */
export default async function HostLoginPage() {
  const { success: isHost } = await pageNight("host")
  return (
    <HostDoor title="Race control">
      <HostSignIn isHost={isHost} />
    </HostDoor>
  )
}
