"use client"

import { type ReactNode, type RefObject, useState } from "react"
import { openBettingAction, resettleBetsAction, settleBetsAction, startRaceAction, voidRaceAction } from "@/app/actions/party-logic"
import type { MarketView } from "@/betting/view"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { nextSteps } from "../race-status"
import type { RaceView } from "../view"
import { winnerOnBoard } from "./race-in-hand"

type OddsMode = MarketView["oddsMode"]

type RaceStepsProps = {
  race: RaceView
  market: MarketView | null
  /** The one sensible button: the shortcut lands on it. */
  stepRef: RefObject<HTMLDivElement | null>
  onNewRace: () => void
  /** Quieter buttons beside calling it off. */
  children: ReactNode
}

/** What the host may do with a race now: the one next button, its hint, and calling it off [RAC-3]. */
export function RaceStepButtons({ race, market, stepRef, onNewRace, children }: RaceStepsProps) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [oddsMode, setOddsMode] = useState<OddsMode>("FIXED")
  const steps = nextSteps(race.status)
  const next = steps[0]?.name
  const winner = winnerOnBoard(race)
  const shared = { size: "big", pending: busy, disabled: isOffline } as const
  const isWinnerNew = race.status === "FINISHED" && winner !== null && market?.winnerId != null && winner.driverId !== market.winnerId

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {next === "OPEN_BETTING" && <OddsChoice value={oddsMode} onChange={setOddsMode} />}
      <div ref={stepRef} className="grid grid-cols-[minmax(0,1fr)]">
        {next === "OPEN_BETTING" && (
          <Button {...shared} disabled={isOffline || race.board.length === 0} onClick={() => void run(() => openBettingAction(race.gameId, oddsMode))}>Open betting</Button>
        )}
        {next === "START" && <Button {...shared} onClick={() => void run(() => startRaceAction(race.gameId))}>Green flag</Button>}
        {next === "SETTLE" && (
          <ConfirmButton
            {...shared}
            look="primary"
            disabled={isOffline || winner === null}
            question={`${shortName(winner?.name ?? "")} wins: pay out?`}
            onConfirm={() => void run(() => settleBetsAction(race.gameId))}
          >
            Chequered flag
          </ConfirmButton>
        )}
        {isWinnerNew && (
          <ConfirmButton {...shared} look="primary" question={`Pay out on ${shortName(winner.name)} instead?`} onConfirm={() => void run(() => resettleBetsAction(race.gameId))}>
            Settle again
          </ConfirmButton>
        )}
        {!next && !isWinnerNew && <Button {...shared} onClick={onNewRace}>Next race</Button>}
      </div>
      <Notice>{refusal}</Notice>
      <p className="text-muted">{hintFor(race, market, isWinnerNew)}</p>
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {children}
        {steps.some(({ name }) => name === "VOID") && (
          <ConfirmButton size="small" className="ml-auto" question="Stakes go back. Sure?" pending={busy} disabled={isOffline} onConfirm={() => void run(() => voidRaceAction(race.gameId))}>
            Call it off
          </ConfirmButton>
        )}
      </div>
    </div>
  )
}

const oddsWords: Record<OddsMode, { label: string; meaning: string }> = {
  FIXED: { label: "Fixed ×2", meaning: "Right bets double." },
  PARIMUTUEL: { label: "Shared pool", meaning: "Backers share all." },
}

function OddsChoice({ value, onChange }: { value: OddsMode; onChange: (mode: OddsMode) => void }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <legend className="sr-only">How bets pay</legend>
      {(Object.keys(oddsWords) as OddsMode[]).map((mode) => (
        <label
          key={mode}
          className={classNames(
            "display inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border-2 px-4 text-lg has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus",
            value === mode ? "border-accent-text text-accent-text" : "border-control text-muted",
          )}
        >
          <input type="radio" name="odds-mode" checked={value === mode} onChange={() => onChange(mode)} className="size-4 accent-accent outline-none" />
          {oddsWords[mode].label}
        </label>
      ))}
      <span className="text-muted">{oddsWords[value].meaning}</span>
    </fieldset>
  )
}

function hintFor(race: RaceView, market: MarketView | null, isWinnerNew: boolean): string {
  switch (race.status) {
    case "PENDING":
      return race.board.length === 0 ? "Add a driver first." : "Odds stay as opened. A first lap starts it without bets."
    case "OPEN_FOR_BETS":
      return "Green flag closes betting. So does the first lap."
    case "LIVE":
      return winnerOnBoard(race) ? "Chequered flag pays the winner's backers." : "No lap times yet: enter one, or call the race off."
    case "FINISHED":
      return isWinnerNew ? "A correction changed the winner. Bets were paid for somebody else." : winnerWords(race, market)
    case "VOID":
      return "Called off. Every stake went back."
  }
}

function winnerWords(race: RaceView, market: MarketView | null): string {
  const winner = race.board.find(({ driverId }) => driverId === market?.winnerId)
  return winner ? `${winner.name} won; bets are paid.` : "The race is over."
}

/** A name that fits into a question on a button. */
function shortName(name: string): string {
  const letters = Array.from(name)
  return letters.length > 14 ? `${letters.slice(0, 13).join("")}…` : name
}
