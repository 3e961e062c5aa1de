import { createHmac } from "node:crypto"
import { WebSocket } from "ws"
import type { PusherAccount } from "./environment"

/** How a screen gets into its channels: asking the app, or, to spare it a thousand questions, signing like it. */
export type Subscription = {
  readonly channels: readonly string[]
  readonly account: PusherAccount
  readonly auth: { readonly url: string; readonly cookie: string }
}

/**
 * A WebSocket in all its channels, or just open where there are none to enter. `hear` gets every frame after that. One that
 * asks the app for its signatures also checks them.
 */
export async function openScreen(
  { url, subscription, asksApp }: { url: string; subscription: Subscription | undefined; asksApp: boolean },
  hear: (frame: Buffer) => void,
): Promise<WebSocket> {
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
  socket.on("message", hear)
  return socket
}

async function subscribeAll(socket: WebSocket, socketId: string, subscription: Subscription, asksApp: boolean): Promise<void> {
  for (const channel of subscription.channels) {
    const signed = asksApp ? await askApp(socketId, channel, subscription) : { auth: sign(`${socketId}:${channel}`, subscription) }
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, ...signed } }))
  }
}

function sign(text: string, { account }: Subscription): string {
  return `${account.key}:${createHmac("sha256", account.secret).update(text).digest("hex")}`
}

type Signed = { readonly auth: string; readonly channel_data?: string }

async function askApp(socketId: string, channel: string, subscription: Subscription): Promise<Signed> {
  const { url, cookie } = subscription.auth
  const body = new URLSearchParams({ socket_id: socketId, channel_name: channel })
  const response = await fetch(url, { method: "POST", body, headers: { cookie } })
  const signed = (await response.json()) as Signed
  // In whose name it is, is signed too.
  const text = [socketId, channel, ...(signed.channel_data === undefined ? [] : [signed.channel_data])].join(":")
  if (signed.auth !== sign(text, subscription)) throw new Error(`the app signs ${channel} otherwise: ${response.status} ${signed.auth}`)
  return signed
}
