import type { Metadata } from "next"
import { joinPath } from "@/app/party/join/join-path"
import { SessionLoading } from "@/app/party/session-loading"
import { type SessionRoute, sessionPage } from "@/app/party/session-page"
import { QuickOrLoading } from "@/app/quick-or-loading"
import { PhonePlay } from "@/games/quipflip/ui/phone-play"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Quipflip" }

/** A running session. */
export default async function PlayPage({ params }: SessionRoute) {
  const { sessionId } = await params
  return <QuickOrLoading page={sessionPage(joinPath(null), () => <PhonePlay sessionId={sessionId} />)} loading={<SessionLoading />} />
}
