import { setTimeout as delay } from "node:timers/promises"
import { wordsOf } from "@/kernel/error-words"
import { type Result, ok, refuse } from "@/kernel/result"
import { type RunCommand, complaintOf } from "./command"
import { type InterfaceMark, formatMark, readMark } from "./interface-mark"
import { type ProcessIdentity, identifyProcess, isAlive } from "./process-identity"
import {
  type TunnelDevice,
  type TunnelDriver,
  type TunnelIdentity,
  type TunnelRefusal,
  lanPrefixLength,
  tunnelMtu,
} from "./tunnel-driver"
import { canOpenTun, findProgram, mayMakeInterfaces } from "./tunnel-support"
import { removeDeadSocket, startWireGuardGo, uapiSocketPath } from "./wireguard-go"
import { watchedWg } from "./wg-control"

/** What the driver finds out about the PC before it tries. */
export type LinuxParts = {
  mayMakeInterfaces(): Promise<boolean>
  canOpenTun(): Promise<boolean>
  findProgram(name: string): Promise<string | null>
}

const realParts: LinuxParts = { mayMakeInterfaces, canOpenTun, findProgram }

/** [TUN-1] Linux: the kernel's WireGuard if it and `wg` are there, else wireguard-go. */
export function linuxDriver(run: RunCommand, parts: LinuxParts = realParts): TunnelDriver {
  return {
    async prepare(interfaceName) {
      if (!(await parts.mayMakeInterfaces())) return refuse("not_permitted")
      const free = await freeInterfaceName(run, interfaceName)
      if (!free.ok) return free
      const device = await kernelDevice(run, interfaceName)
      if (device) return device
      if (!(await parts.findProgram("wireguard-go"))) return refuse("no_wireguard")
      if (!(await parts.canOpenTun())) return refuse("no_tun")
      return wireGuardGoDevice(run, interfaceName)
    },
  }
}

/** `null`: this kernel has no WireGuard, or nothing here could configure it. */
async function kernelDevice(run: RunCommand, interfaceName: string): Promise<Result<TunnelDevice, TunnelRefusal> | null> {
  const agent = await ownIdentity()
  const made = await run("ip", ["link", "add", "dev", interfaceName, "type", "wireguard"])
  if (made.exitCode !== 0) return null
  const remove = async () => void (await run("ip", ["link", "del", "dev", interfaceName]))
  const marked = await runIp(run, [markCommand(interfaceName, { agent, guard: null })])
  if (!marked.ok || (await run("wg", ["--version"])).exitCode !== 0) {
    await remove()
    return marked.ok ? null : marked
  }
  const wg = watchedWg({ run, program: "wg", interfaceName })
  return ok({
    carrier: "kernel",
    interfaceName,
    async configure(identity) {
      const keyed = await run("wg", ["setconf", interfaceName, "/dev/stdin"], interfaceConfig(identity.privateKey))
      if (keyed.exitCode !== 0) return refuse("tunnel_failed", { reason: complaintOf(keyed) })
      const up = await bringUp(run, interfaceName, identity)
      return up.ok ? ok(wg.control) : up
    },
    gone: wg.gone,
    remove,
  })
}

async function wireGuardGoDevice(run: RunCommand, interfaceName: string): Promise<Result<TunnelDevice, TunnelRefusal>> {
  const socketPath = uapiSocketPath(interfaceName)
  await removeDeadSocket(socketPath)
  const started = await startWireGuardGo({ interfaceName, socketPath: () => Promise.resolve(socketPath) }).catch(wordsOf)
  if (typeof started === "string") return refuse("tunnel_failed", { reason: started })
  const guard = await identifyProcess(started.processId)
  const marked = await runIp(run, [markCommand(interfaceName, { agent: await ownIdentity(), guard })])
  if (!marked.ok) {
    await started.stop()
    return marked
  }
  let isRemoved = false
  return ok({
    carrier: "wireguard-go",
    interfaceName,
    async configure(identity) {
      await started.control.configure(identity.privateKey)
      const up = await bringUp(run, interfaceName, identity)
      return up.ok ? ok(started.control) : up
    },
    gone: new Promise((resolve) => void started.ended.then((said) => isRemoved || resolve(said))),
    async remove() {
      isRemoved = true
      started.control.close()
      await started.stop()
      await removeDeadSocket(socketPath)
    },
  })
}

/** [TUN-5] Ours and its agent dead: removed. Ours and its agent alive, or not ours: left alone and refused. */
async function freeInterfaceName(run: RunCommand, interfaceName: string): Promise<Result<null, TunnelRefusal>> {
  const shown = await run("ip", ["-j", "link", "show", "dev", interfaceName])
  if (shown.exitCode === null) return refuse("tunnel_failed", { reason: "ip (iproute2) is not installed" })
  if (shown.exitCode !== 0) return ok(null)
  const mark = readMark(aliasOf(shown.stdout))
  if (!mark || (await isAlive(mark.agent))) return refuse("interface_taken", { interfaceName })
  if (mark.guard) await endLeftOver(mark.guard)
  await run("ip", ["link", "del", "dev", interfaceName])
  await endOfSocket(uapiSocketPath(interfaceName))
  return ok(null)
}

/** A wireguard-go whose guard was killed too ends with its interface, and takes the socket along a moment later. */
async function endOfSocket(socketPath: string) {
  for (let attempt = 0; attempt < 400 && (await removeDeadSocket(socketPath)) === "answers"; attempt++) await delay(5)
}

/** Waits until it has gone: a wireguard-go that still tidies up would take the next one's socket along. */
async function endLeftOver(guard: ProcessIdentity) {
  for (let attempt = 0; attempt < 500 && (await isAlive(guard)); attempt++) {
    if (attempt === 100) signalGroup(guard.processId, "SIGTERM")
    if (attempt === 300) signalGroup(guard.processId, "SIGKILL")
    await delay(5)
  }
}

function signalGroup(processId: number, signal: NodeJS.Signals) {
  try {
    process.kill(-processId, signal)
  } catch {
    // It has ended in this very moment.
  }
}

/** Reads `ip -j link show dev IF`. */
export function aliasOf(json: string): string {
  const [link] = JSON.parse(json) as { ifalias?: string }[]
  return link?.ifalias ?? ""
}

function markCommand(interfaceName: string, mark: InterfaceMark): string {
  return `link set dev ${interfaceName} alias ${formatMark(mark)}`
}

function bringUp(run: RunCommand, interfaceName: string, { virtualIp }: TunnelIdentity) {
  return runIp(run, [
    `address add ${virtualIp}/${lanPrefixLength} dev ${interfaceName}`,
    `link set dev ${interfaceName} mtu ${tunnelMtu} up`,
  ])
}

/** Several commands for the price of one process. */
async function runIp(run: RunCommand, commands: readonly string[]): Promise<Result<null, TunnelRefusal>> {
  const outcome = await run("ip", ["-batch", "-"], `${commands.join("\n")}\n`)
  return outcome.exitCode === 0 ? ok(null) : refuse("tunnel_failed", { reason: complaintOf(outcome) })
}

function interfaceConfig(privateKey: Buffer): string {
  return `[Interface]\nPrivateKey = ${privateKey.toString("base64")}\n`
}

async function ownIdentity(): Promise<ProcessIdentity> {
  const identity = await identifyProcess(process.pid)
  if (!identity) throw new Error("This process has no entry in /proc.")
  return identity
}
