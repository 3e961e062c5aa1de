"use client"

import { type ReactNode, useEffect, useState } from "react"
import { classNames } from "@/ui/class-names"
import { Notice } from "@/ui/notice"
import type { OpenRoundView, SessionView } from "../view"
import { useSubmission } from "./use-submission"

/** A tap meant for the last set, or for a page that has just moved, is no vote: ms. */
const settleMs = 600

type PhoneVoteProps = {
  session: SessionView
  round: OpenRoundView
  isOver: boolean
  /** What it cost. */
  children: ReactNode
}

/** Three phrases, one of which was first: one tap is the vote. Render it anew for each round. */
export function PhoneVote({ session, round, isOver, children }: PhoneVoteProps) {
  const { sending, problem, send } = useSubmission(session, round)
  const isSettled = useSettled()
  const isClosed = isOver || !isSettled
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-1 gap-1 rounded-2xl border-2 border-accent bg-surface px-4 py-3">
        <p className="text-2xl leading-snug font-semibold">{round.promptText}</p>
        <p className="text-base text-muted">One is the original, two are copies. Tap the original.</p>
      </div>
      <ul aria-label="Which one came first?" className="grid grid-cols-1 gap-3">
        {(round.phrases ?? []).map((phrase, index) => (
          <li key={phrase} className="grid animate-rise grid-cols-1" style={{ animationDelay: `${index * 90}ms` }}>
            <Choice phrase={phrase} letter={"ABC".charAt(index)} isSending={sending === phrase} isClosed={isClosed || sending !== null} onPick={() => void send(phrase)} />
          </li>
        ))}
      </ul>
      <Notice>{problem}</Notice>
      {isOver && <p role="status" className="text-center text-lg font-semibold">Time is up.</p>}
      {children}
    </div>
  )
}

type ChoiceProps = { phrase: string; letter: string; isSending: boolean; isClosed: boolean; onPick: () => void }

function Choice({ phrase, letter, isSending, isClosed, onPick }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-busy={isSending || undefined}
      aria-disabled={isClosed || undefined}
      onClick={() => !isClosed && onPick()}
      className={classNames(
        "flex min-h-20 min-w-0 items-center gap-3 rounded-2xl border-2 px-3 py-2.5 text-left transition-transform active:translate-y-0.5 aria-disabled:cursor-not-allowed",
        isSending ? "animate-pulse border-accent bg-accent text-on-accent" : "border-control bg-raised",
      )}
    >
      <span aria-hidden className="display grid size-11 shrink-0 place-items-center rounded-xl bg-accent text-2xl text-on-accent">{letter}</span>
      <span className="display min-w-0 text-3xl leading-[1.02] [overflow-wrap:anywhere]">{phrase}</span>
    </button>
  )
}

function useSettled(): boolean {
  const [isSettled, setIsSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSettled(true), settleMs)
    return () => clearTimeout(timer)
  }, [])
  return isSettled
}
