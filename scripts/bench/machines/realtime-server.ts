import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createLocalPusher } from "@/realtime/local-server/local-pusher"
import type { PusherAccount } from "../environment"
import { answerTo } from "../processes"

/** The realtime server alone in a process, as Pusher Channels stands beside the machines. */
export type RealtimeRequest = { readonly account: PusherAccount }
export type RealtimeAnswer = { readonly port: number; readonly pid: number }

answerTo<RealtimeRequest, RealtimeAnswer>(async ({ account }) => {
  const pusher = createLocalPusher(account)
  const server = createServer((request, response) => {
    if (!pusher.handleRequest(request, response)) response.writeHead(404).end()
  })
  server.on("upgrade", (request, socket, head) => {
    if (!pusher.handleUpgrade(request, socket, head)) socket.destroy()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { port: (server.address() as AddressInfo).port, pid: process.pid }
})
