"use client"

import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Card } from "@/ui/card"
import { Notice } from "@/ui/notice"
import type { LanPeerSummary } from "../view"
import { latencyText } from "./connection-words"
import { CopyAddress } from "./copy-address"
import { Fold } from "./join-guide"
import { LanPicture } from "./lan-picture"
import { MakeLine } from "./make-line"
import { pcsOf } from "./own-line"
import { PathMark } from "./path-mark"
import { PeerList } from "./peer-list"

/** The virtual LAN on the phone: how the own PC gets in, and who else is there. */
export function LanTab({ me }: { me: OwnGuestView }) {
  const { lan, party } = useNight().night
  const own = pcsOf(lan, me.id)
  const isIn = own.length > 0
  const isOver = party.status === "ENDED"
  const makeLine = (
    <Card accent="lan">
      <MakeLine guestId={me.id} words={isIn ? "One more PC" : "Play from my PC"}>{!isIn && <WhatItIs />}</MakeLine>
    </Card>
  )
  return (
    <div className="grid grid-cols-1 gap-4">
      {own.map((pc) => <OwnPc key={pc.id} pc={pc} />)}
      {!isOver && !isIn && makeLine}
      {isOver && !lan && <Card accent="lan"><WhatItIs /><p className="text-muted">It ended with the party.</p></Card>}
      {lan && lan.peerCount > 0 && (
        <Card title="On the LAN" aside={<span className="numerals text-3xl text-accent-text">{lan.peerCount}</span>}>
          <PeerList lan={lan} guestId={me.id} />
          <Fold title="What the words mean"><PathWords /></Fold>
        </Card>
      )}
      {!isOver && isIn && makeLine}
      {lan?.hasPassword && !isOver && <Notice tone="tip">The host set a password: the PC asks for it.</Notice>}
    </div>
  )
}

function WhatItIs() {
  return (
    <div className="grid grid-cols-1 gap-3">
      <LanPicture />
      <h2 className="text-3xl">One LAN for every PC</h2>
      <p className="text-lg">Games that only play on a local network find each other, whoever sits where.</p>
    </div>
  )
}

function OwnPc({ pc }: { pc: LanPeerSummary }) {
  return (
    <Card accent="lan" tag="Your PC is in" title={<bdi>{pc.name}</bdi>}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <CopyAddress address={pc.virtualIp} name={pc.name} size="big" />
        <p className="grid justify-items-end">
          <PathMark type={pc.connectionType} className="text-lg" />
          {pc.latencyMs !== null && <span className="numerals text-xl text-muted">{latencyText(pc.latencyMs)}</span>}
        </p>
      </div>
    </Card>
  )
}

const meanings = [
  { type: "direct", words: "from PC to PC, the quickest way." },
  { type: "relayed", words: "by way of the party, where no direct way is open. It plays, a little slower." },
  { type: "connecting", words: "looks for a way to somebody." },
  { type: "failed", words: "does not reach somebody. It goes on trying." },
  { type: "unknown", words: "has told of no way yet, or is alone." },
] as const

function PathWords() {
  return (
    <>
      <p>Everybody here sees everybody, under these addresses. A PC shows the worst of its ways to the others, and the middle one of its latencies.</p>
      <ul className="grid gap-2">
        {meanings.map(({ type, words }) => <li key={type}><PathMark type={type} />: {words}</li>)}
      </ul>
    </>
  )
}
