import type { Metadata } from "next"
import { headers } from "next/headers"
import { NightProvider } from "@/live/night-provider"
import { pageNight, partyUrl } from "@/server/page-night"
import { QrCode } from "@/ui/qr-code"
import { BackSoon } from "./back-soon"
import type { PinnedView } from "./programme"
import { TvDoor } from "./tv-door"
import "./tv-scale.css"
import { TvScreen } from "./tv-screen"
import { watchdogScript } from "./watchdog-script"

export const dynamic = "force-dynamic"
export const metadata: Metadata = { title: "TV" }

type TvPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function TvPage({ searchParams }: TvPageProps) {
  const nonce = (await headers()).get("x-nonce") ?? undefined
  return (
    <>
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: watchdogScript }} />
      {await screen(pinnedView((await searchParams).view))}
    </>
  )
}

async function screen(pinned: PinnedView) {
  const shown = await pageNight("tv")
  if (!shown.success) return shown.code === "internal" ? <BackSoon errorId={shown.errorId} /> : <TvDoor />
  const { night, realtime } = shown
  const url = await partyUrl()
  const joinUrl = `${url}/party/join?pin=${night.party.joinPin}`
  return (
    <NightProvider initial={night} surface="tv" realtime={realtime}>
      <TvScreen pinned={pinned} origin={url}>
        <QrCode text={joinUrl} label={`Join ${night.party.name} at ${joinUrl}`} className="size-full" />
      </TvScreen>
    </NightProvider>
  )
}

function pinnedView(text: string | string[] | undefined): PinnedView {
  return text === "invite" || text === "race" || text === "imposter" || text === "quipflip" || text === "table" ? text : null
}
