"use client"

import { kickLanPeerAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useHostCommand } from "@/party/ui/use-host-command"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import type { LanPeerSummary, LanSummary } from "../view"
import { latencyText } from "./connection-words"
import { CopyAddress } from "./copy-address"
import { PathMark } from "./path-mark"

/** The PCs on the LAN with address, path and latency; the host may take one out [LAN-33]. */
export function ControlPeers({ lan }: { lan: LanSummary }) {
  const more = lan.peerCount - lan.peers.length
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <ul aria-label="PCs on the LAN" className="grid grid-cols-[minmax(0,1fr)]">{lan.peers.map((peer) => <PeerRow key={peer.id} peer={peer} />)}</ul>
      {more > 0 && <p className="text-muted">And {more} more, at higher addresses.</p>}
    </div>
  )
}

function PeerRow({ peer }: { peer: LanPeerSummary }) {
  const { night } = useNight()
  const { run, busy, refusal, isOffline } = useHostCommand()
  const { id, guestId, name, virtualIp, connectionType, latencyMs } = peer
  const owner = night.guests.find((guest) => guest.id === guestId)
  return (
    <li className="grid gap-2 border-b border-line py-1.5 last:border-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="grid min-w-32 flex-1">
          <bdi className="line-clamp-2 text-lg font-bold">{name}</bdi>
          {owner && owner.name !== name && <span className="truncate text-muted">of <bdi>{owner.name}</bdi></span>}
        </div>
        <p className="grid w-32">
          <PathMark type={connectionType} />
          {latencyMs !== null && <span className="numerals text-lg text-muted">{latencyText(latencyMs)}</span>}
        </p>
        <CopyAddress address={virtualIp} name={name} />
        <div className="flex w-32 justify-end">
          {guestId === null ? <span className="text-muted">yours</span> : (
            <ConfirmButton size="small" question="Take it out?" pending={busy} disabled={isOffline} onConfirm={() => void run(() => kickLanPeerAction(id))}>Kick</ConfirmButton>
          )}
        </div>
      </div>
      <Notice>{refusal}</Notice>
    </li>
  )
}
