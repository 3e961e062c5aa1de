import type { ConnectionType } from "./protocol"

/** How one PC reaches another, as it reports: the type of the connection, and the latency in ms once it is measured. */
export type Link = { readonly connectionType: ConnectionType; readonly latencyMs: number | null }
/** By peer id. */
export type Links = Readonly<Record<string, Link>>

type Linked = { readonly id: string; readonly isHost: boolean; readonly links: Links }

const unknown: Link = { connectionType: "unknown", latencyMs: null }

/**
 * [LAN-51] The path between two PCs as one of them is shown it: its own report, else the other's. The viewer itself, and the
 * host's PC before anything is reported, are what they are.
 */
export function linkSeenBy(viewer: Linked, peer: Linked): Link {
  if (peer.id === viewer.id) return peer.isHost ? { connectionType: "host", latencyMs: null } : unknown
  return viewer.links[peer.id] ?? peer.links[viewer.id] ?? unknown
}

// What is worst says most to people: who is connected to nobody is looked for first.
const inOrderOfTrouble: readonly ConnectionType[] = ["failed", "connecting", "relayed", "direct"]

/** [LAN-52] One word and one number for a PC, for the screens: the most troubled of its paths, and the median latency. */
export function summaryOf({ isHost, links }: Linked, living: ReadonlySet<string>): Link {
  const own = Object.entries(links).flatMap(([id, link]) => (living.has(id) ? [link] : []))
  const latencyMs = medianOf(own.flatMap((link) => link.latencyMs ?? []))
  if (isHost) return { connectionType: "host", latencyMs }
  const worst = inOrderOfTrouble.find((type) => own.some(({ connectionType }) => connectionType === type))
  return { connectionType: worst ?? "unknown", latencyMs }
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

const noticeableMs = 10
const noticeableShare = 0.25

/** [LAN-53] Whether screens should hear of it: another path, or a latency that people would notice. */
export function isWorthTelling(before: Link, after: Link): boolean {
  if (before.connectionType !== after.connectionType) return true
  if (before.latencyMs === null || after.latencyMs === null) return before.latencyMs !== after.latencyMs
  const changeMs = Math.abs(after.latencyMs - before.latencyMs)
  return changeMs >= noticeableMs && changeMs >= before.latencyMs * noticeableShare
}
