import type { Metadata } from "next"
import { joinPath } from "@/app/party/join/join-path"
import { SessionLoading } from "@/app/party/session-loading"
import { type SessionRoute, sessionPage } from "@/app/party/session-page"
import { QuickOrLoading } from "@/app/quick-or-loading"
import { PhoneResults } from "@/games/quipflip/ui/phone-results"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "Quipflip results" }

/** What a session came to. */
export default async function ResultsPage({ params }: SessionRoute) {
  const { sessionId } = await params
  return <QuickOrLoading page={sessionPage(joinPath(null), () => <PhoneResults sessionId={sessionId} />)} loading={<SessionLoading />} />
}
