import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { StartParty } from "@/party/ui/start-party"
import { runtime } from "@/server/runtime"
import { Card } from "@/ui/card"
import { Tag } from "@/ui/tag"
import { ThemeToggle } from "@/ui/theme-toggle"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Start a party" }

/** Where somebody becomes a host, if the operator allows it; otherwise there is no such page [PTY-22]. */
export default function NewPartyPage() {
  const { ALLOW_NEW_PARTIES, NEW_PARTY_PASSCODE } = runtime().env
  if (!ALLOW_NEW_PARTIES) notFound()
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 p-4">
      <header className="grid gap-3">
        <Tag>Host</Tag>
        <h1 className="text-7xl">New party</h1>
      </header>
      <Card>
        <StartParty isPasscodeAsked={NEW_PARTY_PASSCODE !== undefined} />
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">Here to play? <a href="/party/join">Join as a guest</a></p>
        <ThemeToggle />
      </div>
    </main>
  )
}
