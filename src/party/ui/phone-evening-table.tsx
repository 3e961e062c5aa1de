import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import { FlipList, FlipRow } from "@/ui/flip-list"
import type { OwnGuestView } from "../view"
import { type PlacedLine, placesOf, type TableLine } from "./evening-places"

/** The evening's table with the own line lit. Coins, vault included. */
export function PhoneEveningTable({ table, me }: { table: readonly TableLine[]; me: OwnGuestView }) {
  const places = placesOf(table, { id: me.id, coins: me.walletBalance + me.vaultBalance })
  return (
    <FlipList label="The evening’s table" className="grid grid-cols-1 gap-1.5">
      {places.map((line) => (
        <FlipRow key={line.guestId}><TableRow line={line} isMe={line.guestId === me.id} /></FlipRow>
      ))}
    </FlipList>
  )
}

function TableRow({ line, isMe }: { line: PlacedLine; isMe: boolean }) {
  return (
    <div
      className={classNames(
        "grid min-h-13 grid-cols-[1.75rem_auto_minmax(0,1fr)_auto] items-center gap-2 rounded-xl border-2 px-2 py-1.5",
        isMe ? "border-accent bg-raised" : "border-transparent bg-sunken",
      )}
    >
      <span className={classNames("numerals text-center text-2xl", line.place === 1 ? "text-coins-text" : "text-muted")}>{line.place}</span>
      <Avatar id={line.guestId} name={line.name} size="small" />
      <span dir="auto" className="truncate text-left text-lg font-semibold">{line.name}{isMe && <span className="sr-only"> (you)</span>}</span>
      <Coins amount={line.coins} />
    </div>
  )
}
