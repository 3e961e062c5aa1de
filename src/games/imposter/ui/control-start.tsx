"use client"

import type { RefObject } from "react"
import { startImposterRoundAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useHostCommand } from "@/party/ui/use-host-command"
import type { GuestView } from "@/party/view"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import { useStoredText } from "@/ui/use-stored-text"
import type { RoundView, SettingsView } from "../view"
import { fewestPlayers, mostImposters } from "../roles"
import { leftOutIn, livingGuests, onlyThoseOf, withOther } from "./control-picked"
import { resultWords } from "./control-words"
import { useNames } from "./use-names"

type ControlStartProps = { last: RoundView | null; settings: SettingsView | null; stepRef: RefObject<HTMLDivElement | null> }

/** Between rounds: start the next one, and with whom [IMP-2]. */
export function ControlStart({ last, settings, stepRef }: ControlStartProps) {
  const { night } = useNight()
  const nameOf = useNames()
  const { run, busy, refusal, isOffline, clear } = useHostCommand()
  const leftOut = useStoredText(`imposter-left-out:${night.party.id}`)
  const living = livingGuests(night.guests)
  const without = new Set(leftOutIn(leftOut.text))
  const players = living.filter(({ id }) => !without.has(id))
  const isPartyOver = night.party.status === "ENDED"

  function start() {
    const picked = players.length < living.length ? players.map(({ id }) => id) : undefined
    void run((requestId) => startImposterRoundAction(picked, requestId), `imposter-start ${last?.roundId ?? "first"} ${leftOut.text}`)
  }

  function pick(text: string) {
    leftOut.setText(text)
    clear()
  }

  return (
    <>
      <header className="flex items-start justify-between gap-3">
        <h2 className="pb-1 text-4xl">Imposter</h2>
        <Tag look="outline" className="whitespace-nowrap">{last ? `Round ${last.round} over` : "No round yet"}</Tag>
      </header>
      {last && <p className="rounded-xl bg-raised px-4 py-3 [overflow-wrap:anywhere]">{resultWords(last, nameOf)}</p>}
      <div ref={stepRef} className="grid">
        <Button key="start" size="big" pending={busy} disabled={isOffline || isPartyOver || players.length < fewestPlayers} onClick={start}>
          {last ? "Play again" : "Start"}
        </Button>
      </div>
      <Notice>{refusal}</Notice>
      <p className="text-muted">{isPartyOver ? "The party is over." : startHint(players.length, settings)}</p>
      <Players
        living={living}
        without={without}
        onOther={(id) => pick(withOther(leftOut.text, id))}
        onEverybody={() => pick("")}
        onSame={last ? () => pick(onlyThoseOf(last, living)) : null}
      />
    </>
  )
}

function startHint(count: number, settings: SettingsView | null): string {
  if (count < fewestPlayers) return `At least ${fewestPlayers} play. ${count === 0 ? "Nobody" : count} can now: guests join with the QR code on the TV.`
  const imposters = Math.min(settings?.imposterCount ?? 1, mostImposters(count))
  const minutes = settings?.discussionMinutes ?? 0
  return `${count} play, ${imposters === 1 ? "one is the imposter" : `${imposters} are imposters`}. They talk for ${minutes} ${minutes === 1 ? "minute" : "minutes"}. Every phone has its card at once.`
}

type PlayersProps = {
  living: readonly GuestView[]
  without: ReadonlySet<string>
  onOther: (guestId: string) => void
  onEverybody: () => void
  onSame: (() => void) | null
}

function Players({ living, without, onOther, onEverybody, onSame }: PlayersProps) {
  if (living.length === 0) return null
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">Who plays</legend>
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-auto text-2xl">Who plays</h3>
        <Button look="quiet" size="small" onClick={onEverybody}>Everybody</Button>
        {onSame && <Button look="quiet" size="small" onClick={onSame}>Same as last round</Button>}
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-2">
        {living.map(({ id, name }) => {
          const isIn = !without.has(id)
          return (
            <li key={id}>
              <label
                className={classNames(
                  "flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border-2 px-2 has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus",
                  isIn ? "border-accent-text" : "border-line text-muted",
                )}
              >
                <input type="checkbox" checked={isIn} onChange={() => onOther(id)} className="size-5 shrink-0 accent-accent outline-none" />
                <Avatar id={id} name={name} size="small" className={isIn ? undefined : "opacity-40"} />
                <span dir="auto" className="min-w-0 truncate text-left font-semibold">{name}</span>
              </label>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
