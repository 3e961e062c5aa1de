"use client"

import { Plus } from "lucide-react"
import { type RefObject, useState } from "react"
import type { MarketView } from "@/betting/view"
import type { GuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { Card } from "@/ui/card"
import { Dialog } from "@/ui/dialog"
import { EmptyState } from "@/ui/empty-state"
import { Tabs } from "@/ui/tabs"
import { Tag } from "@/ui/tag"
import { hasEnded } from "../race-status"
import type { RaceView } from "../view"
import { AddDriver } from "./add-driver"
import { ControlBoard } from "./control-board"
import { NewRace } from "./new-race"
import { RaceStepButtons } from "./race-step-buttons"

type RacePanelProps = {
  races: readonly RaceView[]
  race: RaceView | null
  market: MarketView | null
  guests: readonly GuestView[]
  onRace: (gameId: string) => void
  driverId: string | null
  onDriver: (id: string) => void
  stepRef: RefObject<HTMLDivElement | null>
  className?: string
}

/** The race in hand: what it is, the one next button, its order. Several races are tabs. */
export function RacePanel({ races, race, onRace, className, ...rest }: RacePanelProps) {
  const [isNewAsked, setIsNewAsked] = useState(false)
  const askNew = () => setIsNewAsked(true)
  const one = race && <OneRace key={race.gameId} race={race} onNewRace={askNew} {...rest} />
  return (
    <Card accent="racing" className={className}>
      {race && races.length > 1 ? (
        <Tabs label="Races" tabs={races.map((shown) => ({ id: shown.gameId, label: tabLabel(shown) }))} value={race.gameId} onChange={onRace}>
          {one}
        </Tabs>
      ) : (
        one
      )}
      {!race && (
        <EmptyState title="No race yet" action={<Button onClick={askNew}>New race</Button>}>
          Make one, or type a first lap: the race makes itself.
        </EmptyState>
      )}
      <Dialog open={isNewAsked} onClose={() => setIsNewAsked(false)} title="New race" accent="racing">
        <NewRace
          onMade={(gameId) => {
            setIsNewAsked(false)
            onRace(gameId)
          }}
        />
      </Dialog>
    </Card>
  )
}

type OneRaceProps = Omit<RacePanelProps, "races" | "race" | "onRace" | "className"> & { race: RaceView; onNewRace: () => void }

function OneRace({ race, market, guests, driverId, onDriver, stepRef, onNewRace }: OneRaceProps) {
  // Meant for this stage of the race only: the field closes by itself when the race goes on.
  const [addingIn, setAddingIn] = useState(race.board.length === 0 ? race.status : null)
  const isAdding = addingIn === race.status
  const isOver = hasEnded(race)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {/* The next button stays in sight however long the order is. */}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 bg-surface min-[85rem]:sticky min-[85rem]:top-0 min-[85rem]:z-10 min-[85rem]:-mt-2 min-[85rem]:pt-2 min-[85rem]:pb-1">
        <header className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 dir="auto" className="line-clamp-2 pb-1 text-left text-4xl [overflow-wrap:anywhere]">{race.title}</h2>
            {race.track && <p dir="auto" className="truncate text-left text-muted">{race.track}</p>}
          </div>
          <Tag look={race.status === "LIVE" ? "solid" : "outline"} className="shrink-0 whitespace-nowrap">{statusWords[race.status]}</Tag>
        </header>
        <RaceStepButtons race={race} market={market} stepRef={stepRef} onNewRace={onNewRace}>
          {!isOver && (
            <>
              <Button look="quiet" size="small" aria-expanded={isAdding} onClick={() => setAddingIn(isAdding ? null : race.status)}>
                <Plus aria-hidden className="size-5" /> Driver
              </Button>
              <Button look="quiet" size="small" onClick={onNewRace}>
                <Plus aria-hidden className="size-5" /> Race
              </Button>
            </>
          )}
        </RaceStepButtons>
      </div>
      {isAdding && !isOver && <AddDriver race={race} />}
      <ControlBoard race={race} guests={guests} driverId={driverId} onDriver={onDriver} />
    </div>
  )
}

const statusWords: Record<RaceView["status"], string> = {
  PENDING: "Getting ready",
  OPEN_FOR_BETS: "Bets open",
  LIVE: "Live",
  FINISHED: "Finished",
  VOID: "Called off",
}

function tabLabel({ title }: RaceView): string {
  const letters = Array.from(title)
  return letters.length > 16 ? `${letters.slice(0, 15).join("")}…` : title
}
