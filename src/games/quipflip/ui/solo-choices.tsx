"use client"

import { Copy, type LucideIcon, PenLine, Search } from "lucide-react"
import { beginSecondCopyAction, beginSoloRoundAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { classNames } from "@/ui/class-names"
import { CoinGlyph } from "@/ui/coins"
import { Notice } from "@/ui/notice"
import { copyFeeCoins } from "../fees"
import type { SecondCopyView, SoloDeskView } from "../solo-view"
import type { OpenRoundView } from "../view"
import { counted } from "./phone-words"
import { useSoloCommand } from "./use-solo-command"

type Kind = OpenRoundView["type"]

type SoloChoicesProps = {
  desk: SoloDeskView
  /** Coins. */
  walletBalance: number
  refresh: () => void
  /** `version` is that of the answer. */
  onBegun: (round: OpenRoundView, version: number) => void
}

const looks: readonly { readonly kind: Kind; readonly title: string; readonly Icon: LucideIcon }[] = [
  { kind: "PROMPT", title: "Write", Icon: PenLine },
  { kind: "COPY", title: "Copy", Icon: Copy },
  { kind: "VOTE", title: "Vote", Icon: Search },
]

/** What one can begin alone, what of it waits and what it costs [QF-N1] [QF-N2] [QF-E9]. */
export function SoloChoices({ desk, walletBalance, refresh, onBegun }: SoloChoicesProps) {
  const command = useSoloCommand(refresh)
  const { busyPlace, problem } = command

  async function begin(kind: Kind) {
    const begun = await command.run(kind, (id) => beginSoloRoundAction(kind, id))
    if (begun) onBegun(begun.round, begun.version)
  }

  async function buy(promptRoundId: string) {
    const begun = await command.run(promptRoundId, (id) => beginSecondCopyAction(promptRoundId, id), `second-copy:${promptRoundId}`)
    if (begun) onBegun(begun.round, begun.version)
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <ul aria-label="What to play" className="grid grid-cols-1 gap-3">
        {looks.map(({ kind, title, Icon }) => {
          const why = whyNot(kind, desk, walletBalance)
          return (
            <li key={kind} className="grid min-w-0 grid-cols-1">
              <Choice title={title} Icon={Icon} words={why ?? whatWaits(kind, desk)} coins={desk.fees[kind]} usualCoins={kind === "COPY" ? copyFeeCoins : desk.fees[kind]} isOpen={why === null} isBusy={busyPlace === kind} onBegin={() => void begin(kind)} />
            </li>
          )
        })}
      </ul>
      <Notice>{problem?.text}</Notice>
      <SecondCopies offers={desk.secondCopies} walletBalance={walletBalance} busyPlace={busyPlace} onBuy={(id) => void buy(id)} />
    </div>
  )
}

/** Why one cannot begin it just now, or null. */
function whyNot(kind: Kind, { fees, copyable, votable, waitingPrompts, openSets }: SoloDeskView, walletBalance: number): string | null {
  if (kind === "COPY" && copyable === 0) return waitingPrompts === 0 ? "No phrase waits for a copy." : "What waits is yours, or you have copied it."
  if (kind === "VOTE" && votable === 0) return openSets === 0 ? "No set waits for votes." : "What waits is yours, or you have voted."
  const missing = fees[kind] - walletBalance
  return missing > 0 ? `You are ${counted(missing, "coin", "coins")} short.` : null
}

function whatWaits(kind: Kind, { copyable, votable }: SoloDeskView): string {
  if (kind === "PROMPT") return "Finish a silly line. Others will copy it."
  if (kind === "COPY") return `${counted(copyable, "phrase waits", "phrases wait")}. Say one in other words.`
  return `${counted(votable, "set waits", "sets wait")}. Spot the original: 20 coins.`
}

type ChoiceProps = {
  title: string
  Icon: LucideIcon
  words: string
  coins: number
  usualCoins: number
  isOpen: boolean
  isBusy: boolean
  onBegin: () => void
}

function Choice({ title, Icon, words, coins, usualCoins, isOpen, isBusy, onBegin }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      aria-disabled={!isOpen || isBusy || undefined}
      onClick={() => isOpen && !isBusy && onBegin()}
      className={classNames(
        "flex min-h-24 min-w-0 items-center gap-3 rounded-2xl border-2 px-3 py-3 text-left transition-transform active:translate-y-0.5 aria-disabled:cursor-not-allowed",
        isOpen ? "border-accent bg-surface" : "border-line bg-surface text-muted",
        isBusy && "animate-pulse",
      )}
    >
      <span aria-hidden className={classNames("grid size-14 shrink-0 place-items-center rounded-xl [&_svg]:size-7", isOpen ? "bg-accent text-on-accent" : "bg-raised")}><Icon /></span>
      <span className="grid min-w-0 flex-1 grid-cols-1 gap-0.5">
        <span className="display text-3xl leading-none">{title}</span>
        <span className="text-base leading-tight">{words}</span>
      </span>
      <span className="numerals flex shrink-0 items-center gap-1 text-2xl">
        <CoinGlyph />
        {coins < usualCoins && <s className="text-lg text-muted"><span className="sr-only">instead of </span>{usualCoins}</s>}
        {coins}
        <span className="sr-only"> coins</span>
      </span>
    </button>
  )
}

type SecondCopiesProps = { offers: readonly SecondCopyView[]; walletBalance: number; busyPlace: string | null; onBuy: (promptRoundId: string) => void }

/** The other copy of what one has copied, while it is free [QF-E4]. */
function SecondCopies({ offers, walletBalance, busyPlace, onBuy }: SecondCopiesProps) {
  if (offers.length === 0) return null
  return (
    <section aria-label="Second copies" className="grid grid-cols-1 gap-2 rounded-2xl border-2 border-line bg-surface p-3">
      <h3 className="text-2xl">Both copies yours?</h3>
      <p className="text-base text-muted">Write the second one, too: 50 coins more are in the pool then.</p>
      <ul className="grid grid-cols-1 gap-2">
        {offers.map(({ promptRoundId, originalPhrase, feeCoins }) => (
          <li key={promptRoundId} className="flex min-w-0 items-center justify-between gap-3">
            <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">{originalPhrase}</span>
            <Button look="quiet" size="small" className="shrink-0" pending={busyPlace === promptRoundId} disabled={walletBalance < feeCoins} onClick={() => onBuy(promptRoundId)}>
              Copy for {feeCoins}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
