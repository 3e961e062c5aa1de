"use client"

import { useEffect, useState } from "react"
import { decideFlagAction, flaggedPhrasesAction } from "@/app/actions/party-logic"
import { useMoment, useNight } from "@/live/use-night"
import { useHostCommand } from "@/party/ui/use-host-command"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import type { FlaggedPhraseView } from "../solo-view"

/** Phrases of playing alone that somebody would not copy, for the host to keep or remove [QF-E10]. Nothing when there is none. */
export function FlaggedPhrases() {
  const { phrases, show } = useFlagged()
  const { run, busy, refusal, isOffline } = useHostCommand()
  if (phrases.length === 0) return null

  async function decide(promptRoundId: string, isKept: boolean) {
    const decided = await run((id) => decideFlagAction(promptRoundId, isKept, id), `flag ${promptRoundId} ${isKept}`)
    if (decided) show(decided.phrases)
  }

  return (
    <section aria-label="Flagged phrases" className="grid gap-3 rounded-xl bg-raised px-4 py-3">
      <h3 className="text-2xl">Should this be shown?</h3>
      <ul className="grid gap-4">
        {phrases.map(({ promptRoundId, promptText, phrase }) => (
          <li key={promptRoundId} className="grid gap-2">
            <p className="text-muted [overflow-wrap:anywhere]">{promptText}</p>
            <p className="text-xl font-semibold [overflow-wrap:anywhere]">{phrase}</p>
            <div className="flex flex-wrap gap-2">
              <Button look="quiet" size="small" pending={busy} disabled={isOffline} onClick={() => void decide(promptRoundId, true)}>Keep</Button>
              <ConfirmButton size="small" question="Gone for good. Sure?" pending={busy} disabled={isOffline} onConfirm={() => void decide(promptRoundId, false)}>Remove</ConfirmButton>
            </div>
          </li>
        ))}
      </ul>
      <Notice>{refusal}</Notice>
    </section>
  )
}

/** No channel brings phrases: they are fetched whenever something in the night's queue changes. */
function useFlagged() {
  const { connection } = useNight()
  const [phrases, show] = useState<readonly FlaggedPhraseView[]>([])
  const [asked, setAsked] = useState(0)
  const isOffline = connection === "offline"
  useMoment((moment) => {
    if (moment.kind === "queueChanged") setAsked((times) => times + 1)
  })

  useEffect(() => {
    if (isOffline) return
    let isWanted = true
    void flaggedPhrasesAction().then(
      (answer) => {
        if (answer.success && isWanted) show(answer.phrases)
      },
      // No line: asked again when it is back.
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [asked, isOffline])

  return { phrases, show }
}
