import { generateKeyPairSync, randomBytes } from "node:crypto"
import { networkInterfaces } from "node:os"
import { createInterface } from "node:readline"
import type { Candidate, Endpoint } from "@/lan/protocol"
import { readTicket } from "@/lan/relay/ticket"
import type { SignalView } from "@/lan/signals"
import { openFastPath } from "../tunnel/fast-path"
import { openTunnel } from "../tunnel/open-tunnel"
import { hostCandidates, openAgentSocket } from "./agent-socket"
import { DataPath } from "./data-path"
import { NetworkWatch } from "./network-watch"

/**
 * A program: one PC's data path on a real WireGuard, `node test-agent.mjs INDEX SERVER proxied|handed-over`. It says who it is,
 * then what happens, and is told by lines what the control plane would push. `atMs` counts from the first `add`.
 */
export type AgentSays =
  | { publicKey: string; nonce: string; candidates: Endpoint[]; virtualIp: string }
  | { atMs: number; peerId: string; status: string; connectionType: string; isHandedOver: boolean }
  | { signal: SignalView["body"]; to: string }
  | { offers: Endpoint[]; because: string }
  | { removed: string }
  | { trouble: string }

export type AgentHears =
  | { do: "add"; peerId: string; publicKey: string; nonce: string; candidates: Endpoint[]; virtualIp: string; ticket: string; ticketKey: string }
  | { do: "remove"; peerId: string }
  | { do: "update"; peerId: string; candidates: Endpoint[] }
  | { do: "signal"; signal: SignalView }
  | { do: "show" }

const say = (said: AgentSays) => console.log(JSON.stringify(said))
const [index = "", server = "", carrier = ""] = process.argv.slice(2)
const { privateKey, publicKey } = generateKeyPairSync("x25519")
const rawKey = (key: typeof privateKey | typeof publicKey, member: "d" | "x") => Buffer.from(key.export({ format: "jwk" })[member]!, "base64url")
const own = { privateKey, publicKey: rawKey(publicKey, "x").toString("base64"), networkId: "0123456789ab", nonce: randomBytes(16).toString("hex") }
const virtualIp = `10.66.0.${index}`
const interfaceName = `party${index}`

const [socket, tunnel] = await Promise.all([openAgentSocket(), openTunnel({ interfaceName, virtualIp, privateKey: rawKey(privateKey, "d") })])
if (!tunnel.ok) throw new Error(JSON.stringify(tunnel.refusal))
const ports = { interfaceName, agentPort: socket.port, wireGuardPort: tunnel.value.listenPort }
const fastPath = carrier === "proxied" ? null : await openFastPath(ports)
let startedAtMs: number | null = null
const dataPath = new DataPath({
  socket,
  tunnel: tunnel.value,
  fastPath,
  own,
  relay: { address: server, port: 4000 },
  listener: {
    peerChanged: (peerId, { view, isHandedOver }) => {
      const atMs = Math.round(performance.now() - (startedAtMs ?? 0))
      if (view.status === "degraded") void watch.check()
      say({ atMs, peerId, status: view.status, connectionType: view.connectionType, isHandedOver })
    },
    sendSignal: (to, signal) => {
      if (signal.kind === "punch") say({ to, signal: { kind: "punch", at: new Date(Date.now() + signal.in_ms).toISOString(), attempt: signal.attempt } })
    },
    troubled: (error) => say({ trouble: String(error) }),
  },
})

const askMapped = async () => {
  const answer = await socket.stun.request({ address: server, port: 3478 })
  return answer.ok ? answer.value.mappedAddress : null
}
let because = ""
const endpointsOf = (offered: Candidate[]) => offered.map(({ endpoint }) => endpoint)
const mapped = await askMapped()
const hosts = hostCandidates(socket.port, networkInterfaces())
const known: Candidate[] = mapped ? [...hosts, { kind: "server_reflexive", endpoint: mapped }] : hosts
const watch = new NetworkWatch({
  port: socket.port,
  interfaces: networkInterfaces,
  askMapped,
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  known,
  listener: {
    networkChanged: (reason) => {
      because = reason
      dataPath.networkChanged()
    },
    candidatesChanged: (offers) => say({ offers: endpointsOf(offers), because }),
  },
})
say({ publicKey: own.publicKey, nonce: own.nonce, candidates: endpointsOf(known), virtualIp })

async function obey(told: AgentHears) {
  if (told.do === "add") {
    startedAtMs ??= performance.now()
    const ticket = readTicket(Buffer.from(told.ticket, "hex"))
    if (!ticket) throw new Error("no ticket")
    const relayTicket = { ticket: Buffer.from(told.ticket, "hex"), key: Buffer.from(told.ticketKey, "hex") }
    dataPath.addPeer({ ...told, relayTicket })
  }
  if (told.do === "update") dataPath.updatePeer(told.peerId, { candidates: told.candidates })
  if (told.do === "signal") dataPath.signalArrived(told.signal)
  if (told.do === "show") for (const { peerId, view, isHandedOver } of dataPath.peers()) say({ atMs: 0, peerId, ...view, isHandedOver })
  if (told.do === "remove") {
    await dataPath.removePeer(told.peerId)
    say({ removed: told.peerId })
  }
}

for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as AgentHears)
watch.close()
await dataPath.close()
await fastPath?.close()
await tunnel.value.close()
await socket.close()
