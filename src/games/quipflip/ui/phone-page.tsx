"use client"

import { ChevronLeft } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { type ReactNode, useEffect } from "react"
import { useNight } from "@/live/use-night"
import { LeftTheNight } from "@/party/ui/left-the-night"
import { useScreenAwake } from "@/party/ui/screen-awake"
import type { OwnGuestView } from "@/party/view"
import { ConnectionBar } from "@/ui/connection-bar"
import { Stage } from "@/ui/stage"
import { Purse } from "@/wallet/ui/purse"
import type { SessionView } from "../view"
import { PhoneCall } from "./phone-call"
import { sessionPath } from "./own-session"
import { useOwnSeat } from "./use-own-seat"
import { useSessionAlerts, useSessionCall } from "./use-session-alerts"

type PhonePageProps = {
  sessionId: string
  /** What the page shows of it; `session` is null when the night does not know it (any more). */
  children: (session: SessionView | null, me: OwnGuestView) => ReactNode
}

/** A page of one session on a guest's phone: who one is, and what leads to the session's other pages. */
export function PhonePage(props: PhonePageProps) {
  const { night, gone, refetch } = useNight()
  if (gone) return <LeftTheNight code={gone.code} error={gone.error} onRetry={refetch} />
  if (!night.me) return <LeftTheNight code="not_signed_in" error="" onRetry={refetch} />
  return <SeatedPage {...props} me={night.me} />
}

function SeatedPage({ sessionId, me, children }: PhonePageProps & { me: OwnGuestView }) {
  const { night, connection } = useNight()
  const router = useRouter()
  const awake = useScreenAwake()
  const [call, dismissCall] = useSessionCall(me.id)
  useOwnSeat()
  // This page follows its own session by itself.
  useSessionAlerts(me.id, (started) => started.sessionId !== sessionId && router.push(sessionPath(started)))
  const session = night.sessions.find((one) => one.sessionId === sessionId) ?? null
  const called = call && night.sessions.find((one) => one.sessionId === call.sessionId)

  // Wake locks are asked for in a tap, and they play with every tap.
  function keepAwake() {
    if (awake.state === "off" && session?.status !== "COMPLETED") awake.turnOn()
  }

  return (
    <Stage accent="quipflip">
      {awake.holder}
      <div className="sticky top-0 z-30 border-b-2 border-line bg-ground">
        <ConnectionBar state={connection} />
        <header className="mx-auto flex max-w-lg items-center gap-2 px-2 pt-[max(0.25rem,env(safe-area-inset-top))] pr-4 pb-1">
          <Link href="/party/dashboard" aria-label="My party" className="grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:text-ink">
            <ChevronLeft aria-hidden className="size-7" />
          </Link>
          <h1 className="min-w-0 flex-1 truncate text-2xl text-accent-text">Quipflip</h1>
          <Purse coins={me.walletBalance} noteAt="beside" />
        </header>
      </div>
      {called && <PhoneCall key={call.at} session={called} guestId={me.id} isHere={called.sessionId === sessionId} onDismiss={dismissCall} />}
      <main className="phone-page" onClick={keepAwake}>{children(session, me)}</main>
    </Stage>
  )
}

/** Goes on to the page where the session is now, when that is another than this one. */
export function useFollow(session: SessionView | null, isPlaying: boolean): void {
  const router = useRouter()
  const path = session && isPlaying ? sessionPath(session) : null
  useEffect(() => {
    if (path !== null && path !== window.location.pathname) router.replace(path)
  }, [path, router])
}
