"use client"

import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import type { PlayerResult, SessionResults } from "../view"
import { toldAwards } from "./told-awards"
import { TvSessionHeading } from "./tv-session-heading"

// Second, first, third from left to right; the winner comes last.
const steps = [
  { height: "h-[46cqh]", delayMs: 1600, order: "order-2" },
  { height: "h-[34cqh]", delayMs: 800, order: "order-1" },
  { height: "h-[27cqh]", delayMs: 0, order: "order-3" },
] as const

type TvRankingProps = {
  results: SessionResults
  areAwardsShown: boolean
  /** It comes now, in front of this screen: the winner is kept for last. */
  isFresh: boolean
  corner: ReactNode
}

/** The ranking of a session: the podium, then the awards and everybody else [QF-S14] [QF-S15]. */
export function TvRanking({ results, areAwardsShown, isFresh, corner }: TvRankingProps) {
  const { players } = results
  const isRoomy = players.length <= roomyPlayers
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_38rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <div className="col-span-full">
        <TvSessionHeading>{isFresh && !areAwardsShown ? "And the winner is …" : <Winner players={players} />}</TvSessionHeading>
      </div>
      <section aria-label="Podium" className="grid min-h-0 content-end overflow-hidden [container-type:size]">
        <ol className="grid grid-cols-3 items-end gap-5">
          {steps.map(({ height, delayMs, order }, index) => {
            const player = players[index]
            return (
              <li key={order} className={classNames("grid min-w-0 content-end", order)}>
                {player && <Step player={player} height={steps[player.rank - 1]?.height ?? height} delayMs={isFresh ? delayMs : 0} />}
              </li>
            )
          })}
        </ol>
      </section>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <div className="grid min-h-0 content-start gap-5 overflow-hidden">
          {areAwardsShown && <Awards results={results} isRoomy={isRoomy} />}
          <Others players={players.slice(steps.length)} isRoomy={isRoomy} />
        </div>
        {corner}
      </div>
    </div>
  )
}

function Winner({ players: [first, second] }: { players: readonly PlayerResult[] }) {
  if (!first) return "The ranking"
  if (second?.rank === 1) return "A shared win!"
  return <><bdi>{first.name}</bdi> wins!</>
}

function Step({ player, height, delayMs }: { player: PlayerResult; height: string; delayMs: number }) {
  const { participantId, guestId, name, rank, netCoins, isAi } = player
  const isFirst = rank === 1
  return (
    <div className="grid min-w-0 animate-rise gap-4" style={{ animationDelay: `${delayMs}ms` }}>
      <div className="grid min-w-0 justify-items-center gap-3">
        <Avatar id={guestId ?? participantId} name={name} className={isFirst ? "size-[min(13rem,22cqh)]!" : "size-[min(9rem,18cqh)]!"} />
        <p dir="auto" className={classNames("display line-clamp-2 max-w-full pt-1 pb-2 text-center leading-[1.05] text-balance [overflow-wrap:anywhere]", nameSize(name, isFirst), isFirst && "text-accent-text")}>{name}</p>
        {isAi && <p className="text-2xl text-muted">AI player</p>}
      </div>
      <div className={classNames("grid content-start justify-items-center gap-3 rounded-t-2xl pt-5", isFirst ? steps[0].height : height, isFirst ? "bg-accent text-on-accent" : "bg-raised")}>
        <p className={classNames("numerals", isFirst ? "text-[10rem]" : "text-7xl")}><span className="sr-only">Place </span>{rank}</p>
        <Coins amount={netCoins} signed size="huge" className={isFirst ? "text-8xl! text-on-accent!" : undefined} />
      </div>
    </div>
  )
}

const mostFaces = 3
/** So many leave room for bigger awards, also above a strip. */
const roomyPlayers = 5

/** One after the other, the last with the most delay. */
function Awards({ results, isRoomy }: { results: SessionResults; isRoomy: boolean }) {
  return (
    <ul aria-label="Awards" className="grid gap-2.5">
      {toldAwards(results).map(({ title, why, holders }, index) => (
        <li key={title} className={classNames("flex min-w-0 animate-card-turn items-center gap-4 rounded-2xl border-4 border-accent bg-surface px-4", isRoomy ? "py-3.5" : "py-1.5")} style={{ animationDelay: `${index * 900}ms` }}>
          <span className="flex -space-x-4">
            {holders.slice(0, mostFaces).map(({ participantId, guestId, name }) => <Avatar key={participantId} id={guestId ?? participantId} name={name} className="size-14! ring-4 ring-surface" />)}
          </span>
          <span className="grid min-w-0 flex-1">
            <span className="flex items-baseline justify-between gap-4">
              <span className="display text-3xl whitespace-nowrap text-accent-text"><span aria-hidden>★ </span>{title}</span>
              <span className="truncate text-2xl text-muted">{why}</span>
            </span>
            <span dir="auto" className={classNames("truncate text-left leading-tight font-bold", isRoomy ? "text-3xl" : "text-2xl")}>{holders.map(({ name }) => name).join(", ")}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Others({ players, isRoomy }: { players: readonly PlayerResult[]; isRoomy: boolean }) {
  if (players.length === 0) return null
  return (
    <ol aria-label="Further places" className="grid gap-1">
      {players.map(({ participantId, guestId, name, rank, netCoins }) => (
        <li key={participantId} className={classNames("grid grid-cols-[2.5rem_2rem_minmax(0,1fr)_auto] items-center gap-4 rounded-xl bg-surface px-4", isRoomy ? "h-13" : "h-10")}>
          <span className="numerals text-center text-4xl">{rank}</span>
          <Avatar id={guestId ?? participantId} name={name} size="small" />
          <span dir="auto" className="truncate text-left text-3xl leading-tight font-bold">{name}</span>
          <Coins amount={netCoins} signed size="big" />
        </li>
      ))}
    </ol>
  )
}

/** Two lines hold every name; a long one is smaller, so that its words stay whole. */
function nameSize(name: string, isFirst: boolean): string {
  const letters = Array.from(name).length
  if (isFirst) return letters > 10 ? "text-7xl" : "text-8xl"
  return letters > 14 ? "text-5xl" : "text-6xl"
}
