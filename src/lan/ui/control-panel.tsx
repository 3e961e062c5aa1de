"use client"

import type { RefObject } from "react"
import { useNight } from "@/live/use-night"
import { Card } from "@/ui/card"
import { Tag } from "@/ui/tag"
import { countsText, pcsText } from "./connection-words"
import { ControlKicked } from "./control-kicked"
import { ControlPeers } from "./control-peers"
import { ControlRelay } from "./control-relay"
import { CloseLan, LanLimits } from "./control-settings"
import { Fold } from "./join-guide"
import { MakeLine } from "./make-line"
import { pcsOf } from "./own-line"

type LanPanelProps = {
  /** The one sensible button: the shortcut lands on it. */
  stepRef: RefObject<HTMLDivElement | null>
  className?: string
}

/** The virtual LAN at race control: who is on it and how, the host's own PC, and what the host may change. */
export function LanPanel({ stepRef, className }: LanPanelProps) {
  const { lan } = useNight().night
  const isHostIn = pcsOf(lan, null).length > 0
  return (
    <Card accent="lan" className={className}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-5 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <header className="flex items-start justify-between gap-3">
            <div className="grid gap-1">
              <h2 className="pb-1 text-4xl">LAN</h2>
              {lan && <p dir="auto" className="text-muted">{lan.name}{lan.hasPassword && ", with a password"}</p>}
            </div>
            <Tag look="outline" className="whitespace-nowrap">{lan ? `${lan.peerCount} of ${lan.maxPeers}` : "No network"}</Tag>
          </header>
          {lan && lan.peerCount > 0 ? (
            <>
              <p className="text-lg"><strong>{pcsText(lan.peerCount)}</strong> <span className="text-muted">{countsText(lan)}</span></p>
              <ControlPeers lan={lan} />
            </>
          ) : (
            <HowItBegins />
          )}
          <ControlKicked />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {!isHostIn && (
            <div ref={stepRef} className="rounded-xl bg-raised p-3">
              <MakeLine guestId={null} words="Play from this laptop">
                <p>A PC of your own, at 10.66.0.1. When it leaves, the LAN ends for everybody.</p>
              </MakeLine>
            </div>
          )}
          <ControlRelay />
          {lan && <Fold title="Name, size, password"><LanLimits key={`${lan.id} ${lan.name} ${lan.maxPeers}`} lan={lan} /></Fold>}
          {lan && <CloseLan />}
        </div>
      </div>
    </Card>
  )
}

function HowItBegins() {
  return (
    <>
      <p className="text-lg">Guests bring their PCs in without you: under LAN on the phone, one tap makes one line for one PC.</p>
      <ol className="grid gap-2 text-muted">
        <li>The PC runs the line and gets an address in 10.66.0.0/16.</li>
        <li>PCs reach each other directly where their routers let them, else by way of the party.</li>
        <li>Here you see who is in and how, and take somebody out when you have to.</li>
      </ol>
    </>
  )
}
