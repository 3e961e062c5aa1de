import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Coins } from "@/ui/coins"
import type { PlayerResult } from "../view"

const stepHeights: Record<number, string> = { 1: "h-28", 2: "h-20", 3: "h-14" }

type RankingProps = { players: readonly PlayerResult[]; ownId: string }

/** Who won: the first three on the podium, everybody below [QF-S14]. */
export function Ranking({ players, ownId }: RankingProps) {
  const [first, second, third] = players
  const podium = [second, first, third].filter((player) => player !== undefined)
  return (
    <div className="grid grid-cols-1 gap-3">
      <div aria-hidden className="grid grid-cols-3 items-end gap-2 pt-2">
        {podium.map((player) => <Step key={player.participantId} player={player} />)}
      </div>
      <ol aria-label="Ranking" className="grid grid-cols-1 gap-1.5">
        {players.map((player) => <Row key={player.participantId} player={player} isOwn={player.guestId === ownId} />)}
      </ol>
    </div>
  )
}

function Step({ player: { participantId, guestId, name, rank } }: { player: PlayerResult }) {
  return (
    <div className="grid min-w-0 animate-rise grid-cols-1 justify-items-center gap-1.5" style={{ animationDelay: `${(4 - Math.min(rank, 3)) * 160}ms` }}>
      <Avatar id={guestId ?? participantId} name={name} size="big" />
      <p className="max-w-full truncate font-semibold"><bdi>{name}</bdi></p>
      <div className={classNames("grid w-full place-items-center rounded-t-xl", rank === 1 ? "bg-accent text-on-accent" : "bg-raised", stepHeights[rank] ?? "h-14")}>
        <span className="numerals text-5xl">{rank}</span>
      </div>
    </div>
  )
}

function Row({ player: { participantId, guestId, name, isAi, rank, netCoins }, isOwn }: { player: PlayerResult; isOwn: boolean }) {
  return (
    <li className={classNames("flex min-h-13 items-center gap-3 rounded-xl border-2 bg-surface px-3", isOwn ? "border-accent" : "border-line")}>
      <span className="numerals w-7 text-3xl"><span className="sr-only">Rank </span>{rank}</span>
      <Avatar id={guestId ?? participantId} name={name} size="small" />
      <span className="min-w-0 flex-1 truncate font-semibold"><bdi>{name}</bdi>{isOwn && " (you)"}{isAi && <span className="font-normal text-muted"> · AI</span>}</span>
      <Coins amount={netCoins} signed className="shrink-0" />
    </li>
  )
}
