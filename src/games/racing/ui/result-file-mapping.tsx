"use client"

import { useState } from "react"
import { useNight } from "@/live/use-night"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { inputLook } from "@/ui/input-look"
import { Notice } from "@/ui/notice"
import { SelectField } from "@/ui/select-field"
import { Tag } from "@/ui/tag"
import { formatLapTime } from "../lap-time"
import { hasEnded } from "../race-status"
import type { ResultDriver, ResultFile, ResultFormat, ResultSession } from "../result-files/result-file"
import type { RaceView } from "../view"
import { type DriverTarget, likeliestSession, matchDrivers } from "./driver-match"
import { importResultFile } from "./result-file-upload"

type Imported = { gameId: string; driverCount: number; lapCount: number }

type ResultFileMappingProps = {
  file: ResultFile
  known: Record<string, string>
  upload: File
  race: RaceView | null
  onImported: (told: Imported) => void
}

const formatWords: Record<ResultFormat, string> = {
  ACC: "Assetto Corsa Competizione",
  AC_SERVER: "Assetto Corsa, server",
  AC_CLIENT: "Assetto Corsa",
  IRACING: "iRacing",
  RFACTOR2: "rFactor 2",
}

/** What a file holds, who its drivers are, and the one button that takes it in. */
export function ResultFileMapping({ file, known, upload, race, onImported }: ResultFileMappingProps) {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [place, setPlace] = useState(() => likeliestSession(file.sessions))
  const [changed, setChanged] = useState<Readonly<Record<number, DriverTarget>>>({})
  const targets = night.races.filter(({ status }) => status !== "VOID")
  const isNewOffered = targets.every(({ status }) => status === "FINISHED")
  const [gameId, setGameId] = useState(race && !hasEnded(race) ? race.gameId : isNewOffered ? "" : (targets[0]?.gameId ?? ""))
  const target = targets.find((shown) => shown.gameId === gameId)
  const guests = night.guests.filter(({ isKicked }) => !isKicked)
  const session = file.sessions[place]
  if (!session) return <Notice>No session is in that file. Nothing was changed.</Notice>
  const guesses = matchDrivers(session.drivers, guests, known)
  const mapping = session.drivers.map((_driver, at) => changed[at] ?? guesses[at] ?? nobody)
  const count = mapping.filter(({ kind }) => kind !== "NOBODY").length
  const twice = mappedTwice(mapping)

  async function take() {
    const drivers = mapping.map((to, driver) => ({ driver, to }))
    const chosen = { gameId: gameId || undefined, session: place, drivers }
    const attempt = `import ${upload.name} ${upload.lastModified} ${JSON.stringify(chosen)}`
    const done = await run((id) => importResultFile(upload, chosen, id), attempt)
    if (done) onImported(done)
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (count > 0 && twice === null) void take()
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Tag>{formatWords[file.format]}</Tag>
        {file.track && <Tag look="outline"><span dir="auto">{file.track}</span></Tag>}
      </div>
      {file.sessions.length > 1 && (
        <SelectField
          label="Session"
          value={place}
          onChange={(event) => {
            setPlace(Number(event.target.value))
            setChanged({})
          }}
        >
          {file.sessions.map((shown, at) => <option key={at} value={at}>{sessionWords(shown)}</option>)}
        </SelectField>
      )}
      <SelectField
        label="Into"
        value={gameId}
        hint={target?.status === "OPEN_FOR_BETS" ? "Betting closes with it." : target?.status === "FINISHED" ? "That race is settled: this corrects it." : undefined}
        onChange={(event) => setGameId(event.target.value)}
      >
        {isNewOffered && <option value="">a new race</option>}
        {targets.map((shown) => <option key={shown.gameId} value={shown.gameId}>{shown.title}</option>)}
      </SelectField>
      <ol className="grid" aria-label="Drivers of the file">
        {session.drivers.map((driver, at) => (
          <li key={at} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-3 border-b border-line py-1.5 last:border-0">
            <span className="min-w-0">
              <span dir="auto" className="block truncate font-bold">{driver.name}</span>
              <span className="flex min-w-0 items-baseline gap-2"><DriverFacts driver={driver} /></span>
            </span>
            <select
              aria-label={`Who ${driver.name} is`}
              value={valueOf(mapping[at] ?? nobody)}
              onChange={(event) => setChanged({ ...changed, [at]: targetOf(event.target.value) })}
              className={classNames(inputLook(isTwice(mapping, at)), "min-h-11 px-2! text-base!")}
            >
              <option value="NEW_SEAT">New seat, no phone</option>
              <option value="NOBODY">Nobody: leave out</option>
              <optgroup label="Guests">{guests.map((guest) => <option key={guest.id} value={guest.id}>{guest.name}</option>)}</optgroup>
            </select>
          </li>
        ))}
      </ol>
      <Notice>{twice !== null && `${guests.find(({ id }) => id === twice)?.name ?? "A guest"} is picked for two drivers.`}</Notice>
      <Button type="submit" pending={busy} disabled={isOffline || count === 0 || twice !== null}>{count === 1 ? "Take 1 driver in" : `Take ${count} drivers in`}</Button>
      <Notice>{refusal}</Notice>
    </form>
  )
}

function DriverFacts({ driver }: { driver: ResultDriver }) {
  return (
    <>
      <span className="numerals text-xl">{driver.bestLapMs === null ? "no lap" : formatLapTime(driver.bestLapMs)}</span>
      {driver.isDnf && <span className="display text-lg text-danger-text">DNF</span>}
      {driver.carModel && <span dir="auto" className="min-w-0 truncate text-muted">{driver.carModel}</span>}
    </>
  )
}

const nobody: DriverTarget = { kind: "NOBODY" }

function valueOf(to: DriverTarget): string {
  return to.kind === "GUEST" ? to.guestId : to.kind
}

function targetOf(value: string): DriverTarget {
  if (value === "NEW_SEAT" || value === "NOBODY") return { kind: value }
  return { kind: "GUEST", guestId: value }
}

function isTwice(mapping: readonly DriverTarget[], at: number): boolean {
  const own = mapping[at]
  return own?.kind === "GUEST" && mapping.filter((to) => to.kind === "GUEST" && to.guestId === own.guestId).length > 1
}

/** The guest who is more than one driver, or null. */
function mappedTwice(mapping: readonly DriverTarget[]): string | null {
  const at = mapping.findIndex((_to, place) => isTwice(mapping, place))
  const found = mapping[at]
  return found?.kind === "GUEST" ? found.guestId : null
}

function sessionWords({ name, drivers }: ResultSession): string {
  return `${name}, ${drivers.length === 1 ? "1 driver" : `${drivers.length} drivers`}`
}
