"use client"

import { useNight } from "@/live/use-night"
import type { Connection } from "@/live/synchroniser"
import { classNames } from "@/ui/class-names"

const signs: Record<Connection, { glyph: string; words: string; look: string }> = {
  live: { glyph: "●", words: "connected", look: "text-muted" },
  connecting: { glyph: "↻", words: "reconnecting …", look: "bg-coins text-on-coins" },
  offline: { glyph: "✕", words: "no connection", look: "bg-coins text-on-coins" },
}

/** The state of the line: small while all is well, plain when it is not. */
export function ConnectionSign() {
  const { connection } = useNight()
  const { glyph, words, look } = signs[connection]
  return (
    <p role="status" className={classNames("fixed top-4 right-12 z-20 rounded-lg px-3 py-1 text-xl font-semibold", look)}>
      <span aria-hidden className={connection === "live" ? "text-lap-green" : undefined}>{glyph} </span>
      {words}
    </p>
  )
}
