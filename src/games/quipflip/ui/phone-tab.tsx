"use client"

import { MessagesSquare } from "lucide-react"
import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { createSessionAction, joinSessionByIdAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { Card } from "@/ui/card"
import { EmptyState } from "@/ui/empty-state"
import { Notice } from "@/ui/notice"
import { Tag } from "@/ui/tag"
import type { SessionView } from "../view"
import { ownSession, playerOf, sessionPath, waitsForPlayer } from "./own-session"
import { JoinByCode } from "./phone-join-code"
import { PlayerNames } from "./phone-names"
import { settingsWords, stateWords } from "./phone-words"
import { SoloDesk } from "./solo-desk"
import { useSessionCommand } from "./use-session-command"

/** Quipflip on the dashboard: the own session, those one can join, those that run, playing alone, and what was played. */
export function QuipflipTab({ me }: { me: OwnGuestView }) {
  const { sessions, party } = useNight().night
  const own = ownSession(sessions, me.id)
  const others = sessions.filter((session) => session !== own)
  const open = others.filter(({ status }) => status === "OPEN")
  const running = others.filter(({ status }) => status === "IN_PROGRESS")
  const over = others.filter(({ status }) => status === "COMPLETED").toReversed()
  const isPartyOver = party.status === "ENDED"
  return (
    <div className="grid grid-cols-1 gap-4">
      {isPartyOver && over.length === 0 && <EmptyState icon={<MessagesSquare />} title="No session tonight">The party is over.</EmptyState>}
      {!isPartyOver && (own ? <OwnSession session={own} guestId={me.id} /> : <Openings open={open} />)}
      {!isPartyOver && running.length > 0 && <Running sessions={running} />}
      <h2 className="mt-2 text-3xl">On your own</h2>
      <SoloDesk me={me} />
      {over.length > 0 && <Played sessions={over} />}
    </div>
  )
}

function OwnSession({ session, guestId }: { session: SessionView; guestId: string }) {
  const hasLeft = playerOf(session, guestId)?.hasLeft ?? false
  const isOpen = session.status === "OPEN"
  return (
    <Card tag={hasLeft ? "You left" : "Your session"} title={<span className="numerals">{session.code}</span>} aside={<Tag look="outline">{stateWords(session)}</Tag>} accent="quipflip" lit={waitsForPlayer(session, guestId)}>
      <p className="text-muted"><PlayerNames players={session.players} most={6} /></p>
      <ButtonLink href={sessionPath(session)} prefetch size="big">{isOpen ? "To the lobby" : hasLeft ? "Come back" : "Go on"}</ButtonLink>
    </Card>
  )
}

function Openings({ open }: { open: readonly SessionView[] }) {
  const router = useRouter()
  const command = useSessionCommand()
  const [isLeaving, startLeaving] = useTransition()
  const busyPlace = isLeaving ? "leaving" : command.busyPlace

  function go(session: SessionView) {
    startLeaving(() => router.push(sessionPath(session)))
  }

  async function openOne() {
    const made = await command.run("open", (id) => createSessionAction({}, id))
    if (made) go(made.session)
  }

  async function join(sessionId: string) {
    const joined = await command.run(sessionId, (id) => joinSessionByIdAction(sessionId, id))
    if (joined) go(joined.session)
  }

  return (
    <>
      {open.map((session) => (
        <OpenLobby key={session.sessionId} session={session} isBusy={busyPlace === session.sessionId} problem={command.problemAt(session.sessionId)} onJoin={() => void join(session.sessionId)} />
      ))}
      {open.length === 0 && (
        <EmptyState icon={<MessagesSquare />} title="Write. Copy. Bluff.">
          Finish a silly line, copy the others in other words, and spot which came first. 3 to 8 players; the AI fills in.
        </EmptyState>
      )}
      <div className="grid grid-cols-1 gap-2">
        <Button size="big" look={open.length > 0 ? "quiet" : "primary"} pending={busyPlace === "open" || busyPlace === "leaving"} onClick={() => void openOne()}>Open a session</Button>
        <Notice>{command.problemAt("open")}</Notice>
      </div>
      <JoinByCode onJoined={go} />
    </>
  )
}

type OpenLobbyProps = { session: SessionView; isBusy: boolean; problem: string | undefined; onJoin: () => void }

function OpenLobby({ session, isBusy, problem, onJoin }: OpenLobbyProps) {
  const { players, maxPlayers, code } = session
  const isFull = players.length >= maxPlayers
  const host = players.find(({ isHost }) => isHost)
  return (
    <Card accent="quipflip" tag="Open" title={host ? <bdi>{host.name}’s session</bdi> : <span className="numerals">{code}</span>} aside={<span className="numerals text-3xl text-accent-text">{players.length}/{maxPlayers}</span>}>
      <p className="text-muted"><PlayerNames players={players} most={6} /><br />{settingsWords(session)}</p>
      <Button size="big" disabled={isFull} pending={isBusy} onClick={onJoin}>{isFull ? "Full" : "Join"}</Button>
      <Notice>{problem}</Notice>
    </Card>
  )
}

function Running({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Card title="Playing now">
      <ul className="grid grid-cols-1 gap-3">
        {sessions.map((session) => (
          <li key={session.sessionId} className="flex items-center justify-between gap-3">
            <span className="min-w-0"><PlayerNames players={session.players} /></span>
            <Tag look="outline" className="shrink-0">{stateWords(session)}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Played({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Card title="Played tonight">
      <ul className="grid grid-cols-1 gap-3">
        {sessions.map((session) => (
          <li key={session.sessionId} className="flex items-center justify-between gap-3">
            <span className="min-w-0"><PlayerNames players={session.players} /></span>
            <ButtonLink href={sessionPath(session)} prefetch={false} look="quiet" size="small" className="shrink-0" aria-label={`Results of ${session.code}`}>Results</ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
