"use client"

import { type KeyboardEvent, type RefObject, useId, useState } from "react"
import { submitLapTimeAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { PersonCombobox } from "@/party/ui/person-combobox"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { Card } from "@/ui/card"
import { classNames } from "@/ui/class-names"
import { Field } from "@/ui/field"
import { LapMark } from "@/ui/lap-mark"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import { useStoredText } from "@/ui/use-stored-text"
import { formatLapTime, parseLapTime } from "../lap-time"
import type { RaceView } from "../view"
import { driverBeside, lapDrivers } from "./lap-drivers"
import { lapTimeReason } from "./lap-time-words"

type LapEntryProps = {
  /** Whose laps they are; null lets the first lap make the race [RAC-4]. */
  race: RaceView | null
  driverId: string | null
  onDriver: (id: string) => void
  driverField: RefObject<HTMLInputElement | null>
  timeField: RefObject<HTMLInputElement | null>
}

type Entered = { name: string; lapTimeMs: number; colour: "purple" | "green" | "yellow" }

/** Who drove, how long, Enter: always in reach, and ready for the next one when the answer is there. */
export function LapEntry({ race, driverId, onDriver, driverField, timeField }: LapEntryProps) {
  const { night } = useNight()
  const people = lapDrivers(race, night.guests)
  const driver = people.find(({ id }) => id === driverId) ?? null
  const time = useStoredText(`lap-time:${night.party.id}`)
  const car = useStoredText(`lap-car:${night.party.id}`)
  const [isCarShown, setIsCarShown] = useState(false)
  const [complaint, setComplaint] = useState<"driver" | "time" | null>(null)
  const [entered, setEntered] = useState<Entered | null>(null)
  const { run, busy, refusal, isLost, clear } = useHostCommand()
  const parsed = parseLapTime(time.text)
  const isCalledOff = race?.status === "VOID"

  function pick(id: string) {
    onDriver(id)
    setComplaint(null)
    clear()
    timeField.current?.focus()
  }

  async function send() {
    if (isCalledOff) return
    if (!driver) {
      setComplaint("driver")
      return driverField.current?.focus()
    }
    if (!parsed.ok) return setComplaint("time")
    const carModel = (isCarShown && car.text.trim()) || undefined
    const text = time.text.trim()
    const attempt = ["lap", race?.gameId, driver.id, text, carModel].join(" ")
    const done = await run((id) => submitLapTimeAction(text, carModel, undefined, driver.id, race?.gameId, id), attempt)
    timeField.current?.focus()
    if (!done) return
    const row = done.race.board.find((shown) => shown.driverId === driver.id)
    setEntered({ name: row?.name ?? driver.name, lapTimeMs: done.lapTimeMs, colour: colourOf(row?.lastLapColour) })
    // The next lap may have been begun meanwhile.
    if (timeField.current?.value.trim() === text) time.clear()
  }

  function handleKey(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
    event.preventDefault()
    const beside = driverBeside(people, driverId, event.key === "ArrowDown" ? 1 : -1)
    if (beside) onDriver(beside.id)
  }

  return (
    <Card
      accent="racing"
      title="Lap entry"
      aside={race && <span dir="auto" className="max-w-44 truncate pt-1 text-right text-muted">{race.title}</span>}
      className="z-20"
    >
      <form
        data-takes-driver-digits
        className="grid grid-cols-[minmax(0,1fr)] gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <PersonCombobox
          label="Who is driving"
          people={people}
          picked={driver}
          onPick={pick}
          placeholder={people.length > 0 ? "Type a name or a position" : "Nobody is here yet"}
          nobodyWords="Nobody is called that. Add a driver in the race panel."
          error={complaint === "driver" && !driver ? "Say who drove." : undefined}
          inputRef={driverField}
        />
        <TimeField
          inputRef={timeField}
          text={time.text}
          isRefused={complaint === "time"}
          entered={refusal ? null : entered}
          onText={(text) => {
            time.setText(text)
            setComplaint(null)
            clear()
          }}
          onKey={handleKey}
        />
        {isCarShown && (
          <Field label="Car" hint="Stays for the next lap." maxLength={60} value={car.text} onChange={(event) => car.setText(event.target.value)} />
        )}
        <div className="flex gap-3">
          <Button type="submit" className="flex-1" pending={busy} disabled={isCalledOff}>{race?.status === "FINISHED" ? "Enter as correction" : "Enter lap"}</Button>
          <Button look="quiet" aria-pressed={isCarShown} onClick={() => setIsCarShown(!isCarShown)}>
            {isCarShown ? "No car" : "Car"}
          </Button>
        </div>
        <Notice>{isLost ? "No connection. The lap is kept: Enter sends it again, and it counts once." : refusal}</Notice>
        {isCalledOff && <Notice tone="tip">This race was called off. Pick another one, or make a new race.</Notice>}
        {race?.status === "FINISHED" && <Notice tone="tip">This race is settled: a lap now corrects it.</Notice>}
      </form>
    </Card>
  )
}

type TimeFieldProps = {
  inputRef: RefObject<HTMLInputElement | null>
  text: string
  /** It was sent as it stands. */
  isRefused: boolean
  entered: Entered | null
  onText: (text: string) => void
  onKey: (event: KeyboardEvent) => void
}

function TimeField({ inputRef, text, isRefused, entered, onText, onKey }: TimeFieldProps) {
  const id = useId()
  const isWrong = isRefused && !parseLapTime(text).ok
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <label htmlFor={id} className="font-semibold">Lap time</label>
      <input
        ref={inputRef}
        id={id}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="send"
        placeholder="1:24.500"
        maxLength={40}
        value={text}
        aria-describedby={`${id}-check`}
        aria-invalid={isWrong ? true : undefined}
        onChange={(event) => onText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKey}
        className={classNames(
          "numerals h-22 w-full rounded-xl border-2 bg-sunken px-4 text-7xl text-ink placeholder:text-muted/45",
          "focus-visible:border-accent-text focus-visible:outline-accent-text",
          isWrong ? "border-danger-text" : "border-control",
        )}
      />
      <p id={`${id}-check`} aria-live="polite" className="flex min-h-8 items-center">
        <TimeCheck text={text} isPressed={isRefused} entered={entered} />
      </p>
    </div>
  )
}

