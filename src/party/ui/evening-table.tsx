"use client"

import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { FlipList, FlipRow } from "@/ui/flip-list"

/** A line of the evening's table. Coins. */
type TableLine = { readonly guestId: string; readonly name: string; readonly coins: number }

type EveningTableProps = {
  table: readonly TableLine[]
  limit: number
  /** big: the whole stage. */
  size?: "normal" | "big"
}

/** Who has how much, most first. Equal coins share a place. */
export function EveningTable({ table, limit, size = "normal" }: EveningTableProps) {
  const isBig = size === "big"
  return (
    <FlipList label="The evening's table" className="grid gap-2">
      {table.slice(0, limit).map((line) => {
        const place = placeOf(table, line)
        return (
          <FlipRow
            key={line.guestId}
            className={classNames(
              "grid items-center gap-4 rounded-xl px-4",
              isBig ? "h-[5.5rem] grid-cols-[4rem_4rem_minmax(0,1fr)_auto]" : "h-14 grid-cols-[2.5rem_2.75rem_minmax(0,1fr)_auto]",
              isAhead(table, line) ? "bg-raised shadow-[inset_0.4rem_0_0_var(--coins)]" : "bg-surface",
            )}
          >
            <span className={classNames("numerals text-center", isBig ? "text-6xl" : "text-4xl")}>{place}</span>
            <Avatar id={line.guestId} name={line.name} size={isBig ? "big" : "normal"} />
            <span dir="auto" className={classNames("truncate text-left font-bold", isBig ? "text-5xl leading-tight" : "text-3xl")}>{line.name}</span>
            <Coins amount={line.coins} size="big" className={isBig ? "text-6xl!" : undefined} />
          </FlipRow>
        )
      })}
    </FlipList>
  )
}

/** Alone in front: at the start of a night everybody is first, and that is no news. */
function isAhead(table: readonly TableLine[], line: TableLine): boolean {
  return table.every((other) => other.guestId === line.guestId || other.coins < line.coins)
}

function placeOf(table: readonly TableLine[], line: TableLine): number {
  return table.findIndex(({ coins }) => coins === line.coins) + 1
}
