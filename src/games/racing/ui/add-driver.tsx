"use client"

import { useRef, useState } from "react"
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
  const inTurn = useLine()
  /** Who was refused; the sentence that said why is gone when somebody else was in the line. */
  const [missed, setMissed] = useState<string | null>(null)
  const isDriving = new Set(race.board.map(({ driverId }) => driverId))
  const people = night.guests
    .filter((guest) => !guest.isKicked && !isDriving.has(guest.id))
    .map(({ id, name, isDriverSeat }) => ({ id, name, note: isDriverSeat ? "no phone" : undefined }))

  async function enter(name: string, entering: () => Promise<object | null>) {
    if (!busy) setMissed(null)
    const entered = await inTurn(entering)
    if (!entered) setMissed(name)
  }

  const enterGuest = (id: string) => {
    const name = people.find((person) => person.id === id)?.name ?? "The guest"
    return enter(name, () => run(() => registerDriverAction(id, race.gameId)))
  }
  const enterNew = (name: string) =>
    enter(name, () => run((id) => addDriverWithoutPhoneAction(name, race.gameId, id), `driver ${race.gameId} ${name}`))

  return (
    <div className="grid gap-2" aria-busy={busy}>
      <PersonCombobox
        label="Add a driver"
        people={people}
        picked={null}
        onPick={(id) => void enterGuest(id)}
        onCreate={(name) => void enterNew(name)}
        createWords={(name) => `Add ${name} without a phone`}
        nobodyWords="Everybody here drives already. Type a name to add somebody without a phone."
        placeholder={busy ? "Adding …" : "A guest, or any name"}
      />
      <Notice>{refusal ?? (missed === null ? undefined : `${missed} was not added. Try again.`)}</Notice>
    </div>
  )
}

/** One after another: who types the next name while the last is on its way loses neither. */
function useLine() {
  const last = useRef<Promise<unknown>>(Promise.resolve())
  return <Value,>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.current.then(work)
    last.current = turn
    return turn
  }
}
