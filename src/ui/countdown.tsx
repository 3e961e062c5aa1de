"use client"

import { useEffect, useEffectEvent } from "react"
import { classNames } from "./class-names"
import { remainingText } from "./remaining"
import { useNow } from "./use-now"

const LAST_SECONDS_MS = 10_000

type CountdownProps = {
  /** The deadline, ms since 1970 by the server's clock. */
  endsAt: number
  /** Server clock minus this device's clock, in ms. */
  serverOffsetMs?: number
  /** The whole length in ms; with it a bar shows how much is left. */
  totalMs?: number
  /** Called once per deadline when it passes: time to ask the server, nothing more. */
  onExpired?: () => void
  size?: "normal" | "big" | "huge"
  /** What ends, for screen readers. */
  label?: string
  className?: string
}

const sizes = { normal: "text-3xl", big: "text-6xl", huge: "text-[10rem]" }

/** Counts down to the server's deadline. The last ten seconds grow and pulse. */
export function Countdown({ endsAt, serverOffsetMs = 0, totalMs, onExpired, size = "normal", label = "Time left", className }: CountdownProps) {
  const now = useNow()
  const leftMs = now === null ? null : endsAt - (now + serverOffsetMs)
  const expired = leftMs !== null && leftMs <= 0
  const tellExpired = useEffectEvent(() => onExpired?.())

  useEffect(() => {
    if (expired) tellExpired()
  }, [expired, endsAt])

  const urgent = leftMs !== null && leftMs <= LAST_SECONDS_MS
  return (
    <div role="timer" aria-label={label} className={classNames("grid gap-2", className)}>
      <span className={classNames("numerals inline-block origin-left", sizes[size], urgent ? "text-danger-text" : "text-ink", urgent && !expired && "animate-last-seconds")}>
        {leftMs === null ? "–" : remainingText(leftMs)}
      </span>
      {totalMs !== undefined && (
        <span aria-hidden className="block h-2.5 -skew-x-12 overflow-hidden rounded-xs bg-raised">
          <span
            className={classNames("block h-full origin-left", urgent ? "bg-danger-text" : "bg-accent")}
            style={{ transform: `scaleX(${leftMs === null ? 1 : Math.min(1, Math.max(0, leftMs / totalMs))})` }}
          />
        </span>
      )}
    </div>
  )
}
