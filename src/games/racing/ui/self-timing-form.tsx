"use client"

import { type FormEvent, useRef } from "react"
import { submitLapTimeAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { useStoredText } from "@/ui/use-stored-text"
import { formatLapTime, LAP_TIME_EXAMPLE, parseLapTime } from "../lap-time"
import type { RaceView } from "../view"

// Shorter ones are most likely half typed.
const leastLikelyMs = 10_000

/** A driver types the own lap [RAC-14]. The keypad of most phones has no colon, so there is one beside the field. */
export function SelfTimingForm({ race, me }: { race: RaceView; me: OwnGuestView }) {
  const { mergeAnswer } = useNight()
  const { text, setText, clear } = useStoredText(`lap:${race.gameId}`)
  const { busyPlace, problemAt, run, clearProblem } = useCommand()
  const field = useRef<HTMLInputElement>(null)
  const lapCount = race.board.find(({ driverId }) => driverId === me.id)?.lapCount ?? 0
  const read = parseLapTime(text)

  function type(next: string) {
    setText(next)
    clearProblem()
  }

  async function send() {
    // The same time driven again is another lap: the count makes it another attempt.
    const attempt = `lap:${race.gameId}:${lapCount}:${text}`
    const answer = await run("lap", (id) => submitLapTimeAction(text, undefined, undefined, me.id, race.gameId, id), attempt)
    if (!answer) return
    clear()
    mergeAnswer({ version: answer.version, race: answer.race })
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void send()
  }

  return (
    <form onSubmit={handleSubmit} className="grid gap-3 rounded-2xl border-2 border-accent/50 bg-surface p-3">
      <Field
        ref={field}
        label="My lap time"
        value={text}
        onChange={(event) => type(event.target.value)}
        placeholder={LAP_TIME_EXAMPLE}
        inputMode="decimal"
        enterKeyHint="send"
        autoComplete="off"
        maxLength={20}
        error={problemAt("lap")}
        className="numerals text-3xl!"
      />
      <div className="grid grid-cols-[4rem_minmax(0,1fr)] gap-2">
        <Button
          look="quiet"
          aria-label="Colon"
          className="text-3xl!"
          onClick={() => {
            type(`${text}:`)
            field.current?.focus()
          }}
        >
          :
        </Button>
        <Button type="submit" pending={busyPlace === "lap"}>{read.ok && read.value >= leastLikelyMs ? `Send ${formatLapTime(read.value)}` : "Send"}</Button>
      </div>
    </form>
  )
}
