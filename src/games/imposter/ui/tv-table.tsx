"use client"

import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { RoundPlayer } from "../view"
import { useNames } from "./use-names"
import { mostRoundTheTable, seatsRoundTheTable } from "./tv-seats"

/** What is said about a player where he sits. */
export type SeatMark = { readonly glyph: string; readonly words: string; readonly look: "lit" | "done" | "plain" | "faint"; readonly isRinged?: boolean }

type TvTableProps = {
  players: readonly RoundPlayer[]
  markOf: (player: RoundPlayer) => SeatMark | null
  /** The middle of the table. */
  children: ReactNode
}

/** Width by height, about, of the space the TV gives. */
const aspect = 1.45

/** The players round the table, and in its middle what counts. A big party stands in rows under it. */
export function TvTable({ players, markOf, children }: TvTableProps) {
  if (players.length > mostRoundTheTable) {
    return (
      <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-4">
        <div className="grid justify-items-center">{children}</div>
        <ul aria-label="Players" className="grid auto-rows-min grid-cols-5 content-start gap-2.5 overflow-hidden">
          {players.map((player) => <li key={player.guestId}><RowSeat player={player} mark={markOf(player)} /></li>)}
        </ul>
      </div>
    )
  }
  const seats = seatsRoundTheTable(players.length, aspect)
  return (
    <div className="relative min-h-0">
      <div aria-hidden className="absolute inset-x-[13%] inset-y-[17%] rounded-[50%] border-4 border-line bg-surface/60 shadow-[inset_0_0_6rem_rgb(7_11_24/0.8)]" />
      <div className="absolute inset-0 grid place-content-center justify-items-center">{children}</div>
      <ul aria-label="Players">
        {players.map((player, place) => (
          <li
            key={player.guestId}
            className="absolute w-64 -translate-x-1/2 -translate-y-1/2"
            style={{ left: `${seats[place]?.left ?? 0}%`, top: `${seats[place]?.top ?? 0}%` }}
          >
            <TableSeat player={player} mark={markOf(player)} isTight={players.length > 10} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function TableSeat({ player, mark, isTight }: { player: RoundPlayer; mark: SeatMark | null; isTight: boolean }) {
  const name = useNames()(player.guestId)
  return (
    <div className={classNames("grid justify-items-center gap-1.5", mark?.look === "faint" && "opacity-40")}>
      <div className="relative">
        <Avatar id={player.guestId} name={name} className={classNames(isTight ? "size-20!" : "size-28!", mark?.isRinged && "ring-8 ring-accent")} />
        {mark && <Badge mark={mark} className="absolute -right-4 -bottom-2 size-12 text-3xl ring-4 ring-ground" />}
      </div>
      <p dir="auto" className={classNames("max-w-full truncate rounded-lg bg-ground/80 px-3 font-bold", isTight ? "text-2xl" : "text-3xl")}>{name}</p>
    </div>
  )
}

function RowSeat({ player, mark }: { player: RoundPlayer; mark: SeatMark | null }) {
  const name = useNames()(player.guestId)
  return (
    <div className={classNames("flex h-14 items-center gap-3 rounded-xl bg-surface px-2", mark?.look === "faint" && "opacity-40")}>
      <Avatar id={player.guestId} name={name} className={mark?.isRinged ? "ring-4 ring-accent" : undefined} />
      <p dir="auto" className="min-w-0 flex-1 truncate text-left text-2xl leading-normal font-bold">{name}</p>
      {mark && <Badge mark={mark} className="size-9 text-2xl" />}
    </div>
  )
}

const badgeLooks: Record<SeatMark["look"], string> = {
  lit: "bg-accent text-on-accent",
  done: "bg-lap-green text-ground",
  plain: "bg-raised text-ink",
  faint: "bg-raised text-ink",
}

function Badge({ mark: { glyph, words, look }, className }: { mark: SeatMark; className: string }) {
  return (
    <span className={classNames("grid shrink-0 animate-pop place-items-center rounded-full font-black", badgeLooks[look], className)}>
      <span aria-hidden>{glyph}</span>
      <span className="sr-only">{words}</span>
    </span>
  )
}
