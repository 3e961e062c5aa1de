import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { WebSocketServer } from "ws"
import { answerTo } from "./processes"

// The least there can be between a tap and a thousand screens: what is posted goes to every socket, whoever gets gets the page.

export type BareFanOutRequest = { readonly page: string }
export type BareFanOutAnswer = { readonly port: number }

answerTo<BareFanOutRequest, BareFanOutAnswer>(async ({ page }) => {
  const server = createServer((request, response) => {
    if (request.method === "GET") return void response.end(page)
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.once("end", () => {
      const frame = Buffer.concat(chunks)
      for (const socket of sockets.clients) socket.send(frame, { binary: false })
      response.end()
    })
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { port: (server.address() as AddressInfo).port }
})
