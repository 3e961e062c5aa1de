import type { Metadata } from "next"
import { HostSignIn } from "@/party/ui/host-sign-in"
import { pageNight } from "@/server/page-night"
import { Card } from "@/ui/card"
import { Tag } from "@/ui/tag"
import { ThemeToggle } from "@/ui/theme-toggle"

export const metadata: Metadata = { title: "Host" }
export const dynamic = "force-dynamic"

/** The host's door. A link's token is in the fragment, so only the browser can read it. */
export default async function HostLoginPage() {
  const { success: isHost } = await pageNight("host")
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 p-4">
      <header className="grid gap-3">
        <Tag>Host</Tag>
        <h1 className="text-7xl">Race control</h1>
      </header>
      <Card>
        <HostSignIn isHost={isHost} />
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">Here to play? <a href="/party/join">Join as a guest</a></p>
        <ThemeToggle />
      </div>
    </main>
  )
}
