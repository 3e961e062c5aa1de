"use client"

import type { ReactNode } from "react"
import { useCountdown } from "@/live/use-countdown"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import type { SessionPlayer, SessionView } from "../view"
import { isDone, waitingWords, wayThrough, wordsOf } from "./tv-phase-words"
import { TvSessionHeading } from "./tv-session-heading"

/** The last of a phase are urgent, in ms. */
const urgentMs = 20_000

/** A phase that is played: what they do, how long they still can, and who is done; never what [QF-S13]. */
export function TvPhaseStage({ session, corner }: { session: SessionView; corner: ReactNode }) {
  const { title, doing } = wordsOf(session)
  const { players } = session
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] gap-8">
      <TvSessionHeading aside={<WayThrough phase={session.phase} />}><span className="sr-only">A session of Quipflip</span></TvSessionHeading>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-14">
        <div className="grid min-w-0 gap-7">
          <h2 key={session.phase} className="animate-rise text-[15rem] leading-[0.85] text-accent-text">{title}</h2>
          <p className="max-w-[62rem] text-5xl leading-tight font-semibold">{doing}</p>
        </div>
        <PhaseClock session={session} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-12">
        <div className="grid gap-4">
          <p role="status" dir="auto" className="truncate text-left text-4xl font-semibold">{waitingWords(players)}</p>
          <ul aria-label="Players" className="grid grid-cols-4 gap-4">
            {players.map((player) => <Progress key={player.participantId} player={player} />)}
          </ul>
        </div>
        {corner}
      </div>
    </div>
  )
}

function WayThrough({ phase }: { phase: SessionView["phase"] }) {
  const at = wayThrough.findIndex((step) => step.phase === phase)
  return (
    <ol aria-label="The way through" className="flex items-center gap-4">
      {wayThrough.map(({ phase: id, name }, index) => (
        <li
          key={id}
          aria-current={index === at ? "step" : undefined}
          className={classNames("display rounded-full px-7 py-3 text-4xl", index === at ? "bg-accent text-on-accent" : index < at ? "bg-raised text-ink" : "bg-surface text-muted")}
        >
          {index < at && <span aria-hidden>✓ </span>}
          {name}
        </li>
      ))}
    </ol>
  )
}

function PhaseClock({ session: { phaseEndsAt, players } }: { session: SessionView }) {
  const leftMs = useCountdown(phaseEndsAt)
  const done = players.filter(isDone).length
  const doneWords = `${done} of ${players.length} done`
  if (leftMs === null) {
    return (
      <div className="grid justify-items-center gap-3 rounded-3xl border-4 border-line bg-surface px-14 py-10">
        <span className="numerals text-[16rem]">{done}</span>
        <span className="display text-5xl text-muted">of {players.length} done, no hurry</span>
      </div>
    )
  }
  const isPressing = leftMs <= urgentMs
  return (
    <div role="timer" className={classNames("grid justify-items-center gap-3 rounded-3xl px-14 py-8", isPressing ? "lit bg-accent text-on-accent" : "border-4 border-line bg-surface")}>
      <span className="numerals text-[16rem]">{clockText(leftMs)}</span>
      <span className={classNames("display text-5xl", !isPressing && "text-muted")}>{isPressing && leftMs > 0 ? "Hurry up!" : doneWords}</span>
    </div>
  )
}

function Progress({ player }: { player: SessionPlayer }) {
  const { participantId, guestId, name, hasLeft, isAi, dealt, done } = player
  const isAllDone = isDone(player)
  return (
    <li className={classNames("flex h-[5.5rem] min-w-0 items-center gap-4 rounded-2xl border-4 px-3", isAllDone ? "border-lap-green bg-raised" : "border-line bg-surface")}>
      <span className="relative">
        <Avatar id={guestId ?? participantId} name={name} size="big" className={hasLeft ? "opacity-40" : undefined} />
        {isAllDone && <span aria-hidden className="absolute -right-2 -bottom-2 grid size-8 animate-pop place-items-center rounded-full bg-lap-green text-xl font-black text-ground">✓</span>}
      </span>
      <span className="grid min-w-0 flex-1 gap-1.5">
        <span dir="auto" className="truncate text-left text-3xl leading-tight font-bold">{name}</span>
        <span className="flex items-center gap-2">
          <span className="sr-only">{done} of {dealt} done</span>
          {Array.from({ length: dealt }, (_, index) => (
            <span key={index} aria-hidden className={classNames("h-3.5 min-w-3 flex-1 rounded-full", index < done ? "bg-lap-green" : "bg-sunken shadow-[inset_0_0_0_2px_var(--line)]")} />
          ))}
          {(hasLeft || isAi) && <span className="text-xl text-muted">{hasLeft ? "away: AI plays" : "AI"}</span>}
        </span>
      </span>
    </li>
  )
}
