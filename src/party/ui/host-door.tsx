import type { ReactNode } from "react"
import { Card } from "@/ui/card"
import { Tag } from "@/ui/tag"
import { ThemeToggle } from "@/ui/theme-toggle"

/** A page where somebody comes in as the host; who came to play is shown the other way. */
export function HostDoor({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 p-4">
      <header className="grid gap-3">
        <Tag>Host</Tag>
        <h1 className="text-7xl">{title}</h1>
      </header>
      <Card>{children}</Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">Here to play? <a href="/party/join">Join as a guest</a></p>
        <ThemeToggle />
      </div>
    </main>
  )
}
