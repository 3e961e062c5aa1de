import type { Metadata } from "next"
import { joinPath, lobbyOf, type PinQuery, pinOf } from "@/app/party/join/join-path"
import { SessionLoading } from "@/app/party/session-loading"
import { type SessionRoute, sessionPage } from "@/app/party/session-page"
import { QuickOrLoading } from "@/app/quick-or-loading"
import { PhoneLobby } from "@/games/quipflip/ui/phone-lobby"
import { partyUrl } from "@/server/page-night"
import { QrCode } from "@/ui/qr-code"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Quipflip lobby" }

/** Where a session gathers. Its QR code brings the party's PIN along, for whoever has no seat at this party yet. */
export default async function LobbyPage({ params, searchParams }: SessionRoute & { searchParams: Promise<PinQuery> }) {
  const { sessionId } = await params
  const door = joinPath(pinOf(await searchParams), lobbyOf({ lobby: sessionId }))
  const page = sessionPage(door, async ({ party }) => <PhoneLobby sessionId={sessionId}>{await invitation(sessionId, party.joinPin)}</PhoneLobby>)
  return <QuickOrLoading page={page} loading={<SessionLoading />} />
}

async function invitation(sessionId: string, joinPin: number) {
  const url = `${await partyUrl()}/party/lobby/${encodeURIComponent(sessionId)}`
  return <QrCode text={`${url}?pin=${joinPin}`} label={`Join this session at ${url}`} className="size-full" />
}
