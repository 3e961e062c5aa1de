"use client"

import { Ban, PartyPopper, Skull } from "lucide-react"
import type { ReactNode } from "react"
import { useCountdown } from "@/live/use-countdown"
import { Avatar } from "@/ui/avatar"
import { Card } from "@/ui/card"
import { classNames } from "@/ui/class-names"
import { clockText } from "@/ui/clock-text"
import { Coins } from "@/ui/coins"
import { Tag } from "@/ui/tag"
import type { Reveal, RoundView } from "../view"
import { Name, Names } from "./names"
import { ownResult, type OwnResult } from "./own-result"
import { PhoneGuess } from "./phone-guess"
import { tallyOf } from "./tally"
import { useNames } from "./use-names"
import { mayGuess } from "./waits-for-guest"

type PhoneRevealProps = { round: RoundView; reveal: Reveal; guestId: string }

/** The round is over: what it brought this guest, who it was, the word, the votes, the coins. Stays until the next start. */
export function PhoneReveal({ round, reveal, guestId }: PhoneRevealProps) {
  const result = ownResult(round, guestId)
  const canGuess = mayGuess(round, guestId)
  return (
    <div className="grid grid-cols-1 gap-3">
      <Tag look="outline">Round {round.round}</Tag>
      {result && !canGuess && <OwnResultCard key={result.title} result={result} />}
      {canGuess && reveal.guessEndsAt !== null && (
        <>
          <div role="status" className="text-center">
            <h2 className="text-4xl text-accent-text">You are caught</h2>
            <p>Name the word, and you still get coins.</p>
          </div>
          <PhoneGuess round={round} endsAt={reveal.guessEndsAt} />
        </>
      )}
      <Outcome reveal={reveal} />
      {!canGuess && reveal.guessEndsAt !== null && <GuessAwaited outId={reveal.outId} endsAt={reveal.guessEndsAt} />}
      <Secret reveal={reveal} />
      <Votes reveal={reveal} />
      <Winnings reveal={reveal} />
    </div>
  )
}

function OwnResultCard({ result: { title, sentence, coins, isWin } }: { result: OwnResult }) {
  return (
    <section role="status" data-accent={isWin ? "coins" : "imposter"} className="grid animate-pop grid-cols-1 justify-items-center gap-2 rounded-2xl border-4 border-accent bg-surface p-4 text-center">
      <h2 className="text-5xl text-accent-text">{title}</h2>
      <p className="text-lg">{sentence}</p>
      {isWin ? <Coins amount={coins} signed size="big" /> : <span className="text-muted">No coins this time.</span>}
    </section>
  )
}

/** Who was thrown out, and what they were. */
function Outcome({ reveal }: { reveal: Reveal }) {
  const { outcome, outId, imposterIds, misterWhiteId } = reveal
  const icon = { CAUGHT: <Skull />, ESCAPED: <PartyPopper />, CALLED_OFF: <Ban /> }[outcome]
  return (
    <Card>
      <div className="flex items-center gap-3">
        <span aria-hidden className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-on-accent [&_svg]:size-7">{icon}</span>
        <p className="min-w-0 text-xl font-semibold"><OutcomeWords reveal={reveal} /></p>
      </div>
      <ul className="grid grid-cols-1 gap-2">
        {imposterIds.map((id) => (
          <Person key={id} id={id} aside={<Tag look={id === outId ? "solid" : "outline"}>{id === misterWhiteId ? "Mr White" : "Imposter"}</Tag>} />
        ))}
      </ul>
    </Card>
  )
}

function OutcomeWords({ reveal: { outcome, outId, imposterIds, votes } }: { reveal: Reveal }) {
  const imposters = imposterIds.length === 1 ? "The imposter" : "The imposters"
  if (outcome === "CALLED_OFF") return <>The round was called off.</>
  if (outId === null) return <>{votes.length === 0 ? "Nobody voted" : "Tie again"}: nobody is out. {imposters} escaped.</>
  if (outcome === "CAUGHT") return <><Name id={outId} /> is out. Caught!</>
  return <><Name id={outId} /> is out, and knew the word. {imposters} escaped.</>
}

function GuessAwaited({ outId, endsAt }: { outId: string | null; endsAt: string }) {
  const leftMs = useCountdown(endsAt)
  return (
    <p role="status" className="flex items-center justify-between gap-3 rounded-xl border-2 border-line bg-raised px-4 py-3">
      <span>{outId === null ? "The imposter" : <Name id={outId} />} may guess the word.</span>
      {leftMs !== null && <span role="timer" aria-label="To guess" className="numerals text-3xl">{clockText(leftMs)}</span>}
    </p>
  )
}

function Secret({ reveal: { word, hint, guess, outId } }: { reveal: Reveal }) {
  if (word === null) return null
  return (
    <Card className="animate-rise">
      <dl className="grid grid-cols-1 gap-3">
        <Line name="The word" isBig>{word}</Line>
        {hint !== null && <Line name="The hint">{hint}</Line>}
        {guess && outId !== null && <Line name={<><Name id={outId} /> guessed</>} aside={guess.isRight ? "✓ Right" : "✗ Wrong"}>{guess.text}</Line>}
      </dl>
    </Card>
  )
}

type LineProps = { name: ReactNode; children: string; aside?: string; isBig?: boolean }

function Line({ name, children, aside, isBig = false }: LineProps) {
  return (
    <div className="grid grid-cols-1">
      <dt className="text-muted">{name}</dt>
      <dd className={classNames("flex items-baseline justify-between gap-3 font-display leading-tight font-extrabold", isBig ? "text-4xl" : "text-2xl")}>
        <bdi className="min-w-0 [overflow-wrap:anywhere]">{children}</bdi>
        {aside && <span className="shrink-0 text-xl">{aside}</span>}
      </dd>
    </div>
  )
}

function Votes({ reveal: { votes } }: { reveal: Reveal }) {
  if (votes.length === 0) return null
  return (
    <Card title="The votes">
      <ul className="grid grid-cols-1 gap-3">
        {tallyOf(votes).map(({ targetId, voterIds }) => (
          <Person key={targetId} id={targetId} aside={<span className="numerals text-3xl">{voterIds.length}</span>}>
            named by <Names ids={voterIds} most={20} />
          </Person>
        ))}
      </ul>
    </Card>
  )
}

function Winnings({ reveal: { coins } }: { reveal: Reveal }) {
  if (coins.length === 0) return null
  return (
    <Card title="Coins">
      <ul className="grid grid-cols-1 gap-2">
        {coins.map((row) => <Person key={row.guestId} id={row.guestId} aside={<Coins amount={row.coins} signed />} />)}
      </ul>
    </Card>
  )
}

function Person({ id, aside, children }: { id: string; aside: ReactNode; children?: ReactNode }) {
  const nameOf = useNames()
  return (
    <li className="flex items-center gap-3">
      <Avatar id={id} name={nameOf(id)} />
      <span className="grid min-w-0 flex-1 grid-cols-1">
        <span className="line-clamp-2 text-lg leading-tight"><Name id={id} /></span>
        {children && <span className="text-muted">{children}</span>}
      </span>
      <span className="shrink-0">{aside}</span>
    </li>
  )
}
