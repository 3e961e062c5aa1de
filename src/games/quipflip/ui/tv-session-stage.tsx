"use client"

import type { ReactNode } from "react"
import type { SessionResults, SessionView } from "../view"
import { TvLobbyStage } from "./tv-lobby-stage"
import { TvPhaseStage } from "./tv-phase-stage"
import { TvRevealStage } from "./tv-reveal-stage"

type TvSessionStageProps = {
  session: SessionView
  /** When the telling of its results began, by the server's clock in ms; null while it is played. */
  toldFromMs: number | null
  /** Null while they are on their way. */
  results: SessionResults | null
  /** Where phones reach this party, with the scheme. */
  origin: string
  /** The invitation for latecomers. */
  corner: ReactNode
}

/** A session of Quipflip on the whole screen. */
export function TvSessionStage({ session, toldFromMs, results, origin, corner }: TvSessionStageProps) {
  if (session.status === "OPEN") return <TvLobbyStage session={session} origin={origin} corner={corner} />
  if (toldFromMs === null) return <TvPhaseStage session={session} corner={corner} />
  return <TvRevealStage key={session.sessionId} session={session} results={results} toldFromMs={toldFromMs} corner={corner} />
}
