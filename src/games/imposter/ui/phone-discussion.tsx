"use client"

import { Check } from "lucide-react"
import type { ReactNode } from "react"
import { callImposterVoteAction } from "@/app/actions/party-logic"
import { useCountdown } from "@/live/use-countdown"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import type { RoundPlayer, RoundView } from "../view"
import { Name } from "./names"
import { RoundBar } from "./round-bar"
import { presentPlayers } from "./round-people"
import { useNames } from "./use-names"

/** They talk: how long still, and the call for the vote [IMP-8] [IMP-9]. `card` is the own card, null for whoever watches. */
export function PhoneDiscussion({ round, own, card }: { round: RoundView; own: RoundPlayer | null; card: ReactNode }) {
  const leftMs = useCountdown(round.discussionEndsAt)
  const isOver = leftMs === 0
  return (
    <div className="grid grid-cols-1 gap-3">
      <RoundBar round={round} caption={captionFor(round, own !== null, isOver)} leftMs={leftMs} clockLabel="Until the vote" isUrgent={round.isWarned} />
      <p role="status" className="sr-only">{round.isWarned && !isOver ? "The talk is nearly over." : ""}</p>
      {card}
      {own && <p className="text-center text-lg leading-tight font-semibold text-balance">Say one thing about it. Do not say the word.</p>}
      {own && <CallVote round={round} own={own} isOver={isOver} />}
      <Players round={round} />
    </div>
  )
}

function captionFor({ isWarned }: RoundView, isPlaying: boolean, isOver: boolean): string {
  if (isOver) return "The vote opens…"
  if (isWarned) return "Nearly over"
  return isPlaying ? "Talk it over" : "They talk"
}

function CallVote({ round, own, isOver }: { round: RoundView; own: RoundPlayer; isOver: boolean }) {
  const { mergeAnswer } = useNight()
  const { busyPlace, problemAt, run } = useCommand()
  const calls = presentPlayers(round).filter(({ hasCalledVote }) => hasCalledVote).length

  async function call() {
    const answer = await run("call", (id) => callImposterVoteAction(id), `call:${round.roundId}`)
    if (answer) mergeAnswer({ version: answer.version, round: answer.round })
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      {own.hasCalledVote ? (
        <p role="status" className="flex min-h-16 items-center justify-center gap-2.5 rounded-xl border-2 border-accent bg-raised px-3 text-lg font-semibold">
          <Check aria-hidden className="shrink-0 text-accent-text" /> You want to vote: {calls} of {round.callsNeeded}
        </p>
      ) : (
        <Button size="big" pending={busyPlace === "call"} disabled={isOver} onClick={() => void call()}>
          Vote now <span className="font-text text-lg font-semibold normal-case">{calls} of {round.callsNeeded} want to</span>
        </Button>
      )}
      <Notice>{problemAt("call")}</Notice>
    </div>
  )
}

function Players({ round }: { round: RoundView }) {
  const nameOf = useNames()
  const here = presentPlayers(round)
  return (
    <section className="grid grid-cols-1 gap-2 rounded-2xl border-2 border-line bg-surface p-3" aria-label="Who plays">
      <h3 className="flex flex-wrap items-center justify-between gap-2 text-2xl">
        {here.length} play
        <span className="flex gap-2">
          <Tag look="outline">{round.imposterCount === 1 ? "1 imposter" : `${round.imposterCount} imposters`}</Tag>
          {round.hasMisterWhite && <Tag look="outline">Mr White</Tag>}
        </span>
      </h3>
      <ul className="grid grid-cols-2 gap-2">
        {here.map(({ guestId, hasCalledVote }) => (
          <li key={guestId} className="flex min-w-0 items-center gap-2">
            <Avatar id={guestId} name={nameOf(guestId)} size="small" />
            <span className="line-clamp-1 min-w-0 flex-1"><Name id={guestId} /></span>
            {hasCalledVote && (
              <span className="text-accent-text"><Check aria-hidden className="size-5" /><span className="sr-only">wants to vote</span></span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
