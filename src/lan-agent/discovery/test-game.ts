import { createSocket } from "node:dgram"
import { once } from "node:events"

/**
 * A program for the network tests, a game as far as finding others goes:
 * `listen PORT [GROUP]` says "ready" and what it hears, one JSON line each;
 * `send FROM ADDRESS PORT HEX` sends one packet of those bytes;
 * `shout FROM ADDRESS PORT COUNT PER-SECOND` sends COUNT packets from the address FROM and says "done".
 */
const [mode, ...rest] = process.argv.slice(2)
const nowMs = () => Number(process.hrtime.bigint()) / 1e6

async function listen([port, group]: string[]) {
  const socket = createSocket({ type: "udp4", reuseAddr: true })
  socket.on("message", (message, { address }) => {
    const { sentAtMs, number } = JSON.parse(message.toString()) as { sentAtMs: number; number: number }
    console.log(JSON.stringify({ from: address, number, atMs: nowMs(), tookMs: nowMs() - sentAtMs }))
  })
  socket.bind(Number(port))
  await once(socket, "listening")
  if (group !== undefined) socket.addMembership(group)
  console.log("ready")
}

async function shout([from, address, port, count, perSecond]: string[]) {
  const socket = createSocket("udp4")
  socket.bind(0, from)
  await once(socket, "listening")
  socket.setBroadcast(true)
  const startedAtMs = nowMs()
  for (let number = 0; number < Number(count);) {
    const due = Math.min(Number(count), Math.floor(((nowMs() - startedAtMs) / 1000) * Number(perSecond)) + 1)
    for (; number < due; number++) socket.send(JSON.stringify({ number, sentAtMs: nowMs() }), Number(port), address)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  socket.close(() => console.log("done"))
}

async function send([from, address, port, hex = ""]: string[]) {
  const socket = createSocket("udp4")
  socket.bind(0, from)
  await once(socket, "listening")
  socket.send(Buffer.from(hex, "hex"), Number(port), address, () => socket.close())
}

const modes: Readonly<Record<string, (args: string[]) => Promise<void>>> = { listen, send, shout }
await modes[mode ?? ""]?.(rest)
