"use client"

import { type FormEvent, useState } from "react"
import { grantCoinsAction, kickGuestAction, readmitGuestAction, renameGuestAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Field } from "@/ui/field"
import { Notice } from "@/ui/notice"
import type { GuestView } from "../view"
import { CallGuestButton } from "./call-guest-button"
import { useHostCommand } from "./use-host-command"

/** What the host can do for one guest: call, rename, grant, throw out and let back in. */
export function GuestControls({ guest }: { guest: GuestView }) {
  return (
    <div className="grid gap-4 rounded-xl bg-raised p-3 sm:p-4">
      <Rename key={guest.name} guest={guest} />
      {!guest.isDriverSeat && <Grant guest={guest} />}
      <div className="flex flex-wrap items-start justify-between gap-3">
        {!guest.isDriverSeat && !guest.isKicked ? <CallGuestButton guestId={guest.id} name={guest.name}>Call to the rig</CallGuestButton> : <span />}
        <Seat guest={guest} />
      </div>
    </div>
  )
}

function Rename({ guest }: { guest: GuestView }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  const [name, setName] = useState(guest.name)
  const isSame = name.trim() === guest.name || name.trim() === ""

  function send(event: FormEvent) {
    event.preventDefault()
    if (!isSame) void run(() => renameGuestAction(guest.id, name))
  }

  return (
    <form onSubmit={send} className="flex flex-wrap items-start gap-2">
      <div className="min-w-40 flex-1">
        <Field label="Name" dir="auto" autoComplete="off" maxLength={60} value={name} error={refusal} onChange={(event) => setName(event.target.value)} />
      </div>
      <Button type="submit" look="quiet" className="mt-7.5" pending={busy} disabled={isOffline || isSame}>Rename</Button>
    </form>
  )
}

/** Coins from the house; the reason stands on the guest's receipt [WAL-8]. */
function Grant({ guest }: { guest: GuestView }) {
  const { run, busy, refusal, isOffline, clear } = useHostCommand()
  const [coins, setCoins] = useState("")
  const [reason, setReason] = useState("")
  const [granted, setGranted] = useState<string | null>(null)

  async function grant(event: FormEvent) {
    event.preventDefault()
    const amount = Number(coins)
    const done = await run((id) => grantCoinsAction(guest.id, amount, reason || undefined, id), `grant ${guest.id} ${amount} ${reason}`)
    if (!done) return
    setGranted(`${amount.toLocaleString("en-US")} coins granted. ${guest.name} now has ${done.walletBalance.toLocaleString("en-US")}.`)
    setCoins("")
    setReason("")
  }

  return (
    <form onSubmit={(event) => void grant(event)} className="grid gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-28">
          <Field
            label="Coins"
            inputMode="numeric"
            autoComplete="off"
            value={coins}
            onChange={(event) => {
              setCoins(event.target.value.replace(/\D/g, "").slice(0, 6))
              setGranted(null)
              clear()
            }}
          />
        </div>
        <div className="min-w-36 flex-1">
          <Field label="What for" dir="auto" autoComplete="off" maxLength={80} placeholder="From the host" value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        <Button type="submit" look="quiet" pending={busy} disabled={isOffline || coins === ""} data-accent="coins">Grant</Button>
      </div>
      <Notice>{refusal}</Notice>
      <Notice tone="done">{granted}</Notice>
    </form>
  )
}

/** A kick keeps the seat, its coins and its bets, so that it can be undone [PTY-10]. */
function Seat({ guest }: { guest: GuestView }) {
  const { run, busy, refusal, isOffline } = useHostCommand()
  return (
    <div className="grid justify-items-end gap-2">
      {guest.isKicked ? (
        <Button size="small" pending={busy} disabled={isOffline} onClick={() => void run(() => readmitGuestAction(guest.id))}>Let back in</Button>
      ) : (
        <ConfirmButton size="small" question="Out? You can undo it." pending={busy} disabled={isOffline} onConfirm={() => void run(() => kickGuestAction(guest.id))}>
          Throw out
        </ConfirmButton>
      )}
      <Notice>{refusal}</Notice>
    </div>
  )
}
