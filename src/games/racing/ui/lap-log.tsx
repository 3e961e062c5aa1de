"use client"

import { RotateCcw, Undo2 } from "lucide-react"
import { useState } from "react"
import { restoreLapAction, voidLapAction } from "@/app/actions/party-logic"
import { focusedInDialog } from "@/party/ui/focused-in-dialog"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { Card } from "@/ui/card"
import { classNames } from "@/ui/class-names"
import { Dialog } from "@/ui/dialog"
import { EmptyState } from "@/ui/empty-state"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { formatLapTime } from "../lap-time"
import type { LapView, RaceView } from "../view"

const quickReasons = ["Typed wrong", "Wrong driver", "Cut the track", "Had a push"]

type LapLogProps = {
  race: RaceView | null
  /** Names of everybody who may have driven. */
  nameOf: (driverId: string) => string
  /** The lap that is being taken back, or null. */
  undoing: LapView | null
  onUndo: (lap: LapView | null) => void
  className?: string
}

/** The newest laps of the race, each with its way back: taken back with a reason, or put back in [RAC-17]. */
export function LapLog({ race, nameOf, undoing, onUndo, className }: LapLogProps) {
  const laps = race?.recentLaps ?? []
  return (
    <Card title="Last laps" accent="racing" className={className}>
      {laps.length === 0 && <EmptyState title="No laps yet">The newest eight stand here, each with an undo.</EmptyState>}
      <ol className="grid grid-cols-[minmax(0,1fr)]" aria-label="Last laps, newest first">
        {laps.map((lap) => (
          <LapLine key={lap.lapId} lap={lap} name={nameOf(lap.driverId)} isFixed={race?.status === "VOID"} onUndo={onUndo} />
        ))}
      </ol>
      <Dialog open={undoing !== null} onClose={() => onUndo(null)} title="Take this lap back?" accent="racing">
        {undoing && <VoidLap key={undoing.lapId} lap={undoing} name={nameOf(undoing.driverId)} onDone={() => onUndo(null)} />}
      </Dialog>
    </Card>
  )
}

type LapLineProps = { lap: LapView; name: string; isFixed: boolean; onUndo: LapLogProps["onUndo"] }

function LapLine({ lap, name, isFixed, onUndo }: LapLineProps) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const isVoid = lap.voidReason !== null
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] border-b border-line last:border-0">
      <div className="flex min-h-12 items-center gap-2.5">
        <Avatar id={lap.driverId} name={name} size="small" />
        <span className="min-w-0 flex-1">
          <span dir="auto" className={classNames("block truncate font-semibold", isVoid && "text-muted line-through")}>{name}</span>
          {isVoid && <span dir="auto" className="block truncate leading-tight text-muted">{lap.voidReason}</span>}
        </span>
        <span className={classNames("numerals text-2xl", isVoid && "text-muted line-through")}>{formatLapTime(lap.lapTimeMs)}</span>
        {isVoid ? (
          <Button look="quiet" size="small" pending={busy} disabled={isOffline || isFixed} className="w-13 px-0!" aria-label={`Put ${name}'s lap of ${formatLapTime(lap.lapTimeMs)} back`} onClick={() => void run(() => restoreLapAction(lap.lapId))}>
            <RotateCcw aria-hidden className="size-5" />
          </Button>
        ) : (
          <Button look="quiet" size="small" disabled={isFixed} className="w-13 px-0!" aria-label={`Take ${name}'s lap of ${formatLapTime(lap.lapTimeMs)} back`} onClick={() => onUndo(lap)}>
            <Undo2 aria-hidden className="size-5" />
          </Button>
        )}
      </div>
      <Notice className="mb-2">{refusal}</Notice>
    </li>
  )
}

function VoidLap({ lap, name, onDone }: { lap: LapView; name: string; onDone: () => void }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [reason, setReason] = useState("")

  async function takeBack(why: string) {
    if (await run(() => voidLapAction(lap.lapId, why))) onDone()
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void takeBack(reason)
      }}
    >
      <p className="flex items-baseline gap-3 text-xl">
        <span dir="auto" className="min-w-0 truncate font-bold">{name}</span>
        <span className="numerals text-4xl">{formatLapTime(lap.lapTimeMs)}</span>
      </p>
      <div className="grid grid-cols-2 gap-2">
        {quickReasons.map((quick, place) => (
          <Button key={quick} look="quiet" ref={place === 0 ? focusedInDialog : undefined} pending={busy} disabled={isOffline} onClick={() => void takeBack(quick)}>{quick}</Button>
        ))}
      </div>
      <Field label="Or say why" maxLength={80} value={reason} onChange={(event) => setReason(event.target.value)} />
      <Button type="submit" pending={busy} disabled={isOffline || reason.trim() === ""}>Take it back</Button>
      <Notice>{refusal}</Notice>
      <p className="text-muted">It can be put back at any time; board and bets follow.</p>
    </form>
  )
}
