"use client"

import { type ReactNode, useState } from "react"
import { Confetti } from "@/ui/confetti"
import type { SessionResults, SessionView } from "../view"
import { TvRanking } from "./tv-ranking"
import { useRevealMoment } from "./tv-reveal-moment"
import { TvRevealedSet } from "./tv-revealed-set"
import { TvSessionHeading } from "./tv-session-heading"

type TvRevealStageProps = {
  session: SessionView
  /** Null while they are on their way. */
  results: SessionResults | null
  /** When the telling began, by the server's clock in ms. */
  toldFromMs: number
  corner: ReactNode
}

/** The results of a session, told set by set, then its ranking. Give it the session's id as key. */
export function TvRevealStage({ session, results, toldFromMs, corner }: TvRevealStageProps) {
  if (results) return <Telling results={results} toldFromMs={toldFromMs} corner={corner} />
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] gap-8">
      <TvSessionHeading>The reveal</TvSessionHeading>
      <div role="status" className="grid content-center justify-items-center gap-6 text-center">
        <h2 className="animate-pulse text-[12rem] text-accent-text">Drum roll …</h2>
        <p className="text-5xl text-muted">{session.players.length} players, and the votes are being counted.</p>
      </div>
      <div className="justify-self-end">{corner}</div>
    </div>
  )
}

function Telling({ results, toldFromMs, corner }: { results: SessionResults; toldFromMs: number; corner: ReactNode }) {
  const moment = useRevealMoment(results, toldFromMs)
  // A reload that finds the ranking fires no second time.
  const [isCheered] = useState(moment.part === "set")
  const set = moment.part === "set" ? results.sets[moment.setIndex] : undefined
  return (
    <>
      {moment.part === "set" && set ? (
        <TvRevealedSet key={set.phrasesetId} set={set} beat={moment.beat} number={moment.number} count={moment.count} corner={corner} />
      ) : (
        <TvRanking results={results} areAwardsShown={moment.part === "ranking" && moment.hasAwards} isFresh={isCheered} corner={corner} />
      )}
      <Confetti shot={isCheered && moment.part === "ranking" ? results.sessionId : null} />
    </>
  )
}
