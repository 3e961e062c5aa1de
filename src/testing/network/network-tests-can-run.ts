import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import path from "node:path"

/** The programs every network test needs; `ping` proves that a packet came through. */
const programs = ["ip", "nft", "wireguard-go", "ping", "sh", "mount"]

/** Why houses and routers cannot be made here, in words; `null` when they can. */
export function networkTestsCanRun(): string | null {
  if (process.platform !== "linux") return "Linux"
  if (process.getuid?.() !== 0) return "root"
  const missing = programs.filter((program) => !isProgram(program))
  if (missing.length > 0) return `the programs ${missing.join(", ")}`
  if (!existsSync("/dev/net/tun")) return "/dev/net/tun"
  if (spawnSync("unshare", ["--net", "--mount", "nft", "list", "ruleset"]).status !== 0) return "network namespaces with nftables"
  return null
}

/** Whether a program of this name can be started. */
export function isProgram(name: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => isExecutable(path.join(folder, name)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
