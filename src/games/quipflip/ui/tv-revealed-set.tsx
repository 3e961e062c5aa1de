"use client"

import * as m from "framer-motion/m"
import type { ReactNode } from "react"
import type { SetBeat } from "../reveal-timeline"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { MotionProvider } from "@/ui/motion"
import { Tag } from "@/ui/tag"
import type { RevealedPhrase, RevealedSet } from "../view"
import { TvSessionHeading } from "./tv-session-heading"
import { isTold, storyWords, toldPhrases, verdictWords, writerWords } from "./tv-told-phrases"

type TvRevealedSetProps = {
  set: RevealedSet
  beat: SetBeat
  /** Which it is of those that are told, from 1. */
  number: number
  count: number
  corner: ReactNode
}

type Voter = RevealedPhrase["voters"][number]

/** A set as it is told: the prompt, three phrases, who took which for the original, the original, who wrote what. Give it the set's id as key. */
export function TvRevealedSet({ set, beat, number, count, corner }: TvRevealedSetProps) {
  const phrases = toldPhrases(set)
  const voters = set.phrases.flatMap((phrase) => phrase.voters)
  const size = phraseSize(Math.max(...phrases.map(({ phrase }) => phrase.length)))
  const isPromptAlone = beat === "prompt"
  return (
    <MotionProvider>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] gap-7">
        <TvSessionHeading aside={set.isFiller ? <Tag look="outline" className="text-4xl!">From the house</Tag> : null}>Reveal {number} of {count}</TvSessionHeading>
        {isPromptAlone ? (
          <div className="grid min-h-0 content-center gap-8">
            <p className="display text-5xl text-muted">{set.isFiller ? "The house asked" : "The prompt"}</p>
            <h2 key="alone" className={classNames("animate-rise text-left normal-case! leading-[1.02]!", set.promptText.length > 60 ? "text-8xl" : "text-9xl")}>{set.promptText}</h2>
          </div>
        ) : (
          <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-6">
            <h2 key="above" className={classNames("line-clamp-2 animate-rise py-1 text-left normal-case! leading-[1.02]!", set.promptText.length > 60 ? "text-6xl" : "text-7xl")}>{set.promptText}</h2>
            <ol aria-label="The three phrases" className="grid min-h-0 grid-rows-3 gap-4">
              {phrases.map((phrase, index) => <Phrase key={phrase.role} phrase={phrase} letter={"ABC".charAt(index)} size={size} beat={beat} delayMs={index * 700} />)}
            </ol>
          </div>
        )}
        <div className="grid min-h-48 grid-cols-[minmax(0,1fr)_auto] items-end gap-12">
          <Footer set={set} beat={beat} voters={voters} />
          {corner}
        </div>
      </div>
    </MotionProvider>
  )
}

type PhraseProps = { phrase: RevealedPhrase; letter: string; size: string; beat: SetBeat; delayMs: number }

function Phrase({ phrase, letter, size, beat, delayMs }: PhraseProps) {
  const { role, phrase: text, coins, voters } = phrase
  const isOriginal = role === "ORIGINAL"
  const isUncovered = isTold(beat, "original")
  const areWritersTold = isTold(beat, "writers")
  return (
    <li
      className={classNames(
        "min-h-0 animate-rise overflow-hidden rounded-3xl border-4 transition-[border-color,background-color,opacity] duration-500 [container-type:size]",
        isUncovered && isOriginal ? "border-lap-green bg-raised" : "border-accent/60 bg-surface",
        isUncovered && !isOriginal && !areWritersTold && "opacity-60",
      )}
      style={{ animationDelay: `${delayMs}ms` }}
    >
      <div className="grid h-full grid-cols-[auto_minmax(0,1fr)_auto_auto] items-center gap-8 px-8">
        <span aria-hidden className={classNames("display grid size-24 -skew-x-12 place-items-center text-7xl", isUncovered && isOriginal ? "bg-lap-green text-ground" : "bg-accent text-on-accent")}>{letter}</span>
        <div className="grid min-w-0 gap-1">
          <p className={classNames("display leading-[0.95]", size)}>{text}</p>
          {isUncovered && <Verdict phrase={phrase} isWriterTold={areWritersTold} />}
        </div>
        <Votes voters={isTold(beat, "votes") ? voters : []} isRight={isUncovered ? isOriginal : null} />
        <span className={classNames("w-60 text-right", (!areWritersTold || coins === 0) && "invisible")}>
          <Coins amount={areWritersTold ? coins : 0} signed size="huge" />
        </span>
      </div>
    </li>
  )
}

