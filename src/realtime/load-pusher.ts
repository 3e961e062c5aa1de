import type { PusherLibrary } from "./party-socket"

/** pusher-js, in a chunk of its own: no page's first load waits for it. */
export async function loadPusher(): Promise<PusherLibrary> {
  const { default: Pusher } = await import("pusher-js")
  return Pusher
}
