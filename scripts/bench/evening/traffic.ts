import { subscribe } from "node:diagnostics_channel"
import { Socket } from "node:net"

/** Bytes over TCP, headers and handshakes included. */
export type Traffic = { readonly received: number; readonly sent: number }

/** Counts all that this process sends and receives over TCP from now on, whichever library opens the sockets. */
export function countTraffic(): () => Traffic {
  const open = new Set<Socket>()
  let ended: Traffic = { received: 0, sent: 0 }
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { socket: unknown }
    if (!(socket instanceof Socket)) return
    open.add(socket)
    socket.once("close", () => {
      open.delete(socket)
      ended = plus(ended, socket)
    })
  })
  return () => [...open].reduce(plus, ended)
}

function plus({ received, sent }: Traffic, { bytesRead, bytesWritten }: Socket): Traffic {
  return { received: received + bytesRead, sent: sent + bytesWritten }
}
