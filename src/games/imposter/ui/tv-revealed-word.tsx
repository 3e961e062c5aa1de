"use client"

import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import type { Reveal } from "../view"
import { Names } from "./names"
import { TvClock } from "./tv-clock"
import { useNames } from "./use-names"
import { paidTogether } from "./tally"

/** As many names stand beside one amount. */
const mostNamed = 4

/** The word and what the round brought; the word stays hidden for as long as it may be guessed [IMP-4] [IMP-16]. */
export function TvRevealedWord({ reveal, isTold }: { reveal: Reveal; isTold: boolean }) {
  return (
    <div className="grid min-h-0 content-start gap-6 overflow-hidden">
      {isTold && (reveal.word === null ? <Guessing reveal={reveal} /> : <TheWord reveal={reveal} />)}
      <Paid coins={reveal.coins} isTold={isTold} />
    </div>
  )
}

function Guessing({ reveal: { guessEndsAt, outId } }: { reveal: Reveal }) {
  const nameOf = useNames()
  if (guessEndsAt === null || outId === null) return null
  return (
    <section aria-label="The last guess" className="grid animate-rise gap-4 rounded-2xl border-4 border-accent bg-surface p-5">
      <p className="text-4xl leading-tight font-semibold"><bdi className="[overflow-wrap:anywhere]">{nameOf(outId)}</bdi> may guess the word</p>
      <TvClock endsAt={guessEndsAt} words="Say nothing!" size="normal" urgentMs={10_000} />
    </section>
  )
}

function TheWord({ reveal }: { reveal: Reveal }) {
  const { word, hint } = reveal
  return (
    <section aria-label="The word" className="grid animate-card-turn gap-5 rounded-2xl border-4 border-lap-green bg-surface p-5">
      <div className="grid gap-1">
        <p className="text-2xl text-muted">The word</p>
        <p dir="auto" className={classNames("display line-clamp-3 py-1 text-left [overflow-wrap:anywhere]", wordSize(word))}>{word}</p>
      </div>
      <div className="grid gap-1">
        <p className="text-2xl text-muted">{hintTitle(reveal)}</p>
        <p dir="auto" className="display line-clamp-2 py-1 text-left text-4xl text-accent-text [overflow-wrap:anywhere]">{hint}</p>
      </div>
      <Guess reveal={reveal} />
    </section>
  )
}

function Guess({ reveal: { outcome, guess, outId } }: { reveal: Reveal }) {
  const nameOf = useNames()
  if (outcome !== "CAUGHT" || outId === null) return null
  const name = <bdi className="[overflow-wrap:anywhere]">{nameOf(outId)}</bdi>
  if (!guess) return <p className="text-3xl">{name} did not guess it.</p>
  return (
    <p role="status" className="text-3xl leading-snug">
      {name} guessed <strong dir="auto" className="[overflow-wrap:anywhere]">“{guess.text}”</strong>:{" "}
      <strong className={guess.isRight ? "text-lap-green" : "text-accent-text"}>{guess.isRight ? "✓ right!" : "✗ wrong"}</strong>
    </p>
  )
}

/** Counts up from nothing when its time has come, so that the coins are seen to fly. */
function Paid({ coins, isTold }: { coins: Reveal["coins"]; isTold: boolean }) {
  if (coins.length === 0) return null
  return (
    <section aria-label="Coins from the house" className={classNames("grid gap-2", !isTold && "invisible")}>
      <ul className="grid gap-2">
        {paidTogether(coins).map(({ amount, guestIds }) => (
          <li key={amount} className="grid min-h-16 grid-cols-[auto_minmax(0,1fr)] items-center gap-5 rounded-xl bg-surface px-4 py-1.5">
            <Coins amount={isTold ? amount : 0} signed size="big" className="text-5xl!" />
            <p className="line-clamp-2 text-2xl leading-tight">{guestIds.length > 1 && "each: "}<Names ids={guestIds} most={mostNamed} /></p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function hintTitle({ imposterIds, misterWhiteId }: Reveal): string {
  if (misterWhiteId === null) return imposterIds.length === 1 ? "The imposter's hint" : "The imposters' hint"
  return imposterIds.length === 1 ? "The hint Mr White did not get" : "The hint of all but Mr White"
}

function wordSize(word: string | null): string {
  const longest = Math.max(...(word ?? "").split(/\s/).map((part) => Array.from(part).length))
  if (longest > 14) return "text-5xl"
  return longest > 9 ? "text-7xl" : "text-8xl"
}
