"use client"

import type { ReactNode } from "react"
import { useLatestBets } from "@/betting/ui/latest-bets"
import { useTopPayouts } from "@/betting/ui/top-payouts"
import { TvRoundStage } from "@/games/imposter/ui/tv-round-stage"
import { TvRoundStrip } from "@/games/imposter/ui/tv-round-strip"
import { RecordMoment } from "@/games/racing/ui/record-moment"
import { useMoment, useNight } from "@/live/use-night"
import { CornerInvitation } from "@/party/ui/corner-invitation"
import { hasNews } from "@/party/ui/evening-places"
import { EveningTable } from "@/party/ui/evening-table"
import { Invitation } from "@/party/ui/invitation"
import type { Accent } from "@/ui/accent"
import { Stage } from "@/ui/stage"
import { ConnectionSign } from "./connection-sign"
import { openLink, useCodeInAddress } from "./open-link"
import { besideOf, type PinnedView, type Programme } from "./programme"
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
  /** The address people can type, without the scheme. */
  address: string
  /** The QR code, drawn by the server. */
  children: ReactNode
}

/** The TV: follows the night by itself. */
export function TvScreen(props: TvScreenProps) {
  const { gone } = useNight()
  if (!gone) return <OnAir {...props} />
  return <TvDoor reason={gone.code === "party_unknown" ? "That party is over." : "The host switched this screen's link off."} />
}

function OnAir({ pinned, address, children }: TvScreenProps) {
  const nowMs = useServerNow()
  const programme = useProgramme(pinned, nowMs)
  // A screen that already is a TV can be given to another party by a new link.
  useCodeInAddress((code) => void openLink(code))
  return (
    <Stage theme="dark" accent={accents[programme.kind]}>
      <main className="tv-screen grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] overflow-hidden p-12 has-[>:nth-child(2)]:gap-6">
        <Shown programme={programme} nowMs={nowMs} address={address} qr={children} />
        <Strip programme={programme} />
      </main>
      {/* Nothing lies across a clock or a reveal. */}
      {programme.kind !== "imposter" && <RecordMoment />}
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
}

function Strip({ programme }: { programme: Programme }) {
  const { night } = useNight()
  const beside = besideOf(programme, night)
  if (!beside) return null
  return beside.kind === "race" ? <RaceStrip race={beside.race} /> : <TvRoundStrip round={beside.round} />
}

type ShownProps = { programme: Programme; nowMs: number; address: string; qr: ReactNode }

function Shown({ programme, nowMs, address, qr }: ShownProps) {
  const { night, refetch } = useNight()
  // A newcomer is in the guest list at once, but the evening's table comes with the snapshot only.
  useMoment((moment) => moment.kind === "userJoined" && refetch())
  const bets = useLatestBets()
  const payouts = useTopPayouts()
  const corner = <CornerInvitation party={night.party} address={address} qr={qr} />
  switch (programme.kind) {
    case "invitation":
      return <Invitation party={night.party} guests={night.guests} address={address} qr={qr} aside={hasNews(night.table) && <TableAside />} />
    case "table":
      return <TableStage title="The evening's table" corner={corner} />
    case "ended":
      return <TableStage title="That was the party" corner={null} />
    case "result":
      return <ResultStage race={programme.race} payouts={payouts.get(programme.race.gameId) ?? []} corner={corner} />
    case "imposter":
      return <TvRoundStage round={programme.round} isFresh={programme.isFresh} corner={corner} />
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
