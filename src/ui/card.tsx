import type { ReactNode } from "react"
import type { Accent } from "./accent"
import { classNames } from "./class-names"
import { Tag } from "./tag"

type CardProps = {
  children: ReactNode
  title?: ReactNode
  /** A slanted caption above the title. */
  tag?: ReactNode
  /** Something small at the right of the title: a count, a switch. */
  aside?: ReactNode
  accent?: Accent
  /** This card wants something from the person now: it gets the lit edge. */
  lit?: boolean
  className?: string
}

/** A panel of the show. */
export function Card({ children, title, tag, aside, accent, lit = false, className }: CardProps) {
  return (
    <section
      data-accent={accent}
      className={classNames(
        "relative grid grid-cols-[minmax(0,1fr)] content-start gap-4 rounded-2xl border-2 bg-surface p-4 sm:p-5",
        border(lit, accent),
        className,
      )}
    >
      {(title || tag || aside) && (
        <header className="flex items-start justify-between gap-3">
          <div className="grid gap-2">
            {tag && <Tag>{tag}</Tag>}
            {title && <h2 className="text-3xl">{title}</h2>}
          </div>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}

function border(lit: boolean, accent: Accent | undefined): string {
  if (lit) return "lit border-accent"
  return accent ? "border-accent/50" : "border-line"
}
