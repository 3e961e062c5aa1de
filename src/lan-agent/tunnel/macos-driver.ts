import { readFile, unlink } from "node:fs/promises"
import path from "node:path"
import { wordsOf } from "@/kernel/error-words"
import { ok, refuse } from "@/kernel/result"
import { type RunCommand, complaintOf } from "./command"
import { type TunnelDevice, type TunnelDriver, lanPrefixLength, tunnelMtu } from "./tunnel-driver"
import { findProgram } from "./tunnel-support"
import { type WireGuardGo, startWireGuardGo, uapiDirectory, uapiSocketPath } from "./wireguard-go"

export type MacosParts = {
  isRoot(): boolean
  findProgram(name: string): Promise<string | null>
  start: typeof startWireGuardGo
  readFile(file: string): Promise<string>
  removeFile(file: string): Promise<void>
}

const realParts: MacosParts = {
  isRoot: () => process.geteuid?.() === 0,
  findProgram,
  start: startWireGuardGo,
  readFile: (file) => readFile(file, "utf8"),
  removeFile: (file) => unlink(file).catch(() => undefined),
}

/**
 * [TUN-9] macOS: wireguard-go on the next free utun, whose name it writes into a file. Unproven: written from documentation
 * and tested against recorded answers, never run on a Mac.
 */
export function macosDriver(run: RunCommand, parts: MacosParts = realParts): TunnelDriver {
  return {
    async prepare(interfaceName) {
      if (!parts.isRoot()) return refuse("not_permitted")
      if (!(await parts.findProgram("wireguard-go"))) return refuse("no_wireguard")
      const nameFile = path.posix.join(uapiDirectory, `${interfaceName}.name`)
      await parts.removeFile(nameFile)
      const utunName = async () => (await parts.readFile(nameFile)).trim()
      try {
        const started = await parts.start({
          interfaceName: "utun",
          environment: { WG_TUN_NAME_FILE: nameFile },
          socketPath: async () => uapiSocketPath(await utunName()),
        })
        const removeName = () => parts.removeFile(nameFile)
        return ok(utunDevice({ run, started, interfaceName: await utunName(), removeName }))
      } catch (error) {
        return refuse("tunnel_failed", { reason: wordsOf(error) })
      }
    },
  }
}

type Utun = { run: RunCommand; started: WireGuardGo; interfaceName: string; removeName(): Promise<void> }

function utunDevice({ run, started, interfaceName, removeName }: Utun): TunnelDevice {
  let isRemoved = false
  return {
    carrier: "wireguard-go",
    interfaceName,
    async configure({ privateKey, virtualIp }) {
      await started.control.configure(privateKey)
      for (const [program, ...args] of utunCommands(interfaceName, virtualIp)) {
        const outcome = await run(program, args)
        if (outcome.exitCode !== 0) return refuse("tunnel_failed", { reason: complaintOf(outcome) })
      }
      return ok(started.control)
    },
    gone: new Promise((resolve) => void started.ended.then((said) => isRemoved || resolve(said))),
    async remove() {
      isRemoved = true
      started.control.close()
      // A utun lives as long as the process that made it; address and route go with it.
      await started.stop()
      await removeName()
    },
  }
}

/** A utun is point to point: its address names itself as the other end, and the LAN needs a route of its own. */
function utunCommands(interfaceName: string, virtualIp: string): [string, ...string[]][] {
  const network = `${virtualIp.split(".").slice(0, 2).join(".")}.0.0/${lanPrefixLength}`
  return [
    ["ifconfig", interfaceName, "inet", `${virtualIp}/32`, virtualIp, "alias"],
    ["ifconfig", interfaceName, "mtu", String(tunnelMtu)],
    ["ifconfig", interfaceName, "up"],
    ["route", "-q", "-n", "add", "-inet", network, "-interface", interfaceName],
  ]
}