type TimeCheckProps = { text: string; isPressed: boolean; entered: Entered | null }

/** What the typed time is read as, or why it is none; while nothing is typed, the lap that just went in. */
function TimeCheck({ text, isPressed, entered }: TimeCheckProps) {
  const parsed = parseLapTime(text)
  if (parsed.ok) {
    return (
      <span className="font-semibold text-lan-text">
        <span aria-hidden>✓ </span>
        <span className="numerals text-2xl">{formatLapTime(parsed.value)}</span>
      </span>
    )
  }
  if (text.trim() !== "" || isPressed) {
    return (
      <span className={classNames("font-semibold", isPressed ? "text-danger-text" : "text-muted")}>
        <span aria-hidden>▲ </span>{lapTimeReason(parsed.refusal.code)}
      </span>
    )
  }
  if (!entered) return <span className="text-muted">1:24.5, 84,5 and 84.500 are the same lap.</span>
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Tag className="py-0.5">In</Tag>
      <span dir="auto" className="min-w-0 truncate font-bold">{entered.name}</span>
      <LapMark colour={entered.colour} className="text-2xl">{formatLapTime(entered.lapTimeMs)}</LapMark>
    </span>
  )
}

function colourOf(colour: RaceView["board"][number]["lastLapColour"] | undefined): Entered["colour"] {
  if (colour === "PURPLE") return "purple"
  return colour === "GREEN" ? "green" : "yellow"
}
