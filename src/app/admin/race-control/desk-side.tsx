"use client"

import type { RefObject } from "react"
import type { MarketView } from "@/betting/view"
import { MarketControl } from "@/betting/ui/market-control"
import { ResultFileDrop } from "@/games/racing/ui/result-file-drop"
import type { RaceView } from "@/games/racing/view"
import { EventLog } from "@/party/ui/event-log"
import { GuestList } from "@/party/ui/guest-list"
import { NightExport } from "@/party/ui/night-export"
import { DeletionDate } from "@/party/ui/deletion-date"
import { PartyEnding } from "@/party/ui/party-ending"
import { PartySettings } from "@/party/ui/party-settings"
import { classNames } from "@/ui/class-names"
import { type Tab, Tabs } from "@/ui/tabs"

export type SideTab = "guests" | "bets" | "file" | "party" | "log"

const tabs: readonly Tab<SideTab>[] = [
  { id: "guests", label: "Guests" },
  { id: "bets", label: "Bets", accent: "coins" },
  { id: "file", label: "File" },
  { id: "party", label: "Party" },
  { id: "log", label: "Log" },
]

type DeskSideProps = {
  sideRef: RefObject<HTMLElement | null>
  tab: SideTab
  onTab: (tab: SideTab) => void
  race: RaceView | null
  market: MarketView | null
  searchField: RefObject<HTMLInputElement | null>
  fileField: RefObject<HTMLInputElement | null>
  onImported: (gameId: string) => void
  onDeleted: () => void
  className?: string
}

/** Everything that is not the lap at hand, one tab at a time. */
export function DeskSide({ sideRef, tab, onTab, race, market, searchField, fileField, onImported, onDeleted, className }: DeskSideProps) {
  return (
    <section ref={sideRef} aria-label="The rest of the night" data-accent="party" className={classNames("rounded-2xl border-2 border-line bg-surface p-3", className)}>
      <Tabs label="The rest of the night" tabs={tabs} value={tab} onChange={onTab}>
        {tab === "guests" && <GuestList searchRef={searchField} />}
        {tab === "bets" && <MarketControl market={market} />}
        {tab === "file" && <ResultFileDrop race={race} buttonRef={fileField} onImported={onImported} />}
        {tab === "party" && (
          <div className="grid gap-6">
            <PartySettings />
            <section className="grid gap-3 border-t-2 border-line pt-4">
              <h2 className="text-3xl">Take it home</h2>
              <NightExport />
            </section>
            <section className="grid gap-3 border-t-2 border-line pt-4">
              <h2 className="text-3xl">The end</h2>
              <DeletionDate />
              <PartyEnding onDeleted={onDeleted} />
            </section>
          </div>
        )}
        {tab === "log" && <EventLog />}
      </Tabs>
    </section>
  )
}
