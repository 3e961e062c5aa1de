"use client"

import type { FormEvent } from "react"
import { guessImposterWordAction } from "@/app/actions/party-logic"
import { useCountdown } from "@/live/use-countdown"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import { Button } from "@/ui/button"
import { clockText } from "@/ui/clock-text"
import { Field } from "@/ui/field"
import { useStoredText } from "@/ui/use-stored-text"
import type { RoundView } from "../view"

const longestGuess = 60

/** The caught imposter names the word, once [IMP-16]. */
export function PhoneGuess({ round, endsAt }: { round: RoundView; endsAt: string }) {
  const { mergeAnswer } = useNight()
  const { busyPlace, problemAt, run, clearProblem } = useCommand()
  const { text, setText, clear } = useStoredText(`guess:${round.roundId}`)
  const leftMs = useCountdown(endsAt)
  const isOver = leftMs === 0

  async function send() {
    const guess = text.trim()
    const answer = await run("guess", (id) => guessImposterWordAction(guess, id), `guess:${round.roundId}:${guess}`)
    if (!answer) return
    clear()
    mergeAnswer({ version: answer.version, round: answer.round })
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isOver && text.trim() !== "") void send()
  }

  return (
    <form onSubmit={handleSubmit} className="lit grid grid-cols-1 gap-3 rounded-2xl border-2 border-accent bg-surface p-3">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-3xl">What was the word?</h3>
        {leftMs !== null && <span role="timer" aria-label="To guess" className="numerals text-4xl">{clockText(leftMs)}</span>}
      </div>
      <Field
        label="Your one guess"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          clearProblem()
        }}
        disabled={isOver}
        autoComplete="off"
        autoCapitalize="off"
        enterKeyHint="send"
        maxLength={longestGuess}
        error={problemAt("guess")}
        className="text-2xl"
      />
      <Button type="submit" size="big" pending={busyPlace === "guess"} disabled={isOver || text.trim() === ""}>
        {isOver ? "Time is up" : "That is it"}
      </Button>
    </form>
  )
}
