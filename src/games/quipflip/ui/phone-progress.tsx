import { Bot, Check } from "lucide-react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { SessionPlayer, SessionView } from "../view"
import { PlayerName } from "./phone-names"

/** How far everybody is in this phase: how much of it, never what. */
export function Progress({ session, ownId }: { session: SessionView; ownId: string | null }) {
  return (
    <section aria-label="How far everybody is">
      <ul className="grid grid-cols-2 gap-2">
        {session.players.map((player) => <Row key={player.participantId} player={player} isOwn={player.guestId !== null && player.guestId === ownId} />)}
      </ul>
    </section>
  )
}

function Row({ player, isOwn }: { player: SessionPlayer; isOwn: boolean }) {
  const { participantId, guestId, name, isAi, hasLeft, dealt, done } = player
  const isDone = done >= dealt
  return (
    <li className={classNames("flex min-h-13 min-w-0 items-center gap-2.5 rounded-xl border-2 bg-surface px-2 py-1.5", isDone ? "border-accent" : "border-line")}>
      <span className="relative shrink-0">
        <Avatar id={guestId ?? participantId} name={name} size="small" className={hasLeft ? "opacity-50" : undefined} />
        {isDone && <span aria-hidden className="absolute -right-1.5 -bottom-1.5 grid size-5 place-items-center rounded-full bg-accent text-on-accent"><Check className="size-4" strokeWidth={3} /></span>}
      </span>
      <span className="grid min-w-0 flex-1 grid-cols-1 gap-1 leading-tight">
        <span className="truncate">{isAi && <><Bot aria-hidden className="mr-1 inline size-4 align-[-0.1em] text-muted" /><span className="sr-only">AI </span></>}{isOwn ? <strong>You</strong> : <PlayerName name={name} />}{hasLeft && <span className="text-muted"> · away</span>}</span>
        <span className="flex gap-1" role="img" aria-label={dealt === 0 ? "nothing to do" : `${done} of ${dealt}`}>
          {Array.from({ length: dealt }, (_, index) => <span key={index} className={classNames("h-2 flex-1 rounded-full", index < done ? "bg-accent" : "bg-raised")} />)}
        </span>
      </span>
    </li>
  )
}
