import type { Socket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "../protocol"
import { boundUdpSocket } from "../udp-steps"
import { type Outgoing, Relay, type RelayLimits, type RelayLoad } from "./relay"

export type RelayOptions = {
  /** 32 bytes that only the control plane and the relay have. */
  secret: Buffer
  /** The address to listen on; port 0 takes any. */
  listen: { address: string; port: number }
  /** UTC, ms. */
  nowMs: () => number
  limits?: RelayLimits
  /** [LAN-92] Drops everything until `open` is called: nobody comes back by a restart before it is known who is out. */
  startsClosed?: boolean
}

/** A peer's way to the relay other than the UDP socket. */
export type RelayChannel = {
  /** Takes a frame; its buffer must not be used again. */
  receive(datagram: Buffer): void
  /** [LANU-62] Ends the sessions that came by it. */
  close(): void
}

export type RunningRelay = {
  endpoint: Endpoint
  /** What the system granted of the 4 MiB asked for, bytes. */
  socketBuffers: { receiveBytes: number; sendBytes: number }
  load(): RelayLoad
  open(): void
  /**
   * [LANU-60] One more endpoint of the same relay. `address` is where it comes from, for the limit on binds; `send` says false
   * when it cannot take a frame now.
   */
  connect(address: string, send: (datagram: Buffer) => boolean): RelayChannel
  revokePeer(networkId: string, peerId: string): void
  endNetwork(networkId: string): void
  close(): Promise<void>
}

const socketBufferBytes = 4 * 1024 * 1024
const sweepEveryMs = 5_000

/** Starts the relay on one UDP port. Rejects when the port is taken. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const relay = new Relay(options.secret, options.limits)
  const socket = await openSocket(options.listen)
  let isOpen = !options.startsClosed
  const channels = new Map<string, (datagram: Buffer) => boolean>()
  const deliver = ({ datagram, to }: Outgoing) => {
    if (!isChannel(to)) return socket.send(datagram, to.port, to.address, ignoreUnreachable)
    if (!channels.get(keyOf(to))?.(datagram)) relay.lose("slow_reader")
  }
  const receive = (datagram: Buffer, from: Endpoint) => {
    const outgoing = isOpen ? relay.receive(datagram, from, options.nowMs()) : null
    if (outgoing) deliver(outgoing)
  }
  socket.on("message", receive)
  let opened = 0
  const connect: RunningRelay["connect"] = (from, send) => {
    const endpoint = { address: `${channelMark}${from}`, port: opened++ }
    channels.set(keyOf(endpoint), send)
    return {
      receive: (datagram) => receive(datagram, endpoint),
      close: () => {
        if (channels.delete(keyOf(endpoint))) relay.leave(endpoint)
      },
    }
  }
  const sweeping = setInterval(() => relay.sweep(options.nowMs()), sweepEveryMs)
  sweeping.unref()

  const { address, port } = socket.address()
  return {
    endpoint: { address, port },
    socketBuffers: { receiveBytes: socket.getRecvBufferSize(), sendBytes: socket.getSendBufferSize() },
    load: () => ({ ...relay.load(), websockets: channels.size }),
    open: () => void (isOpen = true),
    connect,
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

// No IP address begins so: an endpoint of the UDP socket is never taken for a channel.
const channelMark = "channel "

function isChannel({ address }: Endpoint): boolean {
  return address.startsWith(channelMark)
}

function keyOf({ address, port }: Endpoint): string {
  return `${port} ${address}`
}

function openSocket(listen: RelayOptions["listen"]): Promise<Socket> {
  const family = listen.address.includes(":") ? 6 : 4
  return boundUdpSocket(listen, {
    recvBufferSize: socketBufferBytes,
    sendBufferSize: socketBufferBytes,
    // Where to send is always an IP here: nothing has to be looked up for each packet.
    lookup: (host, _options, found) => found(null, host, family),
  })
}

/** A peer that cannot be reached is told so by its own silence. */
function ignoreUnreachable() {}
