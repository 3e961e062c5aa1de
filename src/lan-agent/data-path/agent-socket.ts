import { type Socket, createSocket } from "node:dgram"
import { once } from "node:events"
import type { NetworkInterfaceInfo } from "node:os"
import { reachOf } from "@/lan/candidates"
import { type Candidate, type Endpoint, mostCandidates } from "@/lan/protocol"
import { StunClient, type Transport } from "../stun-client"

/** Everything that is not STUN, in the order it came. The buffer is the taker's to keep. */
export type DatagramTaker = (datagram: Buffer, from: Endpoint) => void

/** The agent's one UDP socket: STUN, probes, relay frames and proxied WireGuard. */
export type AgentSocket = {
  readonly transport: Transport
  /** The local port, which is the one its mapped address belongs to. */
  readonly port: number
  readonly stun: StunClient
  /** Who gets what is not STUN from now on; only one does. */
  onDatagram(take: DatagramTaker): void
  /** Ends what is still being asked, and resolves when the port is free again. */
  close(): Promise<void>
}

const socketBufferBytes = 4 * 1024 * 1024

/**
 * [LANU-70] Opens the socket on all IPv4 addresses of this PC; port 0 takes any. Rejects when the port is taken.
 * Sending to where nobody can be reached is silent, as UDP is.
 */
export async function openAgentSocket({ port = 0 }: { port?: number } = {}): Promise<AgentSocket> {
  const socket = createSocket({
    type: "udp4",
    recvBufferSize: socketBufferBytes,
    sendBufferSize: socketBufferBytes,
    // Where to send is always an IP here: nothing has to be looked up for each packet.
    lookup: (host, _options, found) => found(null, host, 4),
  })
  await bound(socket, port)
  const transport = socketTransport(socket)
  const stun = new StunClient(transport)
  let taker: DatagramTaker = () => undefined
  socket.on("message", (datagram, from) => {
    if (!stun.receive(datagram, from)) taker(datagram, from)
  })
  socket.on("error", ignoreUnreachable)
  return {
    transport,
    stun,
    port: socket.address().port,
    onDatagram: (take) => {
      taker = take
    },
    close: async () => {
      stun.close()
      transport.end()
      const closed = once(socket, "close")
      socket.close()
      await closed
    },
  }
}

async function bound(socket: Socket, port: number) {
  const listening = once(socket, "listening")
  try {
    socket.bind(port, "0.0.0.0")
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
}

function socketTransport(socket: Socket): Transport & { end(): void } {
  let isOpen = true
  const send = (datagram: Buffer | [Buffer, Buffer], to: Endpoint) => {
    if (!isOpen || to.port === 0 || to.address.includes(":")) return
    socket.send(datagram, to.port, to.address, ignoreUnreachable)
  }
  return {
    send,
    sendFramed: (header, payload, to) => send([header, payload], to),
    nowMs: () => performance.now(),
    end: () => {
      isOpen = false
    },
  }
}

/** A place that cannot be reached is told by its own silence. */
function ignoreUnreachable() {}

/** Interfaces that containers and virtual machines make by the dozen: nobody outside this PC is on them. */
const insideThisPc = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|flannel|cali|podman)/i

/**
 * [LANU-71] The addresses of this PC at which a PC of the same LAN may find `port`: IPv4, neither loopback nor the party's own
 * network, real interfaces before those of containers, at most as many as a peer may offer.
 */
export function hostCandidates(port: number, interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): Candidate[] {
  const found = Object.entries(interfaces).flatMap(([name, infos = []]) => infos.map((info) => ({ ...info, name })))
  const useful = found.filter(({ family, internal, address }) => {
    const reach = reachOf(address)
    return family === "IPv4" && !internal && (reach === "public" || reach === "private")
  })
  const inOrder = [...useful.filter(({ name }) => !insideThisPc.test(name)), ...useful.filter(({ name }) => insideThisPc.test(name))]
  const addresses = [...new Set(inOrder.map(({ address }) => address))]
  // One place is left for the address that the router shows.
  return addresses.slice(0, mostCandidates - 1).map((address) => ({ kind: "host", endpoint: { address, port } }))
}
