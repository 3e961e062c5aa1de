"use client"

import { useCountdown } from "@/live/use-countdown"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { Tag } from "@/ui/tag"
import type { SessionView } from "../view"
import { codeText, stripWords } from "./tv-phase-words"

/** A session under something else: the code of a lobby, or what they do and how long they still can. */
export function TvSessionStrip({ session }: { session: SessionView }) {
  const leftMs = useCountdown(session.phaseEndsAt)
  const isOpen = session.status === "OPEN"
  return (
    <section
      aria-label="Quipflip"
      data-accent="quipflip"
      className={classNames("flex items-center gap-8 rounded-2xl border-4 px-6 py-3", isOpen ? "border-line" : "border-accent")}
    >
      <Tag className="shrink-0 text-4xl!">Quipflip</Tag>
      <p className="min-w-0 flex-1 truncate text-3xl font-semibold">{stripWords(session)}</p>
      {isOpen && <p className="display text-7xl tracking-wide whitespace-nowrap text-accent-text">{codeText(session.code)}</p>}
      {!isOpen && leftMs !== null && <p role="timer" className="numerals text-7xl">{clockText(leftMs)}</p>}
    </section>
  )
}
