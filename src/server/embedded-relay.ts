import type { RelayLoad } from "@/lan/relay/relay"

/** The relay that the party's own process runs. */
export type EmbeddedRelay = { load(): RelayLoad }

// The party's server and what Next bundles are other copies of the same modules: they meet on the global object.
const key = Symbol.for("party-os.lan-relay")
const holder = globalThis as { [key]?: EmbeddedRelay | undefined }

/** Lets the doors of this process know its relay; `undefined` when it is closed. */
export function announceEmbeddedRelay(relay: EmbeddedRelay | undefined): void {
  holder[key] = relay
}

/** The relay of this process, or `undefined` when it runs none. */
export function embeddedRelay(): EmbeddedRelay | undefined {
  return holder[key]
}
