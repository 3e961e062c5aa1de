import type { LanPeerSummary, LanSummary } from "../view"
import { latencyText } from "./connection-words"
import { CopyAddress } from "./copy-address"
import { PathMark } from "./path-mark"

type PeerListProps = { lan: LanSummary; /** The guest whose phone this is. */ guestId: string }

/** Everybody on the LAN, in the order of their addresses: by which path, how quickly, and where to find them. */
export function PeerList({ lan, guestId }: PeerListProps) {
  const more = lan.peerCount - lan.peers.length
  return (
    <div className="grid grid-cols-1 gap-2">
      <ul aria-label="PCs on the LAN" className="grid grid-cols-1">
        {lan.peers.map((peer) => <PeerRow key={peer.id} peer={peer} isOwn={peer.guestId === guestId} />)}
      </ul>
      {more > 0 && <p className="text-muted">And {more} more.</p>}
    </div>
  )
}

function PeerRow({ peer, isOwn }: { peer: LanPeerSummary; isOwn: boolean }) {
  const { name, virtualIp, connectionType, latencyMs } = peer
  return (
    <li className="flex items-center justify-between gap-3 border-b border-line py-2 last:border-0">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi className="truncate text-lg font-bold">{name}</bdi>
          {isOwn && <span className="shrink-0 text-muted">yours</span>}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <PathMark type={connectionType} />
          {latencyMs !== null && <span className="numerals text-lg text-muted">{latencyText(latencyMs)}</span>}
        </p>
      </div>
      <CopyAddress address={virtualIp} name={name} />
    </li>
  )
}
