"use client"

import type { ReactNode, RefObject } from "react"
import { callOffImposterRoundAction, openImposterVoteAction, revealImposterRoundAction } from "@/app/actions/party-logic"
import { useCountdown } from "@/live/use-countdown"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import type { RoundPlayer, RoundView } from "../view"
import { resultWords } from "./control-words"
import { deadlineOf } from "./round-deadline"
import { presentPlayers } from "./round-people"
import { tieWords } from "./tv-words"
import { useNames } from "./use-names"

/** A round that runs: its clock, the one next button, and who is waited for. The host sees no role and no word [IMP-4]. */
export function ControlRound({ round, stepRef }: { round: RoundView; stepRef: RefObject<HTMLDivElement | null> }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const shared = { pending: busy, disabled: isOffline }
  const attempt = (what: string) => `imposter-${what} ${round.roundId} ${round.vote}`
  const reveal = () => void run((requestId) => revealImposterRoundAction({ status: round.status, vote: round.vote }, requestId), attempt(round.status === "VOTING" ? "count" : "end-guess"))
  const present = presentPlayers(round)
  const votedCount = present.filter(({ hasVoted }) => hasVoted).length
  return (
    <>
      <Heading round={round} />
      <div ref={stepRef} className="grid">
        {round.status === "ACTIVE" && (
          <Button key="vote" size="big" {...shared} onClick={() => void run((requestId) => openImposterVoteAction(requestId), attempt("vote"))}>Call the vote</Button>
        )}
        {round.status === "VOTING" && (
          <ConfirmButton key={`count ${round.vote}`} size="big" look="primary" {...shared} question={`${votedCount} of ${present.length} voted: count now?`} onConfirm={reveal}>
            Reveal now
          </ConfirmButton>
        )}
        {round.status === "REVEALED" && <Button key="guess" size="big" {...shared} onClick={reveal}>End the guess</Button>}
      </div>
      <Notice>{refusal}</Notice>
      <div className="flex items-start justify-between gap-3">
        <Hint round={round} />
        {round.status !== "REVEALED" && (
          <ConfirmButton size="small" className="shrink-0" question="Nobody gets coins. Sure?" {...shared} onConfirm={() => void run(() => callOffImposterRoundAction(), attempt("call-off"))}>
            Call it off
          </ConfirmButton>
        )}
      </div>
      {round.status !== "REVEALED" && <Players round={round} />}
    </>
  )
}

function Heading({ round }: { round: RoundView }) {
  const leftMs = useCountdown(deadlineOf(round))
  return (
    <header className="flex items-center justify-between gap-3">
      <div className="grid min-w-0 gap-1">
        <h2 className="text-4xl">Imposter</h2>
        <p className="text-muted">Round {round.round}, {round.imposterCount === 1 ? "one imposter" : `${round.imposterCount} imposters`}{round.hasMisterWhite && ", Mr White"}</p>
      </div>
      <div className="flex items-center gap-4">
        <Tag look={round.isWarned || round.status !== "ACTIVE" ? "solid" : "outline"} className="whitespace-nowrap">{stateWords(round)}</Tag>
        {leftMs !== null && <span role="timer" className="numerals text-6xl">{clockText(leftMs)}</span>}
      </div>
    </header>
  )
}

function stateWords({ status, isWarned, vote }: RoundView): string {
  if (status === "ACTIVE") return isWarned ? "Nearly over" : "They talk"
  if (status === "VOTING") return vote > 1 ? "Second vote" : "They vote"
  return "Last guess"
}

function Hint({ round }: { round: RoundView }) {
  const nameOf = useNames()
  return <p className="text-muted [overflow-wrap:anywhere]">{hintWords(round, nameOf)}</p>
}

function hintWords(round: RoundView, nameOf: (id: string) => string): string {
  const { status, callsNeeded, vote, candidateIds } = round
  const calls = presentPlayers(round).filter(({ hasCalledVote }) => hasCalledVote).length
  if (status === "ACTIVE") return `The vote opens by itself at 0:00, or when ${callsNeeded} call for it: ${calls === 0 ? "nobody has" : `${calls} ${calls === 1 ? "has" : "have"}`}.`
  if (status === "VOTING") return vote > 1 ? `Tie: ${tieWords(candidateIds.map(nameOf))} After another tie nobody is out.` : "It is counted when everybody has voted, and at 0:00."
  return `${resultWords(round, nameOf)} The word shows when the guess is in, and at 0:00.`
}

function Players({ round }: { round: RoundView }) {
  const nameOf = useNames()
  return (
    <ul aria-label="Players" className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-2">
      {round.players.map((player) => (
        <li key={player.guestId} className={classNames("flex min-h-11 items-center gap-2 rounded-xl bg-raised px-2", player.hasLeft && "opacity-60")}>
          <Avatar id={player.guestId} name={nameOf(player.guestId)} size="small" />
          <span dir="auto" className="min-w-0 flex-1 truncate text-left font-semibold">{nameOf(player.guestId)}</span>
          <PlayerMark player={player} status={round.status} />
        </li>
      ))}
    </ul>
  )
}

function PlayerMark({ player, status }: { player: RoundPlayer; status: RoundView["status"] }): ReactNode {
  if (player.hasLeft) return <span className="text-muted">left</span>
  if (status === "VOTING") {
    return player.hasVoted ? <span className="text-lan-text"><span aria-hidden>✓ </span>voted</span> : <span className="text-muted">waits</span>
  }
  return player.hasCalledVote ? <span className="text-accent-text"><span aria-hidden>! </span>vote</span> : null
}
