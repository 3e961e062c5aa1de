"use client"

import type { RefObject } from "react"
import { useNight } from "@/live/use-night"
import { Card } from "@/ui/card"
import { Coins } from "@/ui/coins"
import { Tag } from "@/ui/tag"
import { isSessionOver } from "../session-over"
import type { SessionView } from "../view"
import { ControlSession } from "./control-session"
import { FlaggedPhrases } from "./flagged-phrases"
import { codeText } from "./tv-phase-words"
import { useSessionResults } from "./tv-results"

type QuipflipPanelProps = {
  /** The one sensible button: the shortcut lands on it. */
  stepRef: RefObject<HTMLDivElement | null>
  className?: string
}

/** Quipflip at race control. Guests open and start sessions from their phones; the host helps those that are stuck. */
export function QuipflipPanel({ stepRef, className }: QuipflipPanelProps) {
  const { sessions } = useNight().night
  const living = sessions.filter((session) => !isSessionOver(session)).toSorted(mostUrgentFirst)
  const [first] = living
  return (
    <Card accent="quipflip" className={className}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-5 md:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {living.length === 0 && <NoSession />}
          {living.map((session) => <ControlSession key={session.sessionId} session={session} stepRef={session === first ? stepRef : null} />)}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5 empty:hidden md:w-76">
          <NewestResult sessions={sessions} />
          <FlaggedPhrases />
        </div>
      </div>
    </Card>
  )
}

function NoSession() {
  return (
    <>
      <header className="flex items-start justify-between gap-3">
        <h2 className="pb-1 text-4xl">Quipflip</h2>
        <Tag look="outline" className="whitespace-nowrap">No session</Tag>
      </header>
      <p className="text-lg">Guests play it without you: one of them opens Quipflip on the phone and taps the button for a new session. Its code and a QR code are on the TV at once.</p>
      <ol className="grid gap-2 text-muted">
        <li>3 to 8 play; AI players fill empty seats.</li>
        <li>Everybody finishes a line, copies two phrases blind, then votes for the originals.</li>
        <li>It starts at the word of whoever opened it. Here you see who is waited for, and help when somebody is stuck.</li>
      </ol>
    </>
  )
}

function NewestResult({ sessions }: { sessions: readonly SessionView[] }) {
  const newest = sessions.filter(({ status }) => status === "COMPLETED").slice(-1)
  const results = useSessionResults(newest)
  const [session] = newest
  if (!session) return null
  const winners = results.get(session.sessionId)?.players.filter(({ rank }) => rank === 1) ?? []
  return (
    <section aria-label="Newest result" className="grid gap-2 rounded-xl bg-raised px-4 py-3">
      <h3 className="text-2xl">{codeText(session.code)} is over</h3>
      {winners.length === 0 ? (
        <p role="status" className="text-muted">The results are on their way.</p>
      ) : (
        winners.map(({ participantId, name, netCoins }) => (
          <p key={participantId} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate"><bdi className="font-semibold">{name}</bdi> {winners.length > 1 ? "shares the win" : "won"}</span>
            <Coins amount={netCoins} signed />
          </p>
        ))
      )}
    </section>
  )
}

/** Who plays before who gathers, and of those whose time runs out first. */
function mostUrgentFirst(a: SessionView, b: SessionView): number {
  const rank = ({ status, phaseEndsAt }: SessionView) => (status === "OPEN" ? Infinity : phaseEndsAt ? Date.parse(phaseEndsAt) : Number.MAX_SAFE_INTEGER)
  return Math.sign(rank(a) - rank(b)) || Date.parse(a.createdAt) - Date.parse(b.createdAt)
}
