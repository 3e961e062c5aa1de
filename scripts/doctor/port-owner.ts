import { execFile } from "node:child_process"
import { readdir, readFile, readlink } from "node:fs/promises"
import { promisify } from "node:util"

const run = promisify(execFile)
const patienceMs = 3_000

/** The program that has a port, like "node (process 123)"; undefined where the system does not tell this account. */
export async function ownerOfPort(port: number, kind: "tcp" | "udp"): Promise<string | undefined> {
  if (process.platform === "linux") return linuxOwner(port, kind)
  if (process.platform === "darwin") {
    const select = kind === "tcp" ? [`-iTCP:${port}`, "-sTCP:LISTEN"] : [`-iUDP:${port}`]
    const words = await run("lsof", ["-nP", ...select, "-Fpc"], { timeout: patienceMs }).then(({ stdout }) => stdout, () => "")
    return ownerInLsof(words)
  }
  return undefined
}

/** What `lsof -Fpc` says of the first process. */
export function ownerInLsof(words: string): string | undefined {
  const pid = /^p(\d+)$/m.exec(words)?.[1]
  const name = /^c(.+)$/m.exec(words)?.[1]
  return pid && name ? `${name} (process ${pid})` : undefined
}

async function linuxOwner(port: number, kind: "tcp" | "udp"): Promise<string | undefined> {
  const tables = await Promise.all([kind, `${kind}6`].map((table) => readFile(`/proc/net/${table}`, "utf8").catch(() => "")))
  const sockets = new Set(socketsOn(tables.join("\n"), port, kind).map((inode) => `socket:[${inode}]`))
  if (sockets.size === 0) return undefined
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (!sockets.has(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => ""))) continue
      const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "a program")
      return `${name.trim()} (process ${pid})`
    }
  }
  return undefined
}

const listening = "0A"

/** The inodes of the sockets that have a local port, from the text of /proc/net/tcp or udp. */
export function socketsOn(table: string, port: number, kind: "tcp" | "udp"): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0")
  return table.split("\n").flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    if (!local?.endsWith(`:${hex}`) || !inode || !/^\d+$/.test(inode)) return []
    return kind === "udp" || state === listening ? [inode] : []
  })
}
