import type { ReactNode } from "react"
import { Tag } from "@/ui/tag"

/** What is on. */
export function TvRoundHeading({ round, children }: { round: number; children: ReactNode }) {
  return (
    <header className="flex min-w-0 items-center gap-9 pr-56">
      <Tag accent="imposter" className="px-6! py-3! text-7xl! whitespace-nowrap">Imposter</Tag>
      <div className="min-w-0">
        <h1 dir="auto" className="truncate py-1 text-left text-6xl">{children}</h1>
        <p className="text-3xl text-muted">Round {round}</p>
      </div>
    </header>
  )
}
