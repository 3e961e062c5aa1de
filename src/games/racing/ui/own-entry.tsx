"use client"

import { registerDriverAction, removeDriverAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { Stat } from "@/ui/stat"
import { formatGap, formatLapTime } from "../lap-time"
import { hasEnded } from "../race-status"
import type { BoardRow, RaceView } from "../view"
import { SelfTimingForm } from "./self-timing-form"

/** This guest and this race: get in, get out, where I am, and my own laps when drivers time themselves. */
export function OwnEntry({ race, me }: { race: RaceView; me: OwnGuestView }) {
  const { night } = useNight()
  const row = race.board.find(({ driverId }) => driverId === me.id)
  if (hasEnded(race) || night.party.status === "ENDED") return null
  if (!row) return <GetIn race={race} me={me} />
  const isTimingMyself = night.party.isSelfTimingOn && race.status === "LIVE"
  return (
    <div className="grid gap-3">
      {row.lapCount === 0 ? <OnTheGrid race={race} me={me} /> : <MyStanding row={row} />}
      {isTimingMyself && <SelfTimingForm race={race} me={me} />}
    </div>
  )
}

function GetIn({ race, me }: { race: RaceView; me: OwnGuestView }) {
  const { refetch } = useNight()
  const { busyPlace, problemAt, run } = useCommand()

  async function register() {
    if (await run("register", () => registerDriverAction(me.id, race.gameId))) refetch()
  }

  return (
    <div className="grid gap-2">
      <Button size="big" look={race.status === "PENDING" ? "primary" : "quiet"} pending={busyPlace === "register"} onClick={() => void register()}>
        I drive
      </Button>
      <Notice>{problemAt("register")}</Notice>
    </div>
  )
}

function OnTheGrid({ race, me }: { race: RaceView; me: OwnGuestView }) {
  const { refetch } = useNight()
  const { busyPlace, problemAt, run } = useCommand()

  async function leave() {
    if (await run("leave", () => removeDriverAction(race.gameId, me.id))) refetch()
  }

  return (
    <div className="grid gap-2">
      <div className="flex min-h-13 items-center justify-between gap-3 rounded-xl border-2 border-accent/50 bg-surface py-1 pr-1 pl-4">
        <span className="text-lg font-semibold">You are on the grid</span>
        <ConfirmButton size="small" question="Leave it?" pending={busyPlace === "leave"} onConfirm={() => void leave()}>Leave</ConfirmButton>
      </div>
      <Notice>{problemAt("leave")}</Notice>
    </div>
  )
}

function MyStanding({ row }: { row: BoardRow }) {
  return (
    <section aria-label="My race" className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 rounded-2xl border-2 border-accent bg-surface p-3">
      <Stat label="You are"><span className="text-5xl">{row.status === "DNF" ? "DNF" : `P${row.position}`}</span></Stat>
      <Stat label={row.lapCount === 1 ? "best of 1 lap" : `best of ${row.lapCount} laps`}><span className="text-3xl">{row.bestLapMs === null ? "–" : formatLapTime(row.bestLapMs)}</span></Stat>
      {row.intervalMs !== null && <Stat label={`to P${row.position - 1}`}><span className="text-3xl">{formatGap(row.intervalMs)}</span></Stat>}
    </section>
  )
}
