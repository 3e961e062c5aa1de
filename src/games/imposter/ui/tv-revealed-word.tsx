"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { FlipList, FlipRow } from "@/ui/flip-list"
import type { Reveal } from "../view"
import { TvClock } from "./tv-clock"
import { useNames } from "./tv-names"

/** As many rows stand over the corner. */
const mostPaid = 5

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
        <p className="text-2xl text-muted">The imposter&apos;s hint</p>
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
      {name} guessed <strong dir="auto">“{guess.text}”</strong>:{" "}
      <strong className={guess.isRight ? "text-lap-green" : "text-accent-text"}>{guess.isRight ? "✓ right!" : "✗ wrong"}</strong>
    </p>
  )
}

/** Counts up from nothing when its time has come, so that the coins are seen to fly. */
function Paid({ coins, isTold }: { coins: Reveal["coins"]; isTold: boolean }) {
  const nameOf = useNames()
  if (coins.length === 0) return null
  const mostFirst = coins.toSorted((a, b) => b.coins - a.coins)
  return (
    <section aria-label="Coins" className={classNames("grid gap-2", !isTold && "invisible")}>
      <h2 className="text-4xl">From the house</h2>
      <FlipList label="Who got coins" className="grid gap-2">
        {mostFirst.slice(0, mostPaid).map((paid) => (
          <FlipRow key={paid.guestId} className="grid h-16 grid-cols-[2.75rem_minmax(0,1fr)_auto] items-center gap-4 rounded-xl bg-surface px-4">
            <Avatar id={paid.guestId} name={nameOf(paid.guestId)} />
            <span dir="auto" className="truncate text-left text-3xl font-bold">{nameOf(paid.guestId)}</span>
            <Coins amount={isTold ? paid.coins : 0} signed size="big" />
          </FlipRow>
        ))}
      </FlipList>
      {mostFirst.length > mostPaid && <p className="text-2xl text-muted">and {mostFirst.length - mostPaid} more</p>}
    </section>
  )
}

function wordSize(word: string | null): string {
  const longest = Math.max(...(word ?? "").split(/\s/).map((part) => Array.from(part).length))
  if (longest > 14) return "text-5xl"
  return longest > 9 ? "text-7xl" : "text-8xl"
}
