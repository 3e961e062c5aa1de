"use client"

import { BellRing, Flag, X } from "lucide-react"
import { removeDriverAction, setDnfAction } from "@/app/actions/party-logic"
import type { GuestView } from "@/party/view"
import { CallGuestButton } from "@/party/ui/call-guest-button"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { FlipList, FlipRow } from "@/ui/flip-list"
import { LapMark } from "@/ui/lap-mark"
import { Notice } from "@/ui/notice"
import { formatGap, formatLapTime } from "../lap-time"
import { hasEnded } from "../race-status"
import type { BoardRow, RaceView } from "../view"

type ControlBoardProps = {
  race: RaceView
  guests: readonly GuestView[]
  /** Who is in the lap entry. */
  driverId: string | null
  onDriver: (id: string) => void
}

/** As wide as the row with the most buttons, so that the times stand in one column and names get the rest. */
const columns = {
  1: "sm:grid-cols-[2rem_minmax(0,1fr)_auto_2.75rem]",
  2: "sm:grid-cols-[2rem_minmax(0,1fr)_auto_5.5rem]",
  3: "sm:grid-cols-[2rem_minmax(0,1fr)_auto_8.25rem]",
}

/** The timing tower of race control: a tap on a name takes the driver into the lap entry. */
export function ControlBoard({ race, guests, driverId, onDriver }: ControlBoardProps) {
  const isOver = hasEnded(race)
  const canRemoveAny = race.board.some(({ lapCount }) => lapCount === 0)
  const buttons = isOver ? 1 : canRemoveAny ? 3 : 2
  const hasPhone = new Set(guests.filter((guest) => !guest.isDriverSeat && !guest.isKicked).map(({ id }) => id))
  return (
    <FlipList label={`Order of ${race.title}`} className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {race.board.map((row) => (
        <FlipRow key={row.driverId}>
          <DriverRow
            row={row}
            buttons={buttons}
            gameId={race.gameId}
            isVoid={race.status === "VOID"}
            isPicked={row.driverId === driverId}
            canCall={hasPhone.has(row.driverId) && !isOver}
            canRemove={!isOver && row.lapCount === 0}
            onDriver={onDriver}
          />
        </FlipRow>
      ))}
    </FlipList>
  )
}

type DriverRowProps = {
  row: BoardRow
  /** The most buttons any row of this board has. */
  buttons: keyof typeof columns
  gameId: string
  isVoid: boolean
  isPicked: boolean
  canCall: boolean
  canRemove: boolean
  onDriver: (id: string) => void
}

function DriverRow({ row, buttons, gameId, isVoid, isPicked, canCall, canRemove, onDriver }: DriverRowProps) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const isDnf = row.status === "DNF"
  return (
    <div className={classNames("rounded-xl border-2 bg-raised", isPicked ? "border-accent" : "border-transparent")}>
      <div className={classNames("grid min-h-12 grid-cols-[2rem_minmax(0,1fr)_auto_auto] items-center gap-x-2.5 pl-2", columns[buttons])}>
        <span className="numerals text-center text-2xl">{row.position}</span>
        <button type="button" aria-pressed={isPicked} onClick={() => onDriver(row.driverId)} className="min-h-11 min-w-0 rounded-lg text-left leading-tight">
          <span dir="auto" className={classNames("block truncate text-left font-bold", isDnf && "text-muted line-through")}>{row.name}</span>
          <span className="flex items-baseline gap-2"><LastLap row={row} /></span>
        </button>
        <span className="grid justify-items-end gap-0.5"><BestLap row={row} /></span>
        <span className="flex justify-end">
          {canCall && (
            <CallGuestButton guestId={row.driverId} name={row.name} className="w-11 bg-transparent! px-0! shadow-none!">
              <BellRing aria-hidden className="size-5" />
            </CallGuestButton>
          )}
          {!isVoid && (
            <Button
              look="quiet"
              size="small"
              className={classNames("w-11 px-0! shadow-none!", !isDnf && "bg-transparent!")}
              aria-pressed={isDnf}
              aria-label={`${row.name} did not finish`}
              title={isDnf ? "Take the DNF back" : "Did not finish (DNF)"}
              pending={false}
              disabled={isOffline || busy}
              onClick={() => void run(() => setDnfAction(gameId, row.driverId, !isDnf))}
            >
              <Flag aria-hidden className={classNames("size-5", isDnf && "fill-current")} />
            </Button>
          )}
          {canRemove && (
            <Button
              look="quiet"
              size="small"
              className="w-11 bg-transparent! px-0! shadow-none!"
              aria-label={`Take ${row.name} out of the race`}
              title="Take out of the race"
              disabled={isOffline || busy}
              onClick={() => void run(() => removeDriverAction(gameId, row.driverId))}
            >
              <X aria-hidden className="size-5" />
            </Button>
          )}
        </span>
      </div>
      <Notice className="m-2">{refusal}</Notice>
    </div>
  )
}

/** The time that counts, and how far behind the leader it is. */
function BestLap({ row }: { row: BoardRow }) {
  if (row.status === "DNF") return <span className="display text-xl">DNF</span>
  if (row.bestLapMs === null) return <span className="text-muted">no time</span>
  return (
    <>
      <span className="numerals text-2xl leading-none">{formatLapTime(row.bestLapMs)}</span>
      <span className="numerals text-lg leading-none text-muted">{row.position === 1 || row.gapMs === null ? "leader" : formatGap(row.gapMs)}</span>
    </>
  )
}

/** The lap just driven in its colour, and the car. */
function LastLap({ row }: { row: BoardRow }) {
  return (
    <>
      {row.lastLapMs !== null && row.lastLapColour && (
        <LapMark colour={lapMarks[row.lastLapColour]} className="text-lg">{formatLapTime(row.lastLapMs)}</LapMark>
      )}
      {row.carModel && <span dir="auto" className="min-w-0 truncate text-muted">{row.carModel}</span>}
    </>
  )
}

const lapMarks = { PURPLE: "purple", GREEN: "green", YELLOW: "yellow" } as const
