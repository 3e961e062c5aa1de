"use client"

import { EyeOff, VenetianMask } from "lucide-react"
import { classNames } from "@/ui/class-names"
import { Skeleton } from "@/ui/skeleton"
import type { CardView } from "../view"
import { useHold } from "./use-hold"

type PhoneCardProps = {
  /** Null while the phone fetches it. */
  card: CardView | null
  /** A strip instead of a card, where something else matters more. */
  isSmall?: boolean
  onSeen: () => void
}

/** The own card, face down: it shows its face while it is held. What stands on the face is nowhere in the page until then [IMP-4]. */
export function PhoneCard({ card, isSmall = false, onSeen }: PhoneCardProps) {
  const { isHeld, buttonProps } = useHold(onSeen)
  const height = isSmall ? "h-28" : "h-52"
  if (!card) {
    return (
      <div role="status">
        <span className="sr-only">Your card is being dealt</span>
        <Skeleton className={height} />
      </div>
    )
  }
  return (
    <div>
      <button
        type="button"
        aria-label="Hold to see your card"
        data-accent={isHeld && !card.isImposter ? "lan" : "imposter"}
        className={classNames(
          "relative grid w-full touch-none grid-cols-1 overflow-hidden rounded-2xl border-4 text-center select-none [-webkit-touch-callout:none]",
          height,
          isHeld ? "animate-card-turn border-accent bg-accent text-on-accent" : "border-accent bg-sunken text-ink",
        )}
        {...buttonProps}
      >
        {isHeld ? <Face card={card} isSmall={isSmall} /> : <Back isSmall={isSmall} />}
      </button>
      <p role="status" className="sr-only">{isHeld ? spoken(card) : ""}</p>
    </div>
  )
}

function Back({ isSmall }: { isSmall: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid content-center items-center justify-items-center gap-3 p-3",
        "bg-[repeating-linear-gradient(135deg,transparent_0_18px,color-mix(in_srgb,var(--accent)_22%,transparent)_18px_36px)]",
        isSmall && "grid-cols-[auto_auto] justify-center",
      )}
    >
      <VenetianMask className={classNames("text-accent-text", isSmall ? "size-12" : "size-20")} />
      <span className={classNames("display rounded-lg bg-sunken px-3 py-1.5", isSmall ? "text-2xl" : "text-3xl")}>Hold to see your card</span>
    </span>
  )
}

function Face({ card, isSmall }: { card: CardView; isSmall: boolean }) {
  const { caption, label, word } = faceOf(card)
  return (
    <span aria-hidden className={classNames("grid grid-cols-1 content-center justify-items-center p-3", isSmall ? "gap-1" : "gap-2.5")}>
      <span className={classNames("display", isSmall ? "text-xl" : "text-3xl")}>{caption}</span>
      <span className="text-base font-semibold">{label}</span>
      {word === null ? (
        <span className={classNames("flex items-center gap-2.5 font-display font-extrabold", isSmall ? "text-2xl" : "text-4xl")}>
          <EyeOff className="size-[1em]" /> No hint
        </span>
      ) : (
        <span dir="auto" className={classNames("line-clamp-3 max-w-full pb-1 font-display leading-[1.1] font-extrabold [overflow-wrap:anywhere]", wordSize(word, isSmall))}>{word}</span>
      )}
    </span>
  )
}

/** Words, not the colour alone, say which side one is on. */
function faceOf({ isImposter, isMisterWhite, word }: CardView): { caption: string; label: string; word: string | null } {
  if (isMisterWhite) return { caption: "You are Mr White", label: "An imposter, and nobody helps you", word: null }
  if (isImposter) return { caption: "You are the imposter", label: "Your hint", word }
  return { caption: "You know the word", label: "The word", word }
}

function spoken(card: CardView): string {
  const { caption, label, word } = faceOf(card)
  return word === null ? `${caption}. ${label}. No hint.` : `${caption}. ${label}: ${word}`
}

function wordSize(word: string, isSmall: boolean): string {
  if (isSmall) return word.length > 18 ? "text-xl" : "text-3xl"
  if (word.length <= 10) return "text-6xl"
  return word.length <= 20 ? "text-5xl" : "text-3xl"
}
