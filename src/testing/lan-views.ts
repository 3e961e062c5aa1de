import type { LanPeerSummary, LanSummary } from "@/lan/view"

/** Somebody's PC, reached directly; named like the guest's id. */
export function aLanPeer(guestId: string, part: Partial<LanPeerSummary> = {}): LanPeerSummary {
  return { id: `pc-of-${guestId}`, guestId, name: guestId, virtualIp: "10.66.0.2", connectionType: "direct", latencyMs: 12, ...part }
}

/** A network with these PCs, counted as the server counts them. */
export function aLan(peers: readonly LanPeerSummary[], part: Partial<LanSummary> = {}): LanSummary {
  const counts: LanSummary["counts"] = {}
  for (const { connectionType } of peers) counts[connectionType] = (counts[connectionType] ?? 0) + 1
  return { id: "0123456789ab", name: "Sofa Grand Prix", maxPeers: 64, hasPassword: false, peerCount: peers.length, counts, peers: [...peers], ...part }
}
