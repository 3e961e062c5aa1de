import { type Socket, createSocket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "../protocol"
import { Relay, type RelayLimits, type RelayLoad } from "./relay"

export type RelayOptions = {
  /** 32 bytes that only the control plane and the relay have. */
  secret: Buffer
  /** The address to listen on; port 0 takes any. */
  listen: { address: string; port: number }
  /** UTC, ms. */
  nowMs: () => number
  limits?: RelayLimits
}

export type RunningRelay = {
  endpoint: Endpoint
  /** What the system granted of the 4 MiB asked for, bytes. */
  socketBuffers: { receiveBytes: number; sendBytes: number }
  load(): RelayLoad
  revokePeer(networkId: string, peerId: string): void
  endNetwork(networkId: string): void
  close(): Promise<void>
}

const socketBufferBytes = 4 * 1024 * 1024
const sweepEveryMs = 5_000

/** Starts the relay on one UDP port. Rejects when the port is taken. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const relay = new Relay(options.secret, options.limits)
  const socket = await boundSocket(options.listen)
  socket.on("message", (datagram, from) => {
    const outgoing = relay.receive(datagram, from, options.nowMs())
    if (outgoing) socket.send(outgoing.datagram, outgoing.to.port, outgoing.to.address, ignoreUnreachable)
  })
  const sweeping = setInterval(() => relay.sweep(options.nowMs()), sweepEveryMs)
  sweeping.unref()

  const { address, port } = socket.address()
  return {
    endpoint: { address, port },
    socketBuffers: { receiveBytes: socket.getRecvBufferSize(), sendBytes: socket.getSendBufferSize() },
    load: () => relay.load(),
    revokePeer: (networkId, peerId) => relay.revokePeer(networkId, peerId, options.nowMs()),
    endNetwork: (networkId) => relay.endNetwork(networkId, options.nowMs()),
    close: async () => {
      clearInterval(sweeping)
      const closed = once(socket, "close")
      socket.close()
      await closed
    },
  }
}

async function boundSocket({ address, port }: RelayOptions["listen"]): Promise<Socket> {
  const family = address.includes(":") ? 6 : 4
  const socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    recvBufferSize: socketBufferBytes,
    sendBufferSize: socketBufferBytes,
    // Where to send is always an IP here: nothing has to be looked up for each packet.
    lookup: (host, _options, found) => found(null, host, family),
  })
  const listening = once(socket, "listening")
  try {
    socket.bind(port, address)
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
  return socket
}

/** A peer that cannot be reached is told so by its own silence. */
function ignoreUnreachable() {}
