import type { LanPeerSummary, LanSummary } from "../view"

export type ConnectionType = LanPeerSummary["connectionType"]

/** How a PC is connected, in one word. */
export const connectionWords: Record<ConnectionType, string> = {
  host: "Host",
  direct: "Direct",
  relayed: "Relayed",
  connecting: "Connecting",
  failed: "No path",
  unknown: "Just in",
}

// The best first, for who reads a sum.
const bestFirst: readonly ConnectionType[] = ["direct", "relayed", "connecting", "failed"]
/** What a room may read without anybody being called out. */
export const calmTypes: readonly ConnectionType[] = ["direct", "relayed"]

/** "3 direct, 1 relayed": how the PCs are connected, counted over all of them; empty while no such path is known. */
export function countsText({ counts }: Pick<LanSummary, "counts">, types = bestFirst): string {
  return types.flatMap((type) => (counts[type] ? [`${counts[type]} ${connectionWords[type].toLowerCase()}`] : [])).join(", ")
}

/** "1 PC", "5 PCs". */
export function pcsText(count: number): string {
  return count === 1 ? "1 PC" : `${count} PCs`
}

/** Ms for people: "12 ms", "under 1 ms". */
export function latencyText(latencyMs: number): string {
  return latencyMs < 1 ? "under 1 ms" : `${Math.round(latencyMs)} ms`
}
