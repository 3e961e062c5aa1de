"use client"

import { useCallback, useEffect, useState } from "react"
import { getReceiptAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { Coins } from "@/ui/coins"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import type { ReceiptLine } from "../view"
import { causeOf, type RunningLine, withRunningPurse } from "./receipt-lines"

type Read = { readonly lines: ReceiptLine[]; readonly walletBalance: number }

/** Every movement of the own purse, newest first; read again whenever the purse or the debt changes. Coins. */
export function Receipt({ walletBalance, owedCoins }: { walletBalance: number; owedCoins: number }) {
  const [read, setRead] = useState<Read | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const load = useCallback(async () => {
    const answer = await getReceiptAction().catch(() => null)
    if (answer?.success) setRead({ lines: answer.lines, walletBalance })
    setProblem(answer?.success ? null : (answer?.error ?? "No connection. The receipt comes when it is back."))
  }, [walletBalance])

  useEffect(() => {
    // Let a burst of movements settle: each answer is the whole receipt.
    const timer = setTimeout(() => void load(), 150)
    return () => clearTimeout(timer)
  }, [load, owedCoins])

  return (
    <div className="grid gap-3">
      {problem && <Notice>{problem}</Notice>}
      {problem && <Button look="quiet" size="small" className="justify-self-start" onClick={() => void load()}>Try again</Button>}
      {!read && !problem && <ReceiptSkeleton />}
      {read && (
        <ol aria-label="My receipt" className="grid divide-y-2 divide-line">
          {withRunningPurse(read.lines, read.walletBalance).map((line) => <ReceiptRow key={line.id} line={line} />)}
        </ol>
      )}
    </div>
  )
}

function ReceiptRow({ line }: { line: RunningLine }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-2.5">
      <span className="font-semibold">{causeOf(line)}</span>
      <MovedCoins line={line} />
      <span className="text-base break-words text-muted">{line.note === causeOf(line) ? null : line.note}</span>
      <span className="text-right text-base text-muted">
        <span className="sr-only">then in the purse </span>
        <span aria-hidden>= </span>
        {line.walletAfter.toLocaleString("en-US")}
      </span>
    </li>
  )
}

/** A debt moves no purse; its line shows what is owed instead. */
function MovedCoins({ line }: { line: RunningLine }) {
  if (line.walletCoins === 0 && line.owedCoins > 0) {
    return <span className="text-base text-muted">owed {line.owedCoins.toLocaleString("en-US")}</span>
  }
  // The vault's part of a prize moves no purse either.
  return <Coins amount={line.walletCoins === 0 ? line.vaultCoins : line.walletCoins} signed className="justify-self-end" />
}

function ReceiptSkeleton() {
  return (
    <div role="status" aria-label="The receipt is being read" className="grid gap-3">
      {[0, 1, 2].map((row) => <Skeleton key={row} className="h-14" />)}
    </div>
  )
}
