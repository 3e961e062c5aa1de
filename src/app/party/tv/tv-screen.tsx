"use client"

import type { ReactNode } from "react"
import { useLatestBets } from "@/betting/ui/latest-bets"
import { useTopPayouts } from "@/betting/ui/top-payouts"
import { TvRoundStage } from "@/games/imposter/ui/tv-round-stage"
import { TvRoundStrip } from "@/games/imposter/ui/tv-round-strip"
import { type ToldResults, useSessionResults } from "@/games/quipflip/ui/tv-results"
import { TvSessionStage } from "@/games/quipflip/ui/tv-session-stage"
import { TvSessionStrip } from "@/games/quipflip/ui/tv-session-strip"
import { RecordMoment } from "@/games/racing/ui/record-moment"
import { TvLanCorner, TvLanLine } from "@/lan/ui/tv-corner"
import { useMoment, useNight } from "@/live/use-night"
import { CornerInvitation } from "@/party/ui/corner-invitation"
import { hasNews } from "@/party/ui/evening-places"
import { EveningTable } from "@/party/ui/evening-table"
import { Invitation } from "@/party/ui/invitation"
import type { Accent } from "@/ui/accent"
import { Stage } from "@/ui/stage"
import type { Beside } from "./beside"
import type { Programme } from "./candidate"
import { ConnectionSign } from "./connection-sign"
import { openLink, useCodeInAddress } from "./open-link"
import type { PinnedView } from "./programme"
import { RaceStage } from "./race-stage"
import { RaceStrip } from "./race-strip"
import { RacesStage } from "./races-stage"
import { ResultStage } from "./result-stage"
import { useServerNow } from "./server-now"
import { StayAwake } from "./stay-awake"
import { TableStage } from "./table-stage"
import { TvDoor } from "./tv-door"
import { TvManners } from "./tv-manners"
import { useProgramme } from "./use-programme"

type TvScreenProps = {
  pinned: PinnedView
  /** Where phones reach this party, with the scheme. */
  origin: string
  /** The QR code, drawn by the server. */
  children: ReactNode
}

/** The TV: follows the night by itself. */
export function TvScreen(props: TvScreenProps) {
  const { gone } = useNight()
  if (!gone) return <OnAir {...props} />
  return <TvDoor reason={gone.code === "party_unknown" ? "That party is over." : "The host switched this screen's link off."} />
}

function OnAir({ pinned, origin, children }: TvScreenProps) {
  const { night } = useNight()
  const nowMs = useServerNow()
  const results = useSessionResults(night.sessions)
  const { programme, beside } = useProgramme({ pinned, results, nowMs })
  // A screen that already is a TV can be given to another party by a new link.
  useCodeInAddress((code) => void openLink(code))
  return (
    <Stage theme="dark" accent={accents[programme.kind]}>
      <main className="tv-screen grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] overflow-hidden p-12 has-[>:nth-child(2)]:gap-6">
        <Shown programme={programme} nowMs={nowMs} origin={origin} results={results} qr={children} />
        {beside && <Strip beside={beside} />}
      </main>
      {/* Nothing lies across a clock or a reveal. */}
      {programme.kind !== "imposter" && programme.kind !== "quipflip" && <RecordMoment />}
      <ConnectionSign />
      <StayAwake />
      <TvManners />
    </Stage>
  )
}

const accents: Record<Programme["kind"], Accent> = {
  invitation: "party",
  table: "party",
  ended: "party",
  races: "racing",
  result: "racing",
  imposter: "imposter",
  quipflip: "quipflip",
}

function Strip({ beside }: { beside: Beside }) {
  switch (beside.kind) {
    case "race":
      return <RaceStrip race={beside.race} />
    case "imposter":
      return <TvRoundStrip round={beside.round} />
    case "quipflip":
      return <TvSessionStrip session={beside.session} />
  }
}

type ShownProps = { programme: Programme; nowMs: number; origin: string; results: ToldResults; qr: ReactNode }

function Shown({ programme, nowMs, origin, results, qr }: ShownProps) {
  // What people can type.
  const address = origin.replace(/^https?:\/\//, "")
  const { night, refetch } = useNight()
  // A newcomer is in the guest list at once, but the evening's table comes with the snapshot only.
  useMoment((moment) => moment.kind === "userJoined" && refetch())
  const bets = useLatestBets()
  const payouts = useTopPayouts()
  const corner = (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)]">
      <TvLanCorner />
      <CornerInvitation party={night.party} address={address} qr={qr} />
    </div>
  )
  switch (programme.kind) {
    case "invitation":
      return <Invitation party={night.party} guests={night.guests} address={address} qr={qr} aside={hasNews(night.table) && <TableAside />} lan={<TvLanLine />} />
    case "table":
      return <TableStage title="The evening's table" corner={corner} />
    case "ended":
      return <TableStage title="That was the party" corner={null} />
    case "result":
      return <ResultStage race={programme.race} payouts={payouts.get(programme.race.gameId) ?? []} corner={corner} />
    case "imposter":
      return <TvRoundStage round={programme.round} isFresh={programme.isFresh} corner={corner} />
    case "quipflip": {
      const { session, toldFromMs } = programme
      return <TvSessionStage session={session} toldFromMs={toldFromMs} results={results.get(session.sessionId) ?? null} origin={origin} corner={corner} />
    }
    case "races": {
      const [first] = programme.races
      if (programme.races.length === 1 && programme.pages === 1 && first) {
        return <RaceStage key={first.gameId} race={first} bets={bets} nowMs={nowMs} corner={corner} />
      }
      return <RacesStage programme={programme} bets={bets} nowMs={nowMs} corner={corner} />
    }
  }
}

function TableAside() {
  const { night } = useNight()
  return (
    <section aria-label="The evening's table" className="grid content-start gap-5">
      <h2 className="text-5xl">Tonight&apos;s table</h2>
      <EveningTable table={night.table} limit={8} />
    </section>
  )
}
