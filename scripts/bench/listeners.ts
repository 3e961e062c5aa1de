import type { WebSocket } from "ws"
import { answerTo, sharedNow } from "./processes"
import { openScreen, type Subscription } from "./screen"

/** Screens: each a WebSocket that notes when it hears what. */
export type ListenersRequest =
  | { readonly open: { readonly url: string; readonly sockets: number; readonly subscribe: Subscription | undefined } }
  | { readonly report: { readonly close: boolean } }

/** `versions[i]` was heard at `times[i]` (ms on the shared clock) by one of the sockets. */
export type ListenersAnswer = { readonly versions: readonly number[]; readonly times: readonly number[]; readonly sample: string }

type Heard = { readonly at: number; readonly frame: Buffer }

const connectingAtOnce = 50
let sockets: WebSocket[] = []
let heard: Heard[] = []

answerTo<ListenersRequest, ListenersAnswer>(async (request) => {
  if ("open" in request) {
    const { url, sockets: count, subscribe } = request.open
    for (let left = count; left > 0; left -= connectingAtOnce) {
      const opened = Array.from({ length: Math.min(left, connectingAtOnce) }, (_, index) => {
        const asksApp = index === 0 && left === count
        return openScreen({ url, subscription: subscribe, asksApp }, (frame) => void heard.push({ at: sharedNow(), frame }))
      })
      sockets.push(...(await Promise.all(opened)))
    }
    heard = []
    return { versions: [], times: [], sample: "" }
  }
  const answer = readHeard()
  if (request.report.close) {
    for (const socket of sockets) socket.terminate()
    sockets = []
  }
  return answer
})

// Frames are kept as they came and read afterwards: the phones of a party do not share a processor with the server.
function readHeard(): ListenersAnswer {
  const versions: number[] = []
  const times: number[] = []
  let sample = ""
  for (const { at, frame } of heard) {
    const text = frame.toString()
    const version = /version\\":(\d+)/.exec(text)?.[1]
    if (version === undefined) continue
    versions.push(Number(version))
    times.push(at)
    sample = text
  }
  heard = []
  return { versions, times, sample }
}
