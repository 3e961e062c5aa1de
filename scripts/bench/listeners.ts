import { createHmac } from "node:crypto"
import { WebSocket } from "ws"
import type { PusherAccount } from "./environment"
import { answerTo, sharedNow } from "./processes"

/** Screens: each a WebSocket that notes when it hears what. */
export type ListenersRequest =
  | { readonly open: { readonly url: string; readonly sockets: number; readonly subscribe: Subscription | undefined } }
  | { readonly report: { readonly close: boolean } }

/** How a screen gets into its channels: asking the app once, then, to spare the app a thousand questions, signing like it. */
export type Subscription = {
  readonly channels: readonly string[]
  readonly account: PusherAccount
  readonly auth: { readonly url: string; readonly cookie: string }
}

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
        const isFirst = index === 0 && left === count
        return openScreen(url, subscribe, isFirst)
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

async function openScreen(url: string, subscription: Subscription | undefined, asksApp: boolean): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject)
    socket.once("close", () => reject(new Error("the server hung up")))
    if (!subscription) socket.once("open", () => resolve())
    const missing = new Set(subscription?.channels)
    socket.on("message", (frame: Buffer) => {
      if (missing.size === 0) return
      const { event, channel, data } = JSON.parse(frame.toString()) as { event: string; channel?: string; data?: unknown }
      if (event === "pusher:connection_established" && subscription) {
        const { socket_id: socketId } = JSON.parse(String(data)) as { socket_id: string }
        subscribeAll(socket, socketId, subscription, asksApp).catch(reject)
      }
      if (event === "pusher:subscription_error" || event === "pusher:error") reject(new Error(frame.toString()))
      if (event === "pusher_internal:subscription_succeeded" && channel) missing.delete(channel)
      if (missing.size === 0) resolve()
    })
  })
  socket.removeAllListeners("close")
  socket.removeAllListeners("message")
  socket.on("message", (frame: Buffer) => void heard.push({ at: sharedNow(), frame }))
  return socket
}

async function subscribeAll(socket: WebSocket, socketId: string, subscription: Subscription, asksApp: boolean): Promise<void> {
  for (const channel of subscription.channels) {
    const auth = asksApp ? await askApp(socketId, channel, subscription) : sign(socketId, channel, subscription)
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, auth } }))
  }
}

function sign(socketId: string, channel: string, { account }: Subscription): string {
  return `${account.key}:${createHmac("sha256", account.secret).update(`${socketId}:${channel}`).digest("hex")}`
}

async function askApp(socketId: string, channel: string, subscription: Subscription): Promise<string> {
  const { url, cookie } = subscription.auth
  const body = new URLSearchParams({ socket_id: socketId, channel_name: channel })
  const response = await fetch(url, { method: "POST", body, headers: { cookie } })
  const { auth } = (await response.json()) as { auth?: string }
  if (auth !== sign(socketId, channel, subscription)) throw new Error(`the app signs ${channel} otherwise: ${response.status} ${auth}`)
  return auth
}
