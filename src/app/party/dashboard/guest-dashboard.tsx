"use client"

import { Flag, HandCoins, PartyPopper } from "lucide-react"
import { BetsTab } from "@/betting/ui/bets-tab"
import { isBetWanted } from "@/betting/ui/own-stakes"
import { WonMoment } from "@/betting/ui/won-moment"
import { RaceTab, useRecordToast } from "@/games/racing/ui/race-tab"
import { useNight } from "@/live/use-night"
import type { NightView } from "@/live/night-view"
import { CalledToRig, useCall } from "@/party/ui/called-to-rig"
import { GuestHeader } from "@/party/ui/guest-header"
import { LeftTheNight } from "@/party/ui/left-the-night"
import { useScreenAwake } from "@/party/ui/screen-awake"
import type { OwnGuestView } from "@/party/view"
import { Notice } from "@/ui/notice"
import { Stage } from "@/ui/stage"
import { type Tab, Tabs } from "@/ui/tabs"
import { useStoredText } from "@/ui/use-stored-text"
import { TonightTab } from "./tonight-tab"

const tabIds = ["racing", "bets", "tonight"] as const
type TabId = (typeof tabIds)[number]

/** The guest's one page: the night of this seat, or why there is none any more. */
export function GuestDashboard() {
  const { night, gone, refetch } = useNight()
  if (gone) return <LeftTheNight code={gone.code} error={gone.error} onRetry={refetch} />
  if (!night.me) return <LeftTheNight code="not_signed_in" error="" onRetry={refetch} />
  return <SeatedDashboard night={night} me={night.me} />
}

function SeatedDashboard({ night, me }: { night: NightView; me: OwnGuestView }) {
  const tab = useStoredText("dashboard-tab", "racing")
  const call = useCall(me.id)
  const awake = useScreenAwake()
  useRecordToast()
  const shown = tabIds.find((id) => id === tab.text) ?? "racing"
  function openTab(id: TabId) {
    tab.setText(id)
    window.scrollTo({ top: 0 })
  }

  const tabs = tabsFor(night, me, call.message !== null)

  return (
    <Stage accent={tabs.find(({ id }) => id === shown)?.accent}>
      {awake.holder}
      <GuestHeader me={me} />
      <main className="phone-page">
        {night.party.status === "ENDED" && <Notice tone="tip" className="mb-4">The party is over. Thanks for playing!</Notice>}
        <Tabs label="What is on" placement="bottom" tabs={tabs} value={shown} onChange={openTab}>
          {shown === "racing" && <RaceTab me={me} onBet={() => openTab("bets")} />}
          {shown === "bets" && <BetsTab me={me} />}
          {shown === "tonight" && <TonightTab me={me} awake={awake} />}
        </Tabs>
      </main>
      <WonMoment />
      {call.message !== null && <CalledToRig me={me} message={call.message} onDismiss={call.dismiss} />}
    </Stage>
  )
}

function tabsFor({ party, markets, myBets }: NightView, me: OwnGuestView, isCalled: boolean): Tab<TabId>[] {
  const isOpen = party.status === "OPEN"
  const guest = { id: me.id, walletBalance: me.walletBalance, isSelfBettingOn: party.isSelfBettingOn }
  return [
    { id: "racing", label: "Racing", icon: <Flag />, accent: "racing", needsMe: isCalled },
    { id: "bets", label: "Bets", icon: <HandCoins />, accent: "coins", needsMe: isOpen && isBetWanted(markets, myBets, guest) },
    { id: "tonight", label: "Tonight", icon: <PartyPopper />, accent: "party" },
  ]
}
