"use client"

import { ButtonLink } from "@/ui/button-link"
import { Button } from "@/ui/button"
import { Tag } from "@/ui/tag"

type Ending = { readonly tag: string; readonly title: string; readonly advice: string; readonly canComeBack: boolean }

const endings: Record<string, Ending> = {
  kicked: {
    tag: "Red flag",
    title: "The host closed your seat",
    advice: "Ask the host to let you back in. Your coins and your laps are kept.",
    canComeBack: true,
  },
  party_unknown: {
    tag: "Chequered flag",
    title: "This party is gone",
    advice: "The host has deleted it. Scan the QR code on the TV for the next one.",
    canComeBack: false,
  },
  not_signed_in: {
    tag: "Pit stop",
    title: "This phone has no seat",
    advice: "Come back with your own PIN, or join as somebody new.",
    canComeBack: false,
  },
}

type LeftTheNightProps = {
  /** The server's code; one that is not known here is shown with its own sentence. */
  code: string
  /** The server's sentence. */
  error: string
  onRetry: () => void
  isRetrying?: boolean
}

/** This phone is no longer part of the night: says why and what to do. */
export function LeftTheNight({ code, error, onRetry, isRetrying = false }: LeftTheNightProps) {
  const { tag, title, advice, canComeBack } = endings[code] ?? { tag: "Red flag", title: "No way in", advice: error, canComeBack: true }
  return (
    <main data-accent="imposter" className="phone-page grid min-h-dvh grid-rows-[1fr_auto] gap-6">
      <div role="alert" className="grid content-center gap-5">
        <Tag>{tag}</Tag>
        <h1 className="text-6xl">{title}</h1>
        <p className="text-xl text-muted">{advice}</p>
      </div>
      <div className="grid gap-3">
        {canComeBack && <Button size="big" pending={isRetrying} onClick={onRetry}>Try again</Button>}
        <ButtonLink href="/party/join" prefetch={false} size={canComeBack ? "normal" : "big"} look={canComeBack ? "quiet" : "primary"}>To the door</ButtonLink>
      </div>
    </main>
  )
}
