"use client"

import { Bot, Check, X } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useTransition } from "react"
import { addAiPlayerAction, joinSessionByIdAction, leaveSessionAction, pingSessionAction, removeAiPlayerAction, setReadyAction, startSessionAction } from "@/app/actions/party-logic"
import type { CommandRunner } from "@/party/ui/use-command"
import type { OwnGuestView } from "@/party/view"
import { Avatar } from "@/ui/avatar"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { classNames } from "@/ui/class-names"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import { lowBalanceCoins } from "../fees"
import type { SessionPlayer, SessionView } from "../view"
import { missingReady, playerOf } from "./own-session"
import { LobbySettings } from "./phone-lobby-settings"
import { PlayerName } from "./phone-names"
import { NoSession } from "./phone-no-session"
import { PhonePage, useFollow } from "./phone-page"
import { settingsWords } from "./phone-words"
import { useSessionCommand } from "./use-session-command"

/** Before a session starts: how to get in, who is in, who is ready. `children` is its QR code, drawn by the server. */
export function PhoneLobby({ sessionId, children }: { sessionId: string; children: ReactNode }) {
  return <PhonePage sessionId={sessionId}>{(session, me) => (session ? <Lobby session={session} me={me} qr={children} /> : <NoSession />)}</PhonePage>
}

function Lobby({ session, me, qr }: { session: SessionView; me: OwnGuestView; qr: ReactNode }) {
  const own = playerOf(session, me.id)
  const command = useSessionCommand()
  useFollow(session, own !== null && session.status !== "OPEN")
  if (session.status !== "OPEN" && !own) return <StartedWithout session={session} />
  return (
    <div className="grid grid-cols-1 gap-3 pb-32">
      <Invite session={session} qr={qr} />
      {own && <LowBalance me={me} />}
      <Players session={session} isHost={own?.isHost ?? false} command={command} />
      {own?.isHost ? <LobbySettings session={session} /> : <p className="text-center text-muted">{settingsWords(session)}</p>}
      {own && <Leave session={session} command={command} />}
      <BottomBar>
        {!own && <Join session={session} command={command} />}
        {own && !own.isHost && <Ready session={session} own={own} command={command} />}
        {own?.isHost && <Start session={session} command={command} />}
      </BottomBar>
    </div>
  )
}

/** The one thing to do, under the thumb whatever is scrolled. */
function BottomBar({ children }: { children: ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 mx-auto grid max-w-lg grid-cols-1 gap-2 border-t-2 border-line bg-ground px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  )
}

function Invite({ session: { code }, qr }: { session: SessionView; qr: ReactNode }) {
  return (
    <section aria-label="How to get in" className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)] items-center gap-4">
      <div className="overflow-hidden rounded-2xl bg-white">{qr}</div>
      <div className="grid grid-cols-1 gap-1">
        <Tag>Scan to join</Tag>
        <p className="text-base text-muted">or type the code</p>
        <p className="numerals text-[clamp(3rem,17vw,4.75rem)] leading-[0.9]">
          <span className="sr-only">{code.split("").join(" ")}</span>
          <span aria-hidden>{code.slice(0, 4)}<br />{code.slice(4)}</span>
        </p>
      </div>
    </section>
  )
}

function LowBalance({ me }: { me: OwnGuestView }) {
  if (me.walletBalance >= lowBalanceCoins) return null
  return <Notice tone="tip">You have {me.walletBalance} coins. What is missing the house lends you, until you win.</Notice>
}

type PlayersProps = { session: SessionView; isHost: boolean; command: CommandRunner }

function Players({ session, isHost, command }: PlayersProps) {
  const { players, maxPlayers, sessionId } = session
  const isFull = players.length >= maxPlayers
  const isSomebodyAway = players.some((player) => !player.isReady && !player.isHost)
  const problem = command.problemAt("ai") ?? command.problemAt("ping")
  return (
    <section aria-label="Players" className="grid grid-cols-1 gap-2">
      <h2 className="flex items-end justify-between text-2xl">Players <span className="numerals text-2xl text-accent-text">{players.length}/{maxPlayers}</span></h2>
      <ul className="grid grid-cols-2 gap-2">
        {players.map((player) => (
          <Player key={player.participantId} player={player} onRemove={isHost && player.isAi ? () => void command.run("ai", () => removeAiPlayerAction(sessionId, player.participantId)) : null} />
        ))}
        {isHost && !isFull && missingReady(session) === 0 && <li className="grid"><AddAi session={session} command={command} /></li>}
      </ul>
      {isHost && isSomebodyAway && (
        <Button look="quiet" size="small" pending={command.busyPlace === "ping"} onClick={() => void command.run("ping", () => pingSessionAction(sessionId))}>Nudge who is not ready</Button>
      )}
      <Notice>{problem}</Notice>
    </section>
  )
}

