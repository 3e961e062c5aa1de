"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { FlipList, FlipRow } from "@/ui/flip-list"
import { placesOf, type TableLine } from "./evening-places"

type EveningTableProps = {
  table: readonly TableLine[]
  limit: number
  /** big: the whole stage. */
  size?: "normal" | "big"
}

/** Who has how much, most first. Only who is alone in front is lit: at the start of a night everybody is first, and that is no news. */
export function EveningTable({ table, limit, size = "normal" }: EveningTableProps) {
  const isBig = size === "big"
  const places = placesOf(table, null)
  const isTieAhead = places[1]?.place === 1
  return (
    <FlipList label="The evening's table" className="grid content-start gap-2">
      {places.slice(0, limit).map((line) => (
        <FlipRow
          key={line.guestId}
          className={classNames(
            "grid items-center gap-4 rounded-xl px-4",
            isBig ? "h-[5.5rem] grid-cols-[4rem_4rem_minmax(0,1fr)_auto]" : "h-14 grid-cols-[2.5rem_2.75rem_minmax(0,1fr)_auto]",
            line.place === 1 && !isTieAhead ? "bg-raised shadow-[inset_0.4rem_0_0_var(--coins)]" : "bg-surface",
          )}
        >
          <span className={classNames("numerals text-center", isBig ? "text-6xl" : "text-4xl")}>{line.place}</span>
          <Avatar id={line.guestId} name={line.name} size={isBig ? "big" : "normal"} />
          <span dir="auto" className={classNames("truncate text-left font-bold", isBig ? "text-5xl leading-tight" : "text-3xl")}>{line.name}</span>
          <Coins amount={line.coins} size="big" className={isBig ? "text-6xl!" : undefined} />
        </FlipRow>
      ))}
    </FlipList>
  )
}
