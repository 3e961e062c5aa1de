"use client"

import { addDriverWithoutPhoneAction, registerDriverAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { PersonCombobox } from "@/party/ui/person-combobox"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Notice } from "@/ui/notice"
import type { RaceView } from "../view"

/** Enters a guest, or somebody without a phone, whose name is all it takes [RAC-7]. */
export function AddDriver({ race }: { race: RaceView }) {
  const { night } = useNight()
  const { run, busy, refusal } = useHostCommand()
  const isDriving = new Set(race.board.map(({ driverId }) => driverId))
  const people = night.guests
    .filter((guest) => !guest.isKicked && !isDriving.has(guest.id))
    .map(({ id, name, isDriverSeat }) => ({ id, name, note: isDriverSeat ? "no phone" : undefined }))

  async function enter(id: string) {
    await run(() => registerDriverAction(id, race.gameId))
  }

  async function enterNew(name: string) {
    const attempt = `driver ${race.gameId} ${name}`
    await run((id) => addDriverWithoutPhoneAction(name, race.gameId, id), attempt)
  }

  return (
    <div className="grid gap-2" aria-busy={busy}>
      <PersonCombobox
        label="Add a driver"
        people={people}
        picked={null}
        onPick={(id) => void enter(id)}
        onCreate={(name) => void enterNew(name)}
        createWords={(name) => `Add ${name} without a phone`}
        nobodyWords="Everybody here drives already. Type a name to add somebody without a phone."
        placeholder={busy ? "Adding …" : "A guest, or any name"}
      />
      <Notice>{refusal}</Notice>
    </div>
  )
}
