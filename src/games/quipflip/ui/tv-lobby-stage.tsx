"use client"

import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { QrCode } from "@/ui/qr-code"
import type { SessionPlayer, SessionView } from "../view"
import { TvSessionHeading } from "./tv-session-heading"

type TvLobbyStageProps = { session: SessionView; origin: string; corner: ReactNode }

/** A lobby: how to get in, who is in and who is ready, how many seats are free [QF-S2]. */
export function TvLobbyStage({ session, origin, corner }: TvLobbyStageProps) {
  const { sessionId, code, players, maxPlayers, minPlayers } = session
  const joinUrl = `${origin}/party/lobby/${sessionId}`
  const hostName = players.find(({ isHost }) => isHost)?.name
  const free = maxPlayers - players.length
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] gap-8">
      <TvSessionHeading>{hostName === undefined ? "Who is in?" : <><bdi>{hostName}</bdi> opens a session. Who is in?</>}</TvSessionHeading>
      <div className="grid min-h-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-14">
        <div className="aspect-square h-full max-h-[34rem] overflow-hidden rounded-3xl bg-white">
          <QrCode text={joinUrl} label={`Join this session at ${joinUrl}`} className="size-full" />
        </div>
        <div className="grid min-w-0 content-center gap-6">
          <p className="text-4xl text-muted">Scan it, or type this code under Quipflip on your phone</p>
          <p className="flex flex-wrap gap-x-12 gap-y-3">
            <span className="sr-only">Code {code}</span>
            <span aria-hidden className="display text-[13rem] leading-[0.85] tracking-wide">{code.slice(0, 4)}</span>
            <span aria-hidden className="numerals text-[13rem] leading-[0.85]! text-accent-text">{code.slice(4)}</span>
          </p>
          <p role="status" className="text-5xl font-semibold">{readyWords(session)}</p>
        </div>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-12">
        <ul aria-label="Players" className="grid grid-cols-4 gap-4">
          {players.map((player) => <Seat key={player.participantId} player={player} />)}
          {Array.from({ length: Math.max(0, free) }, (_, index) => (
            <li key={index} className="flex h-[5.5rem] items-center justify-center rounded-2xl border-4 border-dashed border-line text-3xl text-muted">
              {players.length + index < minPlayers ? "needed" : "free"}
            </li>
          ))}
        </ul>
        {corner}
      </div>
    </div>
  )
}

function Seat({ player }: { player: SessionPlayer }) {
  const { participantId, guestId, name, isReady, isHost, isAi } = player
  const isSet = isReady || isHost
  return (
    <li className={classNames("flex h-[5.5rem] min-w-0 animate-pop items-center gap-4 rounded-2xl border-4 px-3", isSet ? "border-lap-green bg-raised" : "border-line bg-surface")}>
      <span className="relative">
        <Avatar id={guestId ?? participantId} name={name} size="big" />
        {isSet && <span aria-hidden className="absolute -right-2 -bottom-2 grid size-8 animate-pop place-items-center rounded-full bg-lap-green text-xl font-black text-ground">✓</span>}
      </span>
      <span className="grid min-w-0 flex-1">
        <span dir="auto" className="truncate text-left text-3xl leading-tight font-bold">{name}</span>
        <span className={classNames("text-2xl", isSet ? "text-lap-green" : "text-muted")}>{isHost ? "host" : isAi ? "AI, ready" : isReady ? "ready" : "not yet"}</span>
      </span>
    </li>
  )
}

function readyWords({ players, minPlayers }: SessionView): string {
  const ready = players.filter(({ isReady, isHost }) => isReady || isHost).length
  if (players.length < minPlayers) return `${minPlayers - players.length} more, and it can start`
  if (ready < minPlayers) return `${ready} of ${players.length} are ready`
  return "Enough are ready: the host can start"
}
