"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { FlipList, FlipRow } from "@/ui/flip-list"
import type { MarketView } from "../view"
import { multiplierText } from "./multiplier-text"

type Selection = MarketView["selections"][number]

type OddsBoardProps = {
  market: MarketView
  /** full: the whole stage. side: a list beside the race, only drivers somebody backs. */
  size: "full" | "side"
}

const rowLimits = { full: 12, side: 7 }

/** Where the money is: a bar per driver, the most backed on top. */
export function OddsBoard({ market, size }: OddsBoardProps) {
  const backed = market.selections.toSorted((a, b) => b.stakedCoins - a.stakedCoins)
  const candidates = size === "side" ? backed.filter(({ stakedCoins }) => stakedCoins > 0) : backed
  const rows = candidates.slice(0, rowLimits[size])
  const more = candidates.length - rows.length
  return (
    <section aria-label="Stakes" className="grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-3">
      <FlipList label="Drivers by stakes" className={classNames("grid content-start gap-1.5", rowHeight(size, rows.length))}>
        {rows.map((selection) => (
          <FlipRow key={selection.targetId} className="relative isolate overflow-hidden rounded-xl bg-surface">
            <StakeBar selection={selection} poolCoins={market.poolCoins} />
            <StakeRow selection={selection} size={size} />
          </FlipRow>
        ))}
      </FlipList>
      {more > 0 && <p className="text-right text-2xl text-muted">{`and ${more} more`}</p>}
    </section>
  )
}

/** Few drivers get tall rows: the screen is read from the sofa. */
function rowHeight(size: OddsBoardProps["size"], count: number): string {
  if (size === "side") return "auto-rows-[3.5rem]"
  if (count <= 3) return "auto-rows-[minmax(3.5rem,10.5rem)]"
  return count <= 5 ? "auto-rows-[minmax(3.5rem,8rem)]" : "auto-rows-[minmax(3.5rem,6rem)]"
}

/** Its length is the driver's share of the pool. */
function StakeBar({ selection, poolCoins }: { selection: Selection; poolCoins: number }) {
  const share = poolCoins === 0 ? 0 : selection.stakedCoins / poolCoins
  return (
    <span
      aria-hidden
      className="absolute inset-0 -z-10 origin-left border-r-4 border-coins bg-coins/25 transition-transform duration-700 ease-out"
      style={{ transform: `scaleX(${share})` }}
    />
  )
}

function StakeRow({ selection, size }: { selection: Selection; size: OddsBoardProps["size"] }) {
  const { targetId, targetName, stakedCoins, betCount, multiplierHundredths } = selection
  if (size === "side") {
    return (
      <div className="grid h-full grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-3 px-4">
        <Avatar id={targetId} name={targetName} size="small" />
        <span dir="auto" className="truncate text-left text-2xl font-bold">{targetName}</span>
        <Coins amount={stakedCoins} className="text-3xl!" />
      </div>
    )
  }
  return (
    <div className="grid h-full grid-cols-[3.5rem_minmax(0,1fr)_8rem_11rem_11rem] items-center gap-5 px-5">
      <Avatar id={targetId} name={targetName} className="size-13!" />
      <span dir="auto" className="truncate py-1 text-left text-4xl leading-normal font-bold">{targetName}</span>
      <span className="text-right text-2xl text-muted">{betCount === 1 ? "1 bet" : `${betCount} bets`}</span>
      <span className="justify-self-end"><Coins amount={stakedCoins} size="big" /></span>
      <span className="numerals text-right text-5xl">
        <span className="sr-only">pays </span>{multiplierText(multiplierHundredths)}
      </span>
    </div>
  )
}
