import { endpointText } from "@/lan/protocol"
import { type RunCommand, complaintOf } from "./command"
import type { TunnelTraffic } from "./tunnel"
import type { WireGuardControl } from "./tunnel-driver"
import { readEndpoint } from "./uapi"

export type WgTool = { run: RunCommand; /** `wg`, or where it is. */ program: string; interfaceName: string }

/** [TUN-3] WireGuard in the kernel, through the `wg` tool. Only public things are ever in an argument. */
export function wgControl(tool: WgTool): WireGuardControl {
  const wg = (...args: string[]) => runWg(tool, args)
  const setPeer = (publicKey: string, ...args: string[]) => wg("set", tool.interfaceName, "peer", publicKey, ...args)
  return {
    async addPeer({ publicKey, endpoint, virtualIp }) {
      await setPeer(publicKey, "endpoint", endpointText(endpoint), "allowed-ips", `${virtualIp}/32`)
    },
    async movePeer({ publicKey, endpoint }) {
      await setPeer(publicKey, "endpoint", endpointText(endpoint))
    },
    async removePeer(publicKey) {
      await setPeer(publicKey, "remove")
    },
    async setKeepalive(publicKey, seconds) {
      await setPeer(publicKey, "persistent-keepalive", String(seconds))
    },
    async traffic() {
      return readTraffic({
        endpoints: await wg("show", tool.interfaceName, "endpoints"),
        handshakes: await wg("show", tool.interfaceName, "latest-handshakes"),
        transfer: await wg("show", tool.interfaceName, "transfer"),
      })
    },
    async listenPort() {
      return Number(await wg("show", tool.interfaceName, "listen-port"))
    },
    close() {},
  }
}

/** Nobody says that an interface in the kernel was removed; whoever asks `wg` about it next hears of it. */
export function watchedWg(tool: WgTool): { control: WireGuardControl; gone: Promise<string> } {
  let announce: (reason: string) => void = () => undefined
  const gone = new Promise<string>((resolve) => (announce = resolve))
  const run: RunCommand = async (program, args, input) => {
    const outcome = await tool.run(program, args, input)
    if (/unable to (access|modify) interface/i.test(outcome.stderr)) announce(complaintOf(outcome))
    return outcome
  }
  return { control: wgControl({ ...tool, run }), gone }
}

/** What `wg show IF …` prints: a line per peer, fields between tabs, `(none)` for what is not known, seconds since 1970. */
export function readTraffic(shown: {
  endpoints: string
  handshakes: string
  transfer: string
}): Map<string, TunnelTraffic> {
  const endpoints = linesByKey(shown.endpoints)
  const handshakes = linesByKey(shown.handshakes)
  const peers = new Map<string, TunnelTraffic>()
  for (const [publicKey, [receivedBytes, sentBytes]] of linesByKey(shown.transfer)) {
    const handshakeSeconds = Number(handshakes.get(publicKey)?.[0] ?? 0)
    peers.set(publicKey, {
      lastHandshakeAtMs: handshakeSeconds === 0 ? null : handshakeSeconds * 1_000,
      receivedBytes: Number(receivedBytes ?? 0),
      sentBytes: Number(sentBytes ?? 0),
      endpoint: readEndpoint(endpoints.get(publicKey)?.[0] ?? ""),
    })
  }
  return peers
}

function linesByKey(text: string): Map<string, string[]> {
  const lines = text.split(/\r?\n/).filter((line) => line !== "")
  return new Map(
    lines.map((line) => {
      const [publicKey = "", ...fields] = line.split("\t")
      return [publicKey, fields]
    }),
  )
}

async function runWg({ run, program }: WgTool, args: readonly string[]): Promise<string> {
  const outcome = await run(program, args)
  if (outcome.exitCode !== 0) throw new Error(`wg ${args[0]} failed: ${complaintOf(outcome)}`)
  return outcome.stdout
}
