"use client"

import { type RefObject, useRef, useState } from "react"
import { flushSync } from "react-dom"
import { ImposterPanel } from "@/games/imposter/ui/control-panel"
import type { WordCategoryChoice } from "@/games/imposter/ui/control-settings"
import { QuipflipPanel } from "@/games/quipflip/ui/control-panel"
import { LapEntry } from "@/games/racing/ui/lap-entry"
import { LapLog } from "@/games/racing/ui/lap-log"
import { raceInHand } from "@/games/racing/ui/race-in-hand"
import { RacePanel } from "@/games/racing/ui/race-panel"
import type { LapView } from "@/games/racing/view"
import { LanPanel } from "@/lan/ui/control-panel"
import { useNight } from "@/live/use-night"
import { ShortcutList } from "@/party/ui/shortcut-list"
import { type Shortcut, useHostShortcuts } from "@/party/ui/use-host-shortcuts"
import { ConnectionBar } from "@/ui/connection-bar"
import { Dialog } from "@/ui/dialog"
import { useStoredText } from "@/ui/use-stored-text"
import { DeskHeader } from "./desk-header"
import { DeskSide, type SideTab } from "./desk-side"
import { type DeskGame, deskGameOf, GameSwitch } from "./game-switch"
import { NoLongerHost } from "./no-longer-host"

type ControlDeskProps = {
  /** Where others reach this party. */
  origin: string
  /** What the shipped deck of Imposter has words about. */
  categories: readonly WordCategoryChoice[]
}

/** A game without a column of its own takes both. */
const wholePlace = "lg:col-span-2 lg:row-span-2 min-[85rem]:min-h-0 min-[85rem]:overflow-y-auto"