/** What a phrase was, then whose. */
function Verdict({ phrase, isWriterTold }: { phrase: RevealedPhrase; isWriterTold: boolean }) {
  const { role, writer, isByHouse } = phrase
  const isOriginal = role === "ORIGINAL"
  return (
    <p className="flex min-w-0 items-center gap-5 text-4xl">
      <span className={classNames("display animate-card-turn rounded-lg px-4 py-1 text-3xl whitespace-nowrap", isOriginal ? "bg-lap-green text-ground" : "bg-raised text-muted")}>{isOriginal ? "✓ The original" : "✗ A copy"}</span>
      {isWriterTold && (
        <span dir="auto" className="flex min-w-0 animate-pop items-center gap-3 font-bold">
          {writer && !isByHouse && <Avatar id={writer.guestId ?? writer.participantId} name={writer.name} size="normal" />}
          <span className="truncate leading-tight">by {writerWords(phrase)}</span>
        </span>
      )}
    </p>
  )
}

/** Those who took a phrase for the original; they fly here from the bench. `isRight` is null while nobody knows. */
function Votes({ voters, isRight }: { voters: readonly Voter[]; isRight: boolean | null }) {
  return (
    <ul aria-label="Took it for the original" className="flex items-center gap-3 empty:hidden">
      {voters.map((voter, index) => (
        <m.li key={voter.participantId} layoutId={`vote ${voter.participantId}`} transition={{ delay: index * 0.25, type: "spring", stiffness: 120, damping: 18 }}>
          <VoterFace voter={voter} isRight={isRight} isCrowded={voters.length > roomyVoters} />
        </m.li>
      ))}
    </ul>
  )
}

/** So many have room for a whole name. */
const roomyVoters = 4

function VoterFace({ voter, isRight, isCrowded }: { voter: Voter; isRight: boolean | null; isCrowded: boolean }) {
  return (
    <span className={classNames("grid justify-items-center gap-1", isCrowded ? "w-22" : "w-32")}>
      <span className="relative">
        <Avatar id={voter.guestId ?? voter.participantId} name={voter.name} size="big" className={voter.isByHouse ? "opacity-60" : undefined} />
        {isRight !== null && (
          <span className={classNames("absolute -right-3 -bottom-1 grid size-8 animate-pop place-items-center rounded-full text-xl font-black", isRight ? "bg-lap-green text-ground" : "bg-danger text-on-danger")}>
            <span aria-hidden>{isRight ? "✓" : "✗"}</span>
            <span className="sr-only">{isRight ? "right" : "fooled"}</span>
          </span>
        )}
      </span>
      <span dir="auto" className="max-w-full truncate text-2xl leading-tight font-bold">{voter.isByHouse ? "house" : voter.name}</span>
    </span>
  )
}

/** Under the phrases: who will vote, then how they did. */
function Footer({ set, beat, voters }: { set: RevealedSet; beat: SetBeat; voters: readonly Voter[] }) {
  if (isTold(beat, "original")) {
    const story = isTold(beat, "writers") ? storyWords(set) : null
    const words = story ?? verdictWords(set)
    return (
      <div role="status" className="grid gap-3">
        <p key={story === null ? "verdict" : "story"} dir="auto" className={classNames("display line-clamp-2 animate-pop justify-self-start text-accent-text", words.length > 28 ? "text-6xl" : "text-8xl")}>{words}</p>
        {isTold(beat, "writers") && <p className="flex animate-rise items-center gap-4 text-4xl text-muted">In the pool: <Coins amount={set.poolCoins} size="big" className="text-5xl!" /></p>}
      </div>
    )
  }
  return (
    <div className="grid gap-5">
      <p className="display text-6xl text-muted">{beat === "votes" ? "The votes are in" : isTold(beat, "phrases") ? "Which is the original?" : ""}</p>
      <ul aria-label="Voters" className="flex min-h-24 gap-3">
        {!isTold(beat, "votes") && voters.map((voter) => (
          <m.li key={voter.participantId} layoutId={`vote ${voter.participantId}`}>
            <VoterFace voter={voter} isRight={null} isCrowded={voters.length > roomyVoters} />
          </m.li>
        ))}
      </ul>
    </div>
  )
}

/** By the longest of the three, so that no size gives one away; never higher than the row has room for, which a strip makes lower. */
function phraseSize(letters: number): string {
  if (letters <= 22) return "text-[min(6rem,55cqh)]"
  if (letters <= 34) return "text-[min(4rem,55cqh)]"
  if (letters <= 44) return "text-[min(3rem,50cqh)]"
  return letters <= 56 ? "text-[min(2.6rem,40cqh)]" : "text-[min(2.2rem,27cqh)]"
}
