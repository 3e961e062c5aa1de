"use client"

import { useCountdown } from "@/live/use-countdown"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"

type TvClockProps = {
  /** ISO. */
  endsAt: string
  words: string
  isUrgent?: boolean
  /** The last of it are urgent, in ms. */
  urgentMs?: number
  size?: "normal" | "huge"
}

/** What is left, read across the room. The urgent one says so in colour and in words. */
export function TvClock({ endsAt, words, isUrgent = false, urgentMs = 0, size = "huge" }: TvClockProps) {
  const leftMs = useCountdown(endsAt) ?? 0
  const isHuge = size === "huge"
  const isPressing = isUrgent || leftMs <= urgentMs
  return (
    <div
      role="timer"
      className={classNames(
        "grid justify-items-center rounded-3xl",
        isHuge ? "gap-3 px-12 py-6" : "gap-2 px-8 py-4",
        isPressing && "lit bg-accent text-on-accent",
      )}
    >
      <span className={classNames("numerals", isHuge ? "text-[17rem]" : "text-[9rem]")}>{clockText(leftMs)}</span>
      <span className={classNames("display", isHuge ? "text-5xl" : "text-4xl", !isPressing && "text-muted")}>{words}</span>
    </div>
  )
}
