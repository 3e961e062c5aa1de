"use client"

import type { RefObject } from "react"
import { endSessionAction, pingSessionAction, skipPhaseAction, skipPlayerAction } from "@/app/actions/party-logic"
import { useCountdown } from "@/live/use-countdown"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import { useForAWhile } from "@/ui/use-for-a-while"
import type { SessionPlayer, SessionView } from "../view"
import { awaitedOf, hintWords, nudgeWords, stateWords } from "./control-session-words"
import { codeText, isDone } from "./tv-phase-words"

type ControlSessionProps = {
  session: SessionView
  /** Where the shortcut lands; null for a session that is not the next to look at. */
  stepRef: RefObject<HTMLDivElement | null> | null
}

const nudgedShownMs = 5_000

/** A session at race control: where it is, who is waited for, and what helps. The host sees no phrase [QF-S13]. */
export function ControlSession({ session, stepRef }: ControlSessionProps) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const { sessionId, lifecycleVersion, players, status } = session
  const shared = { pending: busy, disabled: isOffline }
  const attempt = (what: string) => `quipflip-${what} ${sessionId} ${lifecycleVersion}`
  const awaited = awaitedOf(session)
  const [nudged, showNudged] = useForAWhile<{ count: number }>(nudgedShownMs)
  const isPlayed = status === "IN_PROGRESS"

  async function nudge() {
    const answer = await run(() => pingSessionAction(sessionId), attempt("ping"))
    if (answer) showNudged({ count: answer.pinged })
  }

  return (
    <section aria-label={`Session ${codeText(session.code)}`} className="grid grid-cols-[minmax(0,1fr)] gap-3 not-first:border-t-2 not-first:border-line not-first:pt-5">
      <Heading session={session} />
      {awaited.length > 0 && (
        <div ref={stepRef} className="grid">
          <Button size={stepRef ? "big" : "normal"} look={stepRef ? "primary" : "quiet"} {...shared} onClick={() => void nudge()}>
            {nudgeWords(awaited)}
          </Button>
        </div>
      )}
      <Notice>{refusal}</Notice>
      <Notice tone="done">{nudged && (nudged.count === 1 ? "1 phone buzzes." : `${nudged.count} phones buzz.`)}</Notice>
      <p className="text-muted [overflow-wrap:anywhere]">{hintWords(session)}</p>
      <ul aria-label="Players" className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-2">
        {players.map((player) => (
          <li key={player.participantId} className={classNames("flex min-h-13 items-center gap-2 rounded-xl bg-raised px-2", player.hasLeft && "opacity-70")}>
            <Avatar id={player.guestId ?? player.participantId} name={player.name} size="small" />
            <span dir="auto" className="min-w-0 flex-1 truncate text-left font-semibold">{player.name}</span>
            <Mark player={player} isPlayed={isPlayed} />
            {isPlayed && !player.isAi && !isDone(player) && (
              <ConfirmButton size="small" className="shrink-0 px-3!" question="House plays?" {...shared} onConfirm={() => void run(() => skipPlayerAction(sessionId, player.participantId, lifecycleVersion), attempt(`skip ${player.participantId}`))}>
                Skip<span className="sr-only"> {player.name}</span>
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        {isPlayed && (
          <ConfirmButton size="small" question="The house plays what is owed. Skip?" {...shared} onConfirm={() => void run(() => skipPhaseAction(sessionId, lifecycleVersion), attempt("skip-phase"))}>
            Skip the phase
          </ConfirmButton>
        )}
        <ConfirmButton size="small" question={isPlayed ? "Open fees go back, no results. Sure?" : "Close it for everybody?"} {...shared} onConfirm={() => void run(() => endSessionAction(sessionId), attempt("end"))}>
          End the session
        </ConfirmButton>
      </div>
    </section>
  )
}

function Heading({ session }: { session: SessionView }) {
  const leftMs = useCountdown(session.phaseEndsAt)
  return (
    <header className="flex items-center justify-between gap-3">
      <div className="grid min-w-0 gap-1">
        <h2 className="text-4xl whitespace-nowrap">{codeText(session.code)}</h2>
        <p className="truncate text-muted">Quipflip of <bdi>{session.players.find(({ isHost }) => isHost)?.name ?? "somebody"}</bdi></p>
      </div>
      <div className="flex items-center gap-4">
        <Tag look={session.status === "OPEN" ? "outline" : "solid"} className="whitespace-nowrap">{stateWords(session)}</Tag>
        {leftMs !== null && <span role="timer" className="numerals text-6xl">{clockText(leftMs)}</span>}
      </div>
    </header>
  )
}

function Mark({ player, isPlayed }: { player: SessionPlayer; isPlayed: boolean }) {
  const { isAi, isHost, isReady, hasLeft, dealt, done } = player
  const aside = hasLeft ? "left, AI plays" : isAi ? "AI" : isHost ? "host" : null
  const isSet = isPlayed ? isDone(player) : isReady || isHost
  return (
    <span className="flex shrink-0 items-center gap-2">
      {aside && <span className="text-muted">{aside}</span>}
      <span className={classNames("numerals text-2xl", isSet ? "text-lan-text" : "text-muted")}>
        {isPlayed && <><span className="sr-only">Done: </span>{done}/{dealt}</>}
        {isSet ? <><span aria-hidden> ✓</span><span className="sr-only">{isPlayed ? "" : "ready"}</span></> : !isPlayed && <span className="font-text text-base font-normal">not ready</span>}
      </span>
    </span>
  )
}
