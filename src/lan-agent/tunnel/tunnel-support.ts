import { constants } from "node:fs"
import { access, open, readFile } from "node:fs/promises"
import path from "node:path"
import { type RunCommand, runCommand } from "./command"
import { probeNft } from "./fast-path"

export type NftSupport = "works" | "not_installed" | "not_permitted" | "unusable"

export type TunnelSupport = {
  /** Whether this process, and the programs it starts, may make network interfaces. */
  isPermitted: boolean
  hasTun: boolean
  hasKernelWireGuard: boolean
  /** Where the programs are; `null` where they are not. */
  wireguardGo: string | null
  wg: string | null
  nft: NftSupport
}

/** [TUN-8] What a PC with Linux has for a tunnel. Leaves nothing behind. */
export async function inspectTunnelSupport(run: RunCommand = runCommand): Promise<TunnelSupport> {
  const [isPermitted, hasTun, wireguardGo, wg, nft] = await Promise.all([
    mayMakeInterfaces(),
    canOpenTun(),
    findProgram("wireguard-go"),
    findProgram("wg"),
    probeNft(run),
  ])
  return { isPermitted, hasTun, hasKernelWireGuard: await hasKernelWireGuard(run), wireguardGo, wg, nft }
}

/** Root with CAP_NET_ADMIN, or anybody whose children inherit it. Elsewhere than on Linux: root. */
export async function mayMakeInterfaces(): Promise<boolean> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => null)
  const isRoot = process.geteuid?.() === 0
  return status === null ? isRoot : hasNetAdmin(status, isRoot)
}

/** Reads `/proc/self/status`: CapEff counts for root, CapAmb for everybody else, whose children get nothing more. */
export function hasNetAdmin(status: string, isRoot: boolean): boolean {
  const netAdmin = 1n << 12n
  const mask = new RegExp(`^${isRoot ? "CapEff" : "CapAmb"}:\\s*([0-9a-f]+)$`, "m").exec(status)?.[1]
  return mask !== undefined && (BigInt(`0x${mask}`) & netAdmin) !== 0n
}

/** Opened rather than looked at: in a container the file may be there and of no use. */
export async function canOpenTun(): Promise<boolean> {
  const tun = await open("/dev/net/tun", "r+").catch(() => null)
  await tun?.close()
  return tun !== null
}

/** The first in PATH that may be run. */
export async function findProgram(name: string, searchPath = process.env.PATH ?? ""): Promise<string | null> {
  for (const directory of searchPath.split(path.delimiter).filter((part) => part !== "")) {
    const program = path.join(directory, name)
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return program
  }
  return null
}

/** Found out by making one: the module may be there without being loaded. */
async function hasKernelWireGuard(run: RunCommand): Promise<boolean> {
  const name = `party-try${process.pid % 100_000}`
  const added = await run("ip", ["link", "add", "dev", name, "type", "wireguard"])
  if (added.exitCode !== 0) return false
  await run("ip", ["link", "del", "dev", name])
  return true
}
