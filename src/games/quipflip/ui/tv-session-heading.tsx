import type { ReactNode } from "react"
import { Tag } from "@/ui/tag"

/** What is on. */
export function TvSessionHeading({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <header className="flex min-w-0 items-center gap-9 pr-56">
      <Tag accent="quipflip" className="px-6! py-3! text-7xl! whitespace-nowrap">Quipflip</Tag>
      <h1 dir="auto" className="min-w-0 truncate py-1 text-left text-6xl">{children}</h1>
      {aside}
    </header>
  )
}