function Player({ player, onRemove }: { player: SessionPlayer; onRemove: (() => void) | null }) {
  const { participantId, guestId, name, isAi, isHost, isReady } = player
  const isSet = isReady || isHost
  return (
    <li className={classNames("flex min-h-15 min-w-0 animate-rise items-center gap-2 rounded-xl border-2 bg-surface px-2", isSet ? "border-accent" : "border-line")}>
      <Avatar id={guestId ?? participantId} name={name} size="small" />
      <span className="grid min-w-0 flex-1 grid-cols-1 leading-tight">
        <span className="line-clamp-2"><PlayerName name={name} /></span>
        <span className="text-base leading-tight text-muted">{stateOf(isHost, isAi, isReady)}</span>
      </span>
      {onRemove ? (
        <button type="button" onClick={onRemove} aria-label={`Remove ${name}`} className="-mr-2 grid size-11 shrink-0 place-items-center text-muted hover:text-ink"><X aria-hidden className="size-5" /></button>
      ) : (
        isSet && <Check aria-hidden className="shrink-0 text-accent-text" />
      )}
    </li>
  )
}

function stateOf(isHost: boolean, isAi: boolean, isReady: boolean): string {
  if (isHost) return "Host"
  if (isAi) return "AI"
  return isReady ? "Ready" : "Not ready"
}

type SeatedProps = { session: SessionView; command: CommandRunner }

function Ready({ session, own, command }: SeatedProps & { own: SessionPlayer }) {
  const host = session.players.find(({ isHost }) => isHost)
  return (
    <>
      <Notice>{command.problemAt("ready")}</Notice>
      <Button size="big" look={own.isReady ? "quiet" : "primary"} aria-pressed={own.isReady} pending={command.busyPlace === "ready"} onClick={() => void command.run("ready", () => setReadyAction(session.sessionId, !own.isReady))}>
        {own.isReady ? <><Check aria-hidden className="text-accent-text" /> You are ready</> : "I am ready"}
      </Button>
      {own.isReady && <p role="status" className="text-center text-base text-muted">{host ? <PlayerName name={host.name} /> : "The host"} starts. Your phone buzzes then.</p>}
    </>
  )
}

function Start({ session, command }: SeatedProps) {
  const missing = missingReady(session)
  return (
    <>
      <Notice>{command.problemAt("start")}</Notice>
      <p role="status" className="text-center text-base leading-tight text-muted">{startHint(session, missing)}</p>
      <div className={missing > 0 ? "grid grid-cols-2 gap-2" : "grid grid-cols-1"}>
        {missing > 0 && <AddAi session={session} command={command} />}
        <Button size="big" disabled={missing > 0} pending={command.busyPlace === "start"} onClick={() => void command.run("start", () => startSessionAction(session.sessionId))}>Start</Button>
      </div>
    </>
  )
}

const writersOfASet = 3

function startHint({ players, copiesPerPlayer }: SessionView, missing: number): string {
  if (missing > 0) return `${missing} more must be ready`
  // Among three who copy twice, everybody has written in every set, and nobody votes on an own phrase [QF-E5].
  const hasWrittenEverywhere = players.length === writersOfASet && copiesPerPlayer > 1
  return hasWrittenEverywhere ? "With 4, you vote on each other’s phrases" : "Everybody who is in plays"
}

/** Where it is needed for the start, it stands beside it. */
function AddAi({ session, command }: SeatedProps) {
  return (
    <Button look="quiet" className="min-h-15" pending={command.busyPlace === "ai"} onClick={() => void command.run("ai", () => addAiPlayerAction(session.sessionId))}><Bot aria-hidden /> Add AI</Button>
  )
}

function Join({ session, command }: SeatedProps) {
  const isFull = session.players.length >= session.maxPlayers
  return (
    <>
      <Notice>{command.problemAt("join")}</Notice>
      <Button size="big" disabled={isFull} pending={command.busyPlace === "join"} onClick={() => void command.run("join", (id) => joinSessionByIdAction(session.sessionId, id))}>
        {isFull ? "Full" : "Join"}
      </Button>
      {isFull && <p className="text-center text-base text-muted">All {session.maxPlayers} seats are taken. Open a session of your own!</p>}
    </>
  )
}

function Leave({ session, command }: SeatedProps) {
  const router = useRouter()
  const [isLeaving, startLeaving] = useTransition()

  async function leave() {
    const left = await command.run("leave", () => leaveSessionAction(session.sessionId))
    if (left) startLeaving(() => router.replace("/party/dashboard"))
  }

  return (
    <div className="grid grid-cols-1 justify-items-center gap-2">
      <ConfirmButton size="small" question="Leave this lobby?" pending={command.busyPlace === "leave" || isLeaving} onConfirm={() => void leave()}>Leave</ConfirmButton>
      <Notice>{command.problemAt("leave")}</Notice>
    </div>
  )
}

function StartedWithout({ session }: { session: SessionView }) {
  const isOver = session.status === "COMPLETED"
  return (
    <div className="grid min-h-[70dvh] grid-cols-1 content-center justify-items-center gap-5 text-center">
      <Tag>{session.code}</Tag>
      <h2 className="text-5xl">{isOver ? "It is over" : "Too late"}</h2>
      <p className="text-lg text-muted">{isOver ? "This session is played. See how it ended." : "This session has started, and nobody joins any more. Watch it on the TV, or open another one."}</p>
      {isOver && <ButtonLink href={`/party/results/${session.sessionId}`}>Results</ButtonLink>}
      <ButtonLink href="/party/dashboard" look={isOver ? "quiet" : "primary"}>Back to the party</ButtonLink>
    </div>
  )
}
