"use client"

import { type FormEvent, useState } from "react"
import { Button } from "@/ui/button"
import { Coins } from "@/ui/coins"
import { Dialog } from "@/ui/dialog"
import { Field } from "@/ui/field"
import type { MarketView } from "../view"
import { newStakePays, readStake } from "./own-stakes"
import type { BetPlacer } from "./use-bet"

const chipCoins = [50, 100, 250]
const place = "dialog"

type StakeDialogProps = {
  market: MarketView
  /** The driver to back; null while closed. */
  target: { readonly targetId: string; readonly targetName: string } | null
  /** The most this guest may stake now, in coins. */
  most: number
  placer: BetPlacer
  onClose: () => void
}

/** Any other amount than the quick one. */
export function StakeDialog({ target, onClose, ...rest }: StakeDialogProps) {
  return (
    <Dialog open={target !== null} onClose={onClose} title={`On ${target?.targetName ?? ""}`} accent="coins">
      {target && <StakeForm key={target.targetId} {...rest} targetId={target.targetId} onClose={onClose} />}
    </Dialog>
  )
}

type StakeFormProps = Omit<StakeDialogProps, "target"> & { targetId: string }

function StakeForm({ market, targetId, most, placer, onClose }: StakeFormProps) {
  const [text, setText] = useState("")
  const [isRefused, setIsRefused] = useState(false)
  const amount = readStake(text, most)
  const range = most < 1 ? "Your purse is empty." : `A whole number from 1 to ${most}.`

  function choose(next: string) {
    setText(next)
    setIsRefused(false)
    placer.clearProblem()
  }

  async function send() {
    if (amount === null) return setIsRefused(true)
    if (await placer.bet(place, targetId, amount)) onClose()
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    void send()
  }

  return (
    <form onSubmit={handleSubmit} className="grid gap-4">
      <div role="group" aria-label="Amounts" className="grid grid-cols-4 gap-2">
        {chipCoins.map((coins) => (
          <Button key={coins} look="quiet" disabled={coins > most} onClick={() => choose(String(coins))} className="numerals px-1!">{coins}</Button>
        ))}
        <Button look="quiet" disabled={most < 1} onClick={() => choose(String(most))} className="px-1!">All</Button>
      </div>
      <Field
        label="Coins"
        value={text}
        onChange={(event) => choose(event.target.value)}
        inputMode="numeric"
        autoComplete="off"
        enterKeyHint="send"
        maxLength={9}
        hint={isRefused ? undefined : range}
        error={isRefused ? range : placer.problemAt(place)}
        className="numerals text-4xl!"
      />
      <p className="flex min-h-11 items-center justify-between gap-3 text-lg" aria-live="polite">
        <span>{market.oddsMode === "FIXED" ? "Pays if it wins" : "Would pay now"}</span>
        {amount === null ? <span className="text-muted">—</span> : <Coins amount={newStakePays(market, targetId, amount)} size="big" />}
      </p>
      <Button type="submit" size="big" pending={placer.busyPlace === place}>{amount === null ? "Bet" : `Bet ${amount}`}</Button>
    </form>
  )
}
