import { Crown } from "lucide-react"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { Tag } from "@/ui/tag"
import type { RevealedPhrase, RevealedSet } from "../view"
import { PlayerName } from "./phone-names"

type RevealedSetCardProps = { set: RevealedSet; number: number; of: number; ownId: string }

/** A set, revealed: which phrase was first, who wrote what, and who fell for it. */
export function RevealedSetCard({ set, number, of, ownId }: RevealedSetCardProps) {
  return (
    <article className="grid grid-cols-1 gap-3 rounded-2xl border-2 border-line bg-surface p-3">
      <header className="grid grid-cols-1 gap-1.5">
        <p className="flex items-center justify-between gap-3 text-base text-muted">
          <span><span className="numerals text-xl">{number}</span> of {of}</span>
          {set.isFiller ? <span>One of the house’s</span> : <span>Pool <span className="numerals text-xl text-coins-text">{set.poolCoins}</span></span>}
        </p>
        <h3 className="font-text text-xl leading-snug font-semibold tracking-normal normal-case">{set.promptText}</h3>
      </header>
      <ul className="grid grid-cols-1 gap-2">
        {set.phrases.map((phrase) => <Phrase key={phrase.role} phrase={phrase} ownId={ownId} />)}
      </ul>
    </article>
  )
}

function Phrase({ phrase, ownId }: { phrase: RevealedPhrase; ownId: string }) {
  const isOriginal = phrase.role === "ORIGINAL"
  return (
    <li className={classNames("grid grid-cols-1 gap-1 rounded-xl border-2 px-3 py-2", isOriginal ? "border-accent bg-raised" : "border-transparent bg-raised")}>
      <p className="flex items-start justify-between gap-2">
        <span className="display min-w-0 text-2xl leading-none [overflow-wrap:anywhere]">{phrase.phrase}</span>
        {isOriginal && <Tag className="shrink-0 text-base"><span className="flex items-center gap-1"><Crown aria-hidden className="size-4" />Original</span></Tag>}
      </p>
      <p className="flex items-center justify-between gap-2 text-base text-muted">
        <span className="min-w-0">by <Writer phrase={phrase} ownId={ownId} /></span>
        {phrase.writer && phrase.coins > 0 && <Coins amount={phrase.coins} signed className="shrink-0" />}
      </p>
      {phrase.voters.length > 0 && <Voters phrase={phrase} isOriginal={isOriginal} ownId={ownId} />}
    </li>
  )
}

/** The house's part is marked: it wrote in somebody's place, or in nobody's [QF-S6] [QF-S8]. */
function Writer({ phrase: { writer, isByHouse }, ownId }: { phrase: RevealedPhrase; ownId: string }) {
  if (!writer) return <strong className="text-ink">the house</strong>
  const name = writer.guestId === ownId ? <strong className="text-ink">you</strong> : <PlayerName name={writer.name} />
  return isByHouse ? <><strong className="text-ink">the house</strong> for {name}</> : name
}

function Voters({ phrase, isOriginal, ownId }: { phrase: RevealedPhrase; isOriginal: boolean; ownId: string }) {
  // "You" begins the sentence.
  const voters = phrase.voters.toSorted((a, b) => Number(b.guestId === ownId) - Number(a.guestId === ownId))
  return (
    <p className={classNames("text-base", isOriginal ? "text-lan-text" : "text-imposter-text")}>
      <span aria-hidden>{isOriginal ? "✓ " : "✗ "}</span>
      {voters.map(({ participantId, guestId, name, isByHouse }, index) => (
        <span key={participantId}>{index > 0 && (index === voters.length - 1 ? " and " : ", ")}<bdi className="font-semibold">{guestId === ownId ? "You" : name}</bdi>{isByHouse && " (the house)"}</span>
      ))}
      {isOriginal ? " spotted it" : " fell for it"}
    </p>
  )
}
