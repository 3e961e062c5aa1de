"use client"

import { useState } from "react"
import { deletePartyAction, endPartyAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Dialog } from "@/ui/dialog"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import { useHostCommand } from "./use-host-command"

/** The end of the night, and of everything about it [PTY-12] [PTY-16]. */
export function PartyEnding({ onDeleted }: { onDeleted: () => void }) {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [isDeleting, setIsDeleting] = useState(false)
  const hasEnded = night.party.status === "ENDED"
  return (
    <div className="grid gap-3">
      {hasEnded && <Notice tone="tip">The party is over. Guests can look; you can still settle, call off and export.</Notice>}
      <div className="flex flex-wrap gap-3">
        {!hasEnded && (
          <ConfirmButton size="small" question="No way back: end it?" pending={busy} disabled={isOffline} onConfirm={() => void run(() => endPartyAction())}>
            End the party
          </ConfirmButton>
        )}
        <Button look="quiet" size="small" onClick={() => setIsDeleting(true)}>Delete everything …</Button>
      </div>
      <Notice>{refusal}</Notice>
      <Dialog open={isDeleting} onClose={() => setIsDeleting(false)} title="Delete everything?" accent="imposter">
        <DeleteParty onDeleted={onDeleted} />
      </Dialog>
    </div>
  )
}

function DeleteParty({ onDeleted }: { onDeleted: () => void }) {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [typed, setTyped] = useState("")
  const isSure = typed.trim() === night.party.name

  async function remove() {
    if (await run(() => deletePartyAction())) onDeleted()
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSure) void remove()
      }}
    >
      <p>Guests, races, bets and coins of this party are gone for good. Export first if you want to keep them.</p>
      <Field
        label="Type the party's name to confirm"
        hint={<>It is called <strong dir="auto" className="text-ink">{night.party.name}</strong>.</>}
        autoComplete="off"
        dir="auto"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" look="danger" pending={busy} disabled={isOffline || !isSure}>Delete everything</Button>
      <Notice>{refusal}</Notice>
    </form>
  )
}
