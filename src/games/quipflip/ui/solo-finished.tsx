"use client"

import { Check } from "lucide-react"
import { useNight } from "@/live/use-night"
import { Coins } from "@/ui/coins"
import type { PhrasesetRole } from "../roles"
import type { FinishedSetView, RevealedPhraseView } from "../solo-view"
import { counted } from "./phone-words"

const roleWords: Readonly<Record<PhrasesetRole, string>> = { ORIGINAL: "The original", COPY_1: "A copy", COPY_2: "A copy" }

/** Final sets one wrote in or voted on: who wrote what, who fell for it, what it brought [QF-E14]. */
export function SoloFinished({ sets, guestId }: { sets: readonly FinishedSetView[]; guestId: string }) {
  if (sets.length === 0) return null
  return (
    <section aria-label="What is over" className="grid grid-cols-1 gap-3">
      <h3 className="text-2xl">What is over</h3>
      <ul className="grid grid-cols-1 gap-3">
        {sets.map((set) => (
          <li key={set.phrasesetId} className="grid grid-cols-1 gap-2 rounded-2xl border-2 border-line bg-surface p-3">
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0 font-semibold [overflow-wrap:anywhere]">{set.promptText}</p>
              {hasWritten(set, guestId) && <Coins amount={set.ownCoins} signed className="shrink-0" />}
            </div>
            <ul className="grid grid-cols-1 gap-2">
              {set.phrases.map((phrase) => <Phrase key={phrase.role} phrase={phrase} guestId={guestId} isOwnChoice={phrase.role === set.ownChoice} />)}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

function hasWritten({ phrases }: FinishedSetView, guestId: string): boolean {
  return phrases.some(({ writerId }) => writerId === guestId)
}

type PhraseProps = { phrase: RevealedPhraseView; guestId: string; isOwnChoice: boolean }

function Phrase({ phrase: { role, phrase, writerId, coins, votes, voterIds }, guestId, isOwnChoice }: PhraseProps) {
  return (
    <li className="grid min-w-0 grid-cols-1 gap-0.5 rounded-xl bg-raised px-3 py-2">
      <span className="display text-xl leading-tight [overflow-wrap:anywhere]">{phrase}</span>
      <span className="text-base text-muted">
        {roleWords[role]} by <Guest id={writerId} guestId={guestId} />: {counted(coins, "coin", "coins")}, {counted(votes, "vote", "votes")}
        {voterIds.map((id, index) => <span key={id}>{index === 0 ? " by " : ", "}<Guest id={id} guestId={guestId} /></span>)}
      </span>
      {isOwnChoice && <span className="flex items-center gap-1 text-base font-semibold"><Check aria-hidden className="size-5 shrink-0" /> Your vote</span>}
    </li>
  )
}

/** A guest's name in a sentence; whatever script it is written in, it leaves the words around it alone. */
function Guest({ id, guestId }: { id: string | null; guestId: string }) {
  const { guests } = useNight().night
  const name = id === guestId ? "you" : (guests.find((guest) => guest.id === id)?.name ?? "the house")
  return <bdi className="font-semibold text-ink [overflow-wrap:anywhere]">{name}</bdi>
}
