import type { ConnectionType } from "@/lan/protocol"
import type { LinkReport } from "./control-plane"

type Seen = { readonly peerId: string; readonly view: { readonly connectionType: ConnectionType; readonly roundTripMs: number | null } }

/** A heartbeat carries so many links at most. */
const mostLinks = 256

/** [LANA-43] [LAN-53] What the party has been told of this PC's paths, and what of it is news by now. */
export class LinkReports {
  readonly #told = new Map<string, LinkReport>()

  /** The paths that the party should hear of: another word, or a latency that is another by 10 ms and a quarter. */
  news(peers: readonly Seen[]): LinkReport[] {
    return peers.map(reportOf).filter((report) => isNews(this.#told.get(report.peer_id), report)).slice(0, mostLinks)
  }

  told(reports: readonly LinkReport[]): void {
    for (const report of reports) this.#told.set(report.peer_id, report)
  }

  /** Whoever is gone is told anew when it comes again. */
  forget(peerId: string): void {
    this.#told.delete(peerId)
  }

  forgetAll(): void {
    this.#told.clear()
  }
}

function reportOf({ peerId, view }: Seen): LinkReport {
  return { peer_id: peerId, connection_type: view.connectionType, latency_ms: latencyOf(view.roundTripMs) }
}

/** The party takes 0 to 60 000 ms; to a tenth is exact enough. */
function latencyOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(Math.min(Math.max(ms, 0), 60_000) * 10) / 10
}

function isNews(told: LinkReport | undefined, now: LinkReport): boolean {
  if (!told || told.connection_type !== now.connection_type) return true
  if (told.latency_ms === null || now.latency_ms === null) return told.latency_ms !== now.latency_ms
  const difference = Math.abs(told.latency_ms - now.latency_ms)
  return difference >= 10 && difference >= told.latency_ms / 4
}
