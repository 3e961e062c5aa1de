import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"

const run = promisify(execFile)
const patienceMs = 3_000

/** The name of a firewall that is on, as far as an ordinary account can tell; undefined when none is known to be. */
export async function activeFirewall(): Promise<string | undefined> {
  if (process.platform === "linux") return linuxFirewall()
  if (process.platform === "darwin") {
    const words = await wordsOf("/usr/libexec/ApplicationFirewall/socketfilterfw", ["--getglobalstate"])
    return /enabled/i.test(words) ? "the macOS firewall" : undefined
  }
  if (process.platform === "win32") {
    const words = await wordsOf("netsh", ["advfirewall", "show", "currentprofile", "state"])
    return isOnInWindows(words) ? "the Windows firewall" : undefined
  }
  return undefined
}

/** Whether `netsh advfirewall show currentprofile state` says on, in English; other languages go unnoticed. */
export function isOnInWindows(words: string): boolean {
  return /^State\s+ON\s*$/im.test(words)
}

async function linuxFirewall(): Promise<string | undefined> {
  const ufw = await readFile("/etc/ufw/ufw.conf", "utf8").catch(() => "")
  if (/^\s*ENABLED\s*=\s*yes/im.test(ufw)) return "ufw"
  if (/^running/.test(await wordsOf("firewall-cmd", ["--state"]))) return "firewalld"
  // Only root may read the rules themselves.
  const rules = await wordsOf("nft", ["list", "ruleset"])
  return isClosedByRules(rules) ? "nftables" : undefined
}

/** Whether nft's rules drop what comes in and is not let in by name. */
export function isClosedByRules(rules: string): boolean {
  return /hook input[^;]*;\s*policy drop/.test(rules)
}

async function wordsOf(program: string, args: readonly string[]): Promise<string> {
  return run(program, args, { timeout: patienceMs, maxBuffer: 4 * 1024 * 1024 }).then(({ stdout }) => stdout, () => "")
}
