"use client"

import { Tv } from "lucide-react"
import { type ReactNode, useState } from "react"
import { useCountdown } from "@/live/use-countdown"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { Confetti } from "@/ui/confetti"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { Tag } from "@/ui/tag"
import { tellingMs } from "../reveal-timeline"
import type { SessionResults, SessionView } from "../view"
import { playerOf } from "./own-session"
import { PlayAgain } from "./phone-again"
import { Awards } from "./phone-awards"
import { PhonePage, useFollow } from "./phone-page"
import { Ranking } from "./phone-ranking"
import { RevealedSetCard } from "./phone-set"
import { SharePicture } from "./phone-share"
import { OwnStats } from "./phone-stats"
import { useSessionResults } from "./use-session-results"

/** What a session came to, for whoever played and for whoever looked on. */
export function PhoneResults({ sessionId }: { sessionId: string }) {
  return <PhonePage sessionId={sessionId}>{(session, me) => <Results sessionId={sessionId} session={session} me={me} />}</PhonePage>
}

type ResultsProps = { sessionId: string; session: SessionView | null; me: OwnGuestView }

function Results({ sessionId, session, me }: ResultsProps) {
  const isOver = session?.status === "COMPLETED"
  const { results, problem } = useSessionResults(sessionId, isOver)
  useFollow(session, session !== null && !isOver)
  if (problem !== null) return <NoResults problem={problem} />
  if (!results) return <Loading />
  return <Curtain results={results}><Revealed results={results} session={session} me={me} /></Curtain>
}

/** While the TV tells the results, phones keep them to themselves: the room is to laugh together. Who has no TV lifts it with a tap. */
function Curtain({ results, children }: { results: SessionResults; children: ReactNode }) {
  const [isLifted, setIsLifted] = useState(false)
  const leftMs = useCountdown(new Date(Date.parse(results.completedAt) + tellingMs(results)).toISOString())
  if (isLifted || leftMs === 0) return children
  return (
    <div className="grid min-h-[70dvh] grid-cols-1 content-center justify-items-center gap-5 text-center">
      <Tv aria-hidden className="size-20 animate-pop text-accent-text" />
      <h2 className="text-6xl">Look at the TV!</h2>
      <p className="text-lg text-muted">It tells who fell for whom.</p>
      <Button size="big" className="w-full" onClick={() => setIsLifted(true)}>Show me now</Button>
    </div>
  )
}

function Revealed({ results, session, me }: { results: SessionResults; session: SessionView | null; me: OwnGuestView }) {
  const own = results.players.find(({ guestId }) => guestId === me.id) ?? null
  const [shot] = useState(own?.rank === 1 ? results.sessionId : null)
  const hasPlayed = own !== null || (session !== null && playerOf(session, me.id) !== null)
  return (
    <div className="grid grid-cols-1 gap-4 pb-32">
      <header className="grid grid-cols-1 justify-items-start gap-2">
        <Tag>{results.code}</Tag>
        <Headline results={results} ownId={me.id} />
      </header>
      <Ranking players={results.players} ownId={me.id} />
      <Awards results={results} ownId={me.id} />
      {own && <OwnStats own={own} />}
      <section className="grid grid-cols-1 gap-4" aria-label="Set by set">
        <h2 className="text-3xl">Set by set</h2>
        {results.sets.map((set, index) => <RevealedSetCard key={set.phrasesetId} set={set} number={index + 1} of={results.sets.length} ownId={me.id} />)}
      </section>
      <SharePicture sessionId={results.sessionId} code={results.code} />
      {hasPlayed && session && <PlayAgain session={session} guestId={me.id} />}
      <Confetti shot={shot} />
    </div>
  )
}

function Headline({ results: { players }, ownId }: { results: SessionResults; ownId: string }) {
  const winners = players.filter(({ rank }) => rank === 1)
  const isOwn = winners.some(({ guestId }) => guestId === ownId)
  if (isOwn) return <h2 className="animate-pop text-6xl text-accent-text">{winners.length === 1 ? "You win!" : "You share the win!"}</h2>
  return <h2 className="animate-pop text-5xl">{winners.map(({ name }, index) => <span key={index}>{index > 0 && " and "}<bdi className="text-accent-text">{name}</bdi></span>)} {winners.length === 1 ? "wins" : "win"}</h2>
}

function Loading() {
  return (
    <div role="status" aria-label="The results are coming" className="grid gap-4">
      <Skeleton className="h-20" />
      <Skeleton className="h-56" />
      <Skeleton className="h-32" />
    </div>
  )
}

function NoResults({ problem }: { problem: string }) {
  return (
    <div className="grid min-h-[60dvh] grid-cols-1 content-center gap-4">
      <h2 className="text-5xl">No results</h2>
      <Notice>{problem}</Notice>
      <ButtonLink href="/party/dashboard">Back to the party</ButtonLink>
    </div>
  )
}