/** Race control: lap entry and the race, or another game in their place; everything else in tabs beside it. */
export function ControlDesk({ origin, categories }: ControlDeskProps) {
  const { night, connection, gone } = useNight()
  const [isDeleted, setIsDeleted] = useState(false)
  const [chosenRace, setChosenRace] = useState<string | null>(null)
  const [tab, setTab] = useState<SideTab>("guests")
  const [undoing, setUndoing] = useState<LapView | null>(null)
  const [isHelpShown, setIsHelpShown] = useState(false)
  const singleKeys = useStoredText("single-keys", "on")
  const storedGame = useStoredText(`desk-game:${night.party.id}`)
  const game = deskGameOf(storedGame.text)
  const driver = useStoredText(`lap-driver:${night.party.id}`)
  const driverField = useRef<HTMLInputElement>(null)
  const timeField = useRef<HTMLInputElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const fileField = useRef<HTMLInputElement>(null)
  const step = useRef<HTMLDivElement>(null)
  const side = useRef<HTMLElement>(null)

  const race = raceInHand(night.races, chosenRace)
  const market = night.markets.find(({ gameId }) => gameId === race?.gameId) ?? null
  const nameOf = (id: string) => night.guests.find((guest) => guest.id === id)?.name ?? "Somebody"

  function pickDriver(id: string) {
    driver.setText(id)
    timeField.current?.focus()
  }

  function show(id: SideTab, field?: RefObject<HTMLInputElement | null>) {
    // The field of a tab exists only once the tab is shown.
    flushSync(() => setTab(id))
    side.current?.scrollIntoView({ block: "nearest" })
    field?.current?.focus()
  }

  function showGame(wanted: DeskGame, part: () => HTMLElement | null | undefined) {
    // What gets the focus exists only once its game is shown.
    flushSync(() => storedGame.setText(wanted))
    part()?.focus()
  }

  const nextStep = () => step.current?.querySelector("button")

  function undoNewest() {
    const newest = race?.recentLaps.find(({ voidReason }) => voidReason === null)
    if (!newest || race?.status === "VOID") return
    storedGame.setText("racing")
    setUndoing(newest)
  }

  const shortcuts: Shortcut[] = [
    { key: "/", words: "Driver", run: () => showGame("racing", () => driverField.current) },
    { key: "t", words: "Lap time", run: () => showGame("racing", () => timeField.current) },
    { key: "u", words: "Take the newest lap back", run: undoNewest },
    { key: "n", words: "To the next step of the game (Enter does it)", run: () => nextStep()?.focus() },
    { key: "r", words: "Racing", run: () => showGame("racing", nextStep) },
    { key: "i", words: "Imposter", run: () => showGame("imposter", nextStep) },
    { key: "q", words: "Quipflip", run: () => showGame("quipflip", nextStep) },
    { key: "v", words: "LAN", run: () => showGame("lan", nextStep) },
    { key: "g", words: "Guests", run: () => show("guests", searchField) },
    { key: "b", words: "Bets", run: () => show("bets") },
    { key: "f", words: "Result file", run: () => show("file", fileField) },
    { key: "p", words: "Party and settings", run: () => show("party") },
    { key: "l", words: "Event log", run: () => show("log") },
    { key: "?", words: "This list", run: () => setIsHelpShown(true) },
  ]
  useHostShortcuts({
    shortcuts,
    isOn: singleKeys.text === "on",
    onDigit: (digit) => {
      const row = game === "racing" ? race?.board[digit - 1] : undefined
      if (row) pickDriver(row.driverId)
    },
  })

  if (isDeleted || gone) return <NoLongerHost isDeleted={isDeleted} reason={gone?.error} />
  return (
    <div className="min-[85rem]:flex min-[85rem]:h-dvh min-[85rem]:min-h-[46rem] min-[85rem]:flex-col">
      <ConnectionBar state={connection} detail={connection === "offline" ? "No connection. Laps you type stay here; other buttons wait until it is back." : undefined} />
      <div className="mx-auto grid w-full max-w-[110rem] grid-cols-[minmax(0,1fr)] gap-3 p-3 min-[85rem]:min-h-0 min-[85rem]:flex-1 min-[85rem]:grid-rows-[auto_minmax(0,1fr)]">
        <DeskHeader origin={origin} onHelp={() => setIsHelpShown(true)}>
          <GameSwitch game={game} onGame={storedGame.setText} />
        </DeskHeader>
        <main className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[23rem_minmax(0,1fr)] min-[85rem]:min-h-0 min-[85rem]:grid-cols-[23rem_minmax(0,1fr)_28rem] min-[100rem]:grid-cols-[23rem_minmax(0,1fr)_33rem] min-[85rem]:grid-rows-[auto_minmax(0,1fr)] min-[85rem]:items-stretch">
          {game === "imposter" && <ImposterPanel categories={categories} stepRef={step} className={wholePlace} />}
          {game === "quipflip" && <QuipflipPanel stepRef={step} className={wholePlace} />}
          {game === "lan" && <LanPanel stepRef={step} className={wholePlace} />}
          {game === "racing" && (
            <>
              <LapEntry race={race} driverId={driver.text || null} onDriver={driver.setText} driverField={driverField} timeField={timeField} />
              <RacePanel
                races={night.races}
                race={race}
                market={market}
                guests={night.guests}
                onRace={setChosenRace}
                driverId={driver.text || null}
                onDriver={pickDriver}
                stepRef={step}
                className="lg:row-span-2 min-[85rem]:min-h-0 min-[85rem]:overflow-y-auto"
              />
              <LapLog race={race} nameOf={nameOf} undoing={undoing} onUndo={setUndoing} className="lg:col-start-1 lg:row-start-2 min-[85rem]:min-h-0 min-[85rem]:overflow-y-auto" />
            </>
          )}
          <DeskSide
            sideRef={side}
            tab={tab}
            onTab={setTab}
            race={race}
            market={market}
            searchField={searchField}
            fileField={fileField}
            onImported={setChosenRace}
            onDeleted={() => setIsDeleted(true)}
            className="lg:col-span-2 min-[85rem]:col-span-1 min-[85rem]:col-start-3 min-[85rem]:row-span-2 min-[85rem]:row-start-1 min-[85rem]:min-h-0 min-[85rem]:overflow-y-auto"
          />
        </main>
      </div>
      <Dialog open={isHelpShown} onClose={() => setIsHelpShown(false)} title="Keys" accent="racing">
        <ShortcutList shortcuts={shortcuts} isOn={singleKeys.text === "on"} onSwitch={(isOn) => singleKeys.setText(isOn ? "on" : "off")} />
      </Dialog>
    </div>
  )
}
