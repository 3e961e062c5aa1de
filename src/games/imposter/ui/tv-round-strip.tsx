"use client"

import { useCountdown } from "@/live/use-countdown"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { Tag } from "@/ui/tag"
import type { RoundView } from "../view"
import { deadlineOf } from "./round-deadline"
import { presentPlayers } from "./round-people"

/** A running round under something else: what they do and how long they still can. */
export function TvRoundStrip({ round }: { round: RoundView }) {
  const leftMs = useCountdown(deadlineOf(round))
  return (
    <section
      aria-label="Imposter"
      data-accent="imposter"
      className={classNames("flex items-center gap-8 rounded-2xl border-4 px-6 py-3", round.isWarned || round.status !== "ACTIVE" ? "border-accent" : "border-line")}
    >
      <Tag className="text-4xl!">Imposter</Tag>
      <p className="min-w-0 flex-1 truncate text-3xl font-semibold">{stripWords(round)}</p>
      {leftMs !== null && <p role="timer" className="numerals text-7xl">{clockText(leftMs)}</p>}
    </section>
  )
}

function stripWords(round: RoundView): string {
  const present = presentPlayers(round)
  const count = (has: "hasCalledVote" | "hasVoted") => present.filter((player) => player[has]).length
  if (round.status === "REVEALED") return "The caught imposter may guess the word"
  if (round.status === "VOTING") return `${round.vote > 1 ? "It is a tie: vote once more" : "Vote on your phone"}. ${count("hasVoted")} of ${present.length} voted`
  const calls = count("hasCalledVote")
  if (round.isWarned) return "Last minute, then the vote"
  return calls > 0 ? `They talk. ${calls} of ${round.callsNeeded} call for the vote` : "They talk"
}
