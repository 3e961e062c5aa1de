"use client"

import { useState } from "react"
import { createRaceAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { focusedInDialog } from "@/party/ui/focused-in-dialog"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { hasEnded } from "../race-status"

/** A new race; its name and track may stay empty. Another unfinished one beside it is allowed, for the host asks [RAC-5]. */
export function NewRace({ onMade }: { onMade: (gameId: string) => void }) {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [title, setTitle] = useState("")
  const [track, setTrack] = useState(night.races[0]?.track ?? "")
  const unfinished = night.races.find((race) => !hasEnded(race))

  async function make() {
    const made = await run((id) => createRaceAction(title || undefined, track || undefined, id), `race ${title} ${track}`)
    if (made) onMade(made.gameId)
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      {unfinished && <Notice tone="tip">{unfinished.title} is not over. Both races will run side by side.</Notice>}
      <Field label="Name" hint="Empty: the next number." maxLength={60} dir="auto" ref={focusedInDialog} value={title} onChange={(event) => setTitle(event.target.value)} />
      <Field label="Track" maxLength={60} dir="auto" value={track} onChange={(event) => setTrack(event.target.value)} />
      <Button type="submit" pending={busy} disabled={isOffline}>Make the race</Button>
      <Notice>{refusal}</Notice>
    </form>
  )
}
