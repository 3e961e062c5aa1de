"use client"

import type { ReactNode } from "react"
import { useLatestBets } from "@/betting/ui/latest-bets"
import { useTopPayouts } from "@/betting/ui/top-payouts"
import { RecordMoment } from "@/games/racing/ui/record-moment"
import { useMoment, useNight } from "@/live/use-night"
import { CornerInvitation } from "@/party/ui/corner-invitation"
import { hasNews } from "@/party/ui/evening-places"
import { EveningTable } from "@/party/ui/evening-table"
import { Invitation } from "@/party/ui/invitation"
import { Stage } from "@/ui/stage"
import { ConnectionSign } from "./connection-sign"
import { openLink, useCodeInAddress } from "./open-link"
import type { PinnedView, Programme } from "./programme"
import { RaceStage } from "./race-stage"
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
    <Stage theme="dark" accent={programme.kind === "races" || programme.kind === "result" ? "racing" : "party"}>
      <main className="tv-screen grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden p-12">
        <Shown programme={programme} nowMs={nowMs} address={address} qr={children} />
      </main>
      <RecordMoment />
      <ConnectionSign />
      <StayAwake />
      <TvManners />
    </Stage>
  )
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
