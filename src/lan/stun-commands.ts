import type { Socket } from "node:dgram"
import { addressOwner } from "@/kernel/client-address"
import { type StunPlace, type StunServerAddresses, answerStun } from "./stun-server"
import { KeyedBuckets } from "./token-bucket"
import { boundUdpSocket } from "./udp-steps"

export type StunServerOptions = {
  /** One IP, or two for the tests of RFC 5780. Each must be the machine's own: with a wildcard nobody knows where from to answer. */
  addresses: StunServerAddresses["addresses"]
  /** Where to listen instead, when a router in front shows `addresses` and they are not the machine's own. */
  listenOn?: StunServerAddresses["addresses"]
  /** 0 takes any free port; the same pair is used on both addresses. */
  ports: readonly [number, number]
  /** Milliseconds that never step back. */
  nowMs: () => number
}

export type StunServer = { addresses: StunServerAddresses; close(): Promise<void> }

/** [LANU-5] A PC asks a dozen times when it joins; a flood of requests under one forged sender ends here. */
const perSender = { perSecond: 20, burst: 60 }
const mostSenders = 4096

/** Starts the STUN server on two ports of each address. Rejects when a port is taken. */
export async function startStunServer(options: StunServerOptions): Promise<StunServer> {
  const sockets = new Map<string, Socket>()
  const close = async () => {
    await Promise.all([...sockets.values()].map((socket) => new Promise<void>((closed) => socket.close(() => closed()))))
  }
  try {
    const ports: [number, number] = [...options.ports]
    for (const address of [0, 1] as const) {
      const ip = (options.listenOn ?? options.addresses)[address]
      if (ip === undefined) continue
      for (const port of [0, 1] as const) {
        const socket = await boundUdpSocket({ address: ip, port: ports[port] }, { ipv6Only: ip.includes(":") })
        ports[port] = socket.address().port
        sockets.set(keyOf({ address, port }), socket)
      }
    }
    const addresses: StunServerAddresses = { addresses: options.addresses, ports }
    answerOn(sockets, addresses, options.nowMs)
    return { addresses, close }
  } catch (error) {
    await close()
    throw error
  }
}

function answerOn(sockets: ReadonlyMap<string, Socket>, addresses: StunServerAddresses, nowMs: () => number) {
  const senders = new KeyedBuckets(perSender, mostSenders)
  for (const place of places) {
    sockets.get(keyOf(place))?.on("message", (datagram, { address, port }) => {
      if (!senders.take(addressOwner(address), nowMs())) return
      const answer = answerStun(datagram, { address, port }, place, addresses)
      if (answer) sockets.get(keyOf(answer.sendFrom))?.send(answer.datagram, port, address, ignoreUnreachable)
    })
  }
}

const places: readonly StunPlace[] = [
  { address: 0, port: 0 },
  { address: 0, port: 1 },
  { address: 1, port: 0 },
  { address: 1, port: 1 },
]

function keyOf({ address, port }: StunPlace): string {
  return `${address}${port}`
}

/** A sender that cannot be reached is the sender's business. */
function ignoreUnreachable() {}
