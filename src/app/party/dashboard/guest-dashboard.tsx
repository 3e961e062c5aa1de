"use client"

import { Flag, HandCoins, MessagesSquare, Network, PartyPopper, VenetianMask } from "lucide-react"
import { useRouter } from "next/navigation"
import { isBetWanted } from "@/betting/ui/own-stakes"
import { WonMoment } from "@/betting/ui/won-moment"
import { useCardSeen } from "@/games/imposter/ui/use-card-seen"
import { useOwnCard } from "@/games/imposter/ui/use-own-card"
import { useRoundAlerts } from "@/games/imposter/ui/use-round-alerts"
import { waitsForGuest } from "@/games/imposter/ui/waits-for-guest"
import { ownSession, sessionPath, waitsForPlayer } from "@/games/quipflip/ui/own-session"
import { PhoneCall } from "@/games/quipflip/ui/phone-call"
import { useSessionAlerts, useSessionCall } from "@/games/quipflip/ui/use-session-alerts"
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
import { useToast } from "@/ui/toast"
import { useStoredText } from "@/ui/use-stored-text"
import { BetsTab, ImposterTab, LanTab, QuipflipTab, TonightTab, useTabsAhead } from "./lazy-tabs"

const tabIds = ["racing", "bets", "imposter", "quipflip", "lan", "tonight"] as const
type TabId = (typeof tabIds)[number]

/** The guest's one page: the night of this seat, or why there is none any more. */
export function GuestDashboard() {
  const { night, gone, refetch } = useNight()
  if (gone) return <LeftTheNight code={gone.code} error={gone.error} onRetry={refetch} />
  if (!night.me) return <LeftTheNight code="not_signed_in" error="" onRetry={refetch} />
  return <SeatedDashboard night={night} me={night.me} />
}

function SeatedDashboard({ night, me }: { night: NightView; me: OwnGuestView }) {
  const router = useRouter()
  const tab = useStoredText("dashboard-tab", "racing")
  const call = useCall(me.id)
  const awake = useScreenAwake()
  const toast = useToast()
  const cardSeen = useCardSeen(night.imposter)
  useTabsAhead()
  useRecordToast()
  useOwnCard()
  useRoundAlerts(me.id, () => {
    if (isTyping()) toast("Imposter has started. Your card is on its tab.", "imposter")
    else openTab("imposter")
  })
  useSessionAlerts(me.id, (session) => {
    if (isTyping()) toast("Quipflip has started. It is on its tab.", "quipflip")
    else router.push(sessionPath(session))
  })
  const [sessionCall, dismissSessionCall] = useSessionCall(me.id)
  const calledSession = sessionCall && night.sessions.find(({ sessionId }) => sessionId === sessionCall.sessionId)
  const shown = tabIds.find((id) => id === tab.text) ?? "racing"
  function openTab(id: TabId) {
    tab.setText(id)
    window.scrollTo({ top: 0 })
  }

  const waits = { call: call.message !== null, imposter: waitsForGuest(night.imposter, me.id, cardSeen.isSeen), quipflip: waitsForPlayer(ownSession(night.sessions, me.id), me.id) }
  const tabs = tabsFor(night, me, waits)

  return (
    <Stage accent={tabs.find(({ id }) => id === shown)?.accent}>
      {awake.holder}
      <GuestHeader me={me} />
      <main className="phone-page">
        {night.party.status === "ENDED" && <Notice tone="tip" className="mb-4">The party is over. Thanks for playing!</Notice>}
        <Tabs label="What is on" placement="bottom" tabs={tabs} value={shown} onChange={openTab}>
          {shown === "racing" && <RaceTab me={me} onBet={() => openTab("bets")} />}
          {shown === "bets" && <BetsTab me={me} />}
          {shown === "imposter" && <ImposterTab me={me} awake={awake} />}
          {shown === "quipflip" && <QuipflipTab me={me} />}
          {shown === "lan" && <LanTab me={me} />}
          {shown === "tonight" && <TonightTab me={me} awake={awake} />}
        </Tabs>
      </main>
      <WonMoment />
      {calledSession && <PhoneCall key={sessionCall.at} session={calledSession} guestId={me.id} isHere={false} onDismiss={dismissSessionCall} />}
      {call.message !== null && <CalledToRig me={me} message={call.message} onDismiss={call.dismiss} />}
    </Stage>
  )
}

/** In the middle of a text or a dialog of the tab that is open: nothing may take it away. */
function isTyping(): boolean {
  const focused = document.activeElement
  return focused?.closest("dialog, textarea, select, input:not([type=checkbox]):not([type=radio])") != null
}

/** What waits for this guest besides the bets. */
type Waits = { call: boolean; imposter: boolean; quipflip: boolean }

function tabsFor({ party, markets, myBets }: NightView, me: OwnGuestView, waits: Waits): Tab<TabId>[] {
  const isOpen = party.status === "OPEN"
  const guest = { id: me.id, walletBalance: me.walletBalance, isSelfBettingOn: party.isSelfBettingOn }
  return [
    { id: "racing", label: "Racing", icon: <Flag />, accent: "racing", needsMe: waits.call },
    { id: "bets", label: "Bets", icon: <HandCoins />, accent: "coins", needsMe: isOpen && isBetWanted(markets, myBets, guest) },
    { id: "imposter", label: "Imposter", icon: <VenetianMask />, accent: "imposter", needsMe: isOpen && waits.imposter },
    { id: "quipflip", label: "Quipflip", icon: <MessagesSquare />, accent: "quipflip", needsMe: isOpen && waits.quipflip },
    { id: "lan", label: "LAN", icon: <Network />, accent: "lan" },
    { id: "tonight", label: "Tonight", icon: <PartyPopper />, accent: "party" },
  ]
}
