import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { Tag } from "@/ui/tag"
import type { RoundView } from "../view"

type RoundBarProps = {
  round: RoundView
  caption: string
  /** ms; null shows no clock. */
  leftMs: number | null
  /** What the clock counts down to, for screen readers. */
  clockLabel: string
  isUrgent?: boolean
}

/** Which round it is, what goes on, and how long still. */
export function RoundBar({ round, caption, leftMs, clockLabel, isUrgent = false }: RoundBarProps) {
  return (
    <header className="flex items-center justify-between gap-3">
      <div className="grid gap-1.5">
        <Tag look="outline">Round {round.round}</Tag>
        <h2 className="text-3xl">{caption}</h2>
      </div>
      {leftMs !== null && (
        <span
          role="timer"
          aria-label={clockLabel}
          className={classNames("numerals shrink-0 rounded-xl px-3 py-2 text-5xl", isUrgent ? "lit bg-accent text-on-accent" : "bg-raised")}
        >
          {clockText(leftMs)}
        </span>
      )}
    </header>
  )
}
