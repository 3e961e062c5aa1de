import type { Endpoint } from "@/lan/protocol"
import { endpointText } from "@/lan/protocol"
import type { TunnelPeer, TunnelTraffic } from "./tunnel"

// WireGuard's text protocol for configuration: `key=value` lines, an empty line at the end, keys of 32 bytes as hex.

export type UapiAnswer = { errno: number; listenPort: number | null; peers: ReadonlyMap<string, TunnelTraffic> }

export const getRequest = "get=1\n\n"

/** The key of the interface and a free port. Peers of before are dropped. */
export function configureRequest(privateKey: Buffer): string {
  return setRequest([`private_key=${privateKey.toString("hex")}`, "listen_port=0", "replace_peers=true"])
}

/** [TUN-2] A peer is believed for its one address and nothing else. */
export function addPeerRequest(peer: TunnelPeer): string {
  return setRequest([
    `public_key=${hexOfKey(peer.publicKey)}`,
    `endpoint=${endpointText(peer.endpoint)}`,
    "replace_allowed_ips=true",
    `allowed_ip=${peer.virtualIp}/32`,
  ])
}

/** Only the endpoint: taking the address away for a moment would lose packets. */
export function movePeerRequest(peer: TunnelPeer): string {
  return setRequest([
    `public_key=${hexOfKey(peer.publicKey)}`,
    "update_only=true",
    `endpoint=${endpointText(peer.endpoint)}`,
  ])
}

/** Takes the key out: nothing of this peer is decrypted any more. */
export function removePeerRequest(publicKey: string): string {
  return setRequest([`public_key=${hexOfKey(publicKey)}`, "remove=true"])
}

/** How often the mapping is kept open, s; a peer that is gone meanwhile does not come back by it. */
export function keepaliveRequest(publicKey: string, seconds: number): string {
  return setRequest([
    `public_key=${hexOfKey(publicKey)}`,
    "update_only=true",
    `persistent_keepalive_interval=${seconds}`,
  ])
}

/** Where the first answer in `text` ends; `null` while it is incomplete. */
export function answerLength(text: string): number | null {
  if (text.startsWith("\n")) return 1
  const end = text.indexOf("\n\n")
  return end < 0 ? null : end + 2
}

/** Reads an answer to `get` or `set`. What it does not know it passes over; an answer without errno counts as failed. */
export function readAnswer(text: string): UapiAnswer {
  const own: Lines = new Map()
  const peers: { publicKey: string; lines: Lines }[] = []
  for (const [key, value] of text.split("\n").map(keyAndValue)) {
    // The last line of all belongs to the answer, not to the peer before it.
    if (key === "errno") own.set(key, value)
    else if (key === "public_key") peers.push({ publicKey: value, lines: new Map() })
    else (peers.at(-1)?.lines ?? own).set(key, value)
  }
  const listenPort = own.get("listen_port")
  return {
    errno: Number(own.get("errno") ?? -1),
    listenPort: listenPort === undefined ? null : Number(listenPort),
    peers: new Map(
      peers.map(({ publicKey, lines }) => [Buffer.from(publicKey, "hex").toString("base64"), trafficOf(lines)]),
    ),
  }
}

/** `192.0.2.1:4500` or `[2001:db8::1]:4500`; `null` for anything else, such as an endpoint with a zone. */
export function readEndpoint(text: string): Endpoint | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d{1,5})$/i.exec(text)
  const address = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return address && port >= 1 && port <= 65_535 ? { address, port } : null
}

type Lines = Map<string, string>

function trafficOf(lines: Lines): TunnelTraffic {
  const seconds = Number(lines.get("last_handshake_time_sec") ?? 0)
  const nanoseconds = Number(lines.get("last_handshake_time_nsec") ?? 0)
  return {
    lastHandshakeAtMs: seconds === 0 ? null : seconds * 1_000 + Math.floor(nanoseconds / 1_000_000),
    receivedBytes: Number(lines.get("rx_bytes") ?? 0),
    sentBytes: Number(lines.get("tx_bytes") ?? 0),
    endpoint: readEndpoint(lines.get("endpoint") ?? ""),
  }
}

function keyAndValue(line: string): [string, string] {
  const equals = line.indexOf("=")
  return equals < 0 ? [line, ""] : [line.slice(0, equals), line.slice(equals + 1)]
}

function setRequest(lines: readonly string[]): string {
  return `set=1\n${lines.join("\n")}\n\n`
}

function hexOfKey(publicKey: string): string {
  const bytes = Buffer.from(publicKey, "base64")
  // A shorter key would be a line WireGuard reads differently.
  if (bytes.length !== 32) throw new Error("A WireGuard key has 32 bytes.")
  return bytes.toString("hex")
}
