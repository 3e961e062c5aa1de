import { createSocket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "@/lan/protocol"
import { openFastPath } from "./fast-path"
import { prepareTunnel } from "./open-tunnel"
import type { FastPath, Tunnel, TunnelPeer, TunnelTraffic } from "./tunnel"

// One PC of the network tests, in a namespace of its own: test-pc.ts starts it and calls it.

export type Opened = {
  refusal: string | null
  carrier: string
  interfaceName: string
  agentPort: number
  listenPort: number
  /** From asking for the tunnel to having it, ms. */
  preparedMs: number
  openedMs: number
  fastPathRefusal: string | null
}

export type PcCalls = {
  open(options: { interfaceName: string; virtualIp: string; privateKey: string }): Promise<Opened>
  setPeer(peer: TunnelPeer): Promise<void>
  setKeepalive(keepalive: { publicKey: string; seconds: number }): Promise<void>
  removePeer(publicKey: string): Promise<void>
  traffic(publicKey: string): Promise<TunnelTraffic | null>
  addFastPath(peer: Endpoint): Promise<void>
  removeFastPath(peer: Endpoint): Promise<void>
  sendFromAgent(datagram: { hex: string; to: Endpoint }): Promise<void>
  /** What has reached the agent's own socket, as hex, since the last time. */
  receivedByAgent(): Promise<string[]>
  gone(): Promise<string>
  close(): Promise<void>
}

const socket = createSocket("udp4")
const received: string[] = []
let tunnel: Tunnel | null = null
let fastPath: FastPath | null = null

function openTunnelOf(): Tunnel {
  if (!tunnel) throw new Error("There is no tunnel yet.")
  return tunnel
}

const calls: PcCalls = {
  async open({ interfaceName, virtualIp, privateKey }) {
    const startedAt = performance.now()
    const prepared = prepareTunnel({ interfaceName })
    socket.on("message", (datagram) => received.push(datagram.toString("hex")))
    socket.bind(0)
    await once(socket, "listening")
    const agentPort = socket.address().port
    const askedAt = performance.now()
    const opened = await prepared.open({ virtualIp, privateKey: Buffer.from(privateKey, "base64") })
    const openedAt = performance.now()
    let fastPathRefusal: string | null = null
    if (opened.ok) {
      tunnel = opened.value
      const { listenPort } = tunnel
      const onUnavailable = (reason: string) => (fastPathRefusal = reason)
      fastPath = await openFastPath({ interfaceName, agentPort, wireGuardPort: listenPort, onUnavailable })
    }
    return {
      refusal: opened.ok ? null : `${opened.refusal.code} ${JSON.stringify(opened.refusal.detail ?? {})}`,
      carrier: tunnel?.carrier ?? "none",
      interfaceName: tunnel?.interfaceName ?? "",
      agentPort,
      listenPort: tunnel?.listenPort ?? 0,
      preparedMs: openedAt - startedAt,
      openedMs: openedAt - askedAt,
      fastPathRefusal,
    }
  },
  setPeer: (peer) => openTunnelOf().setPeer(peer),
  setKeepalive: ({ publicKey, seconds }) => openTunnelOf().setKeepalive(publicKey, seconds),
  removePeer: (publicKey) => openTunnelOf().removePeer(publicKey),
  traffic: async (publicKey) => (await openTunnelOf().traffic()).get(publicKey) ?? null,
  addFastPath: async (peer) => fastPath?.add(peer),
  removeFastPath: async (peer) => fastPath?.remove(peer),
  sendFromAgent: async ({ hex, to }) => void socket.send(Buffer.from(hex, "hex"), to.port, to.address),
  receivedByAgent: async () => received.splice(0),
  gone: () => openTunnelOf().gone,
  async close() {
    await fastPath?.close()
    await tunnel?.close()
  },
}

process.on("message", (message: { id: number; name: keyof PcCalls; argument: never }) => {
  const { id, name, argument } = message
  const call: (value: never) => Promise<unknown> = calls[name]
  call(argument).then(
    (value) => process.send?.({ id, value: value ?? null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.on("disconnect", () => process.exit(0))
process.send?.("ready")
