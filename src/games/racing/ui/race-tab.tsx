"use client"

import { Flag } from "lucide-react"
import { useState } from "react"
import { useMoment, useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { EmptyState } from "@/ui/empty-state"
import { useToast } from "@/ui/toast"
import { formatLapTime } from "../lap-time"
import { hasEnded } from "../race-status"
import type { RaceView } from "../view"
import { EarlierRaces } from "./earlier-races"
import { isolated } from "./isolated-name"
import { OwnEntry } from "./own-entry"
import { PhoneBoard } from "./phone-board"
import { PhoneRaceBanner } from "./phone-race-banner"
import { raceToShow } from "./phone-race-choice"

/** The races of the night on a guest's phone. `onBet` leads to the bets. */
export function RaceTab({ me, onBet }: { me: OwnGuestView; onBet: () => void }) {
  const { night } = useNight()
  const [pickedId, setPickedId] = useState<string | null>(null)
  const race = raceToShow(night.races, pickedId, me.id)

  if (!race) {
    return (
      <EmptyState icon={<Flag />} title="No race yet">
        The host starts one at the rig. It shows up here by itself.
      </EmptyState>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <RacePicker races={night.races.filter((other) => !hasEnded(other))} shownId={race.gameId} onPick={setPickedId} />
      <PhoneRaceBanner race={race} />
      {race.status === "OPEN_FOR_BETS" && night.party.status === "OPEN" && <Button size="big" onClick={onBet}>Place a bet</Button>}
      <OwnEntry race={race} me={me} />
      <PhoneBoard race={race} guestId={me.id} />
      <EarlierRaces races={night.races.filter((other) => hasEnded(other) && other !== race)} guestId={me.id} />
    </div>
  )
}

/** Says a new record in passing, whatever tab is open. */
export function useRecordToast(): void {
  const toast = useToast()
  useMoment((moment) => {
    if (moment.kind !== "leaderboardUpdate") return
    const { userName, lapTimeMs, race } = moment.payload
    if (userName !== null && lapTimeMs !== null && race.status !== "FINISHED") toast(`New record: ${isolated(userName)} ${formatLapTime(lapTimeMs)}`, "racing")
  })
}

type RacePickerProps = { races: readonly RaceView[]; shownId: string; onPick: (gameId: string) => void }

function RacePicker({ races, shownId, onPick }: RacePickerProps) {
  if (races.length < 2) return null
  return (
    <div role="group" aria-label="Races" className="flex flex-wrap gap-2">
      {races.map(({ gameId, title }) => (
        <button
          key={gameId}
          type="button"
          aria-pressed={gameId === shownId}
          onClick={() => onPick(gameId)}
          className={classNames(
            "display min-h-11 max-w-56 truncate rounded-xl border-2 px-4 text-lg",
            gameId === shownId ? "border-accent bg-accent text-on-accent" : "border-control bg-surface text-ink",
          )}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
