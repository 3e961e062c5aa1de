/** How many WebSockets the party's own Pusher server has. */
export type EmbeddedSockets = { count(): number }

// The party's server and what Next bundles are other copies of the same modules: they meet on the global object.
const key = Symbol.for("party-os.sockets")
const holder = globalThis as { [key]?: EmbeddedSockets | undefined }

/** Lets the doors of this process know its sockets; `undefined` when they are closed. */
export function announceEmbeddedSockets(sockets: EmbeddedSockets | undefined): void {
  holder[key] = sockets
}

/** The sockets of this process, or `undefined` when Pusher is elsewhere. */
export function embeddedSockets(): EmbeddedSockets | undefined {
  return holder[key]
}
