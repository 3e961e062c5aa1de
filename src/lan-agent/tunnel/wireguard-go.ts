import { type ChildProcess, spawn } from "node:child_process"
import { watch } from "node:fs"
import { mkdir, unlink } from "node:fs/promises"
import path from "node:path"
import type { WireGuardControl } from "./tunnel-driver"
import { type UapiControl, connectUapi } from "./uapi-control"

/** Where wireguard-go and `wg` agree to meet. */
export const uapiDirectory = "/var/run/wireguard"

const startDeadlineMs = 5_000
const endDeadlineMs = 2_000

/**
 * [TUN-5] wireguard-go and, beside it, one who reads from the agent. When the agent ends, however it ends, the reading ends
 * and wireguard-go is asked to go, so that it takes its interface and its socket with it. The argument is the interface.
 */
const guardScript = `exec 3<&0 </dev/null
wireguard-go -f "$0" 3<&- & server=$!
(read -r _ <&3; kill -TERM $server 2>/dev/null) & reader=$!
exec 3<&-
wait $server; status=$?
kill $reader 2>/dev/null
exit $status`

export type WireGuardGoStart = {
  interfaceName: string
  environment?: Readonly<Record<string, string>>
  /** Asked again until it answers: where the name is wireguard-go's own choice, nobody knows it before. */
  socketPath(): Promise<string>
}

/** wireguard-go as a child of this process, with nobody having configured it yet. */
export type WireGuardGo = {
  /** Of the guard; it leads a process group of its own, so that Ctrl-C in the terminal is the agent's alone. */
  readonly processId: number
  readonly control: WireGuardControl & Pick<UapiControl, "configure">
  /** Resolves with what wireguard-go said last. */
  readonly ended: Promise<string>
  /** Returns when process, socket and interface have gone. */
  stop(): Promise<void>
}

/** Where wireguard-go listens for this interface, as `wg` knows it too. */
export function uapiSocketPath(interfaceName: string): string {
  return path.posix.join(uapiDirectory, `${interfaceName}.sock`)
}

/** [TUN-4] Resolves as soon as wireguard-go answers; rejects with what it said when it ends instead. */
export async function startWireGuardGo(start: WireGuardGoStart): Promise<WireGuardGo> {
  await mkdir(uapiDirectory, { recursive: true, mode: 0o755 })
  const changes = watchDirectory(uapiDirectory)
  const child = spawnGuard(start)
  const ended = endOf(child)
  const stop = () => stopGuard(child, ended)
  try {
    const control = await firstConnection(start.socketPath, changes, ended)
    return { processId: child.pid ?? 0, control, ended, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    changes.close()
  }
}

/** [TUN-5] A socket nobody answers is what a killed wireguard-go left. */
export async function removeDeadSocket(socketPath: string): Promise<"answers" | "gone"> {
  const control = await connectUapi(socketPath).catch((error: NodeJS.ErrnoException) => error.code ?? "unknown")
  if (typeof control !== "string") {
    control.close()
    return "answers"
  }
  if (control === "ECONNREFUSED") await unlink(socketPath).catch(() => undefined)
  return "gone"
}

function spawnGuard({ interfaceName, environment }: WireGuardGoStart): ChildProcess {
  return spawn("/bin/sh", ["-c", guardScript, interfaceName], {
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
    env: {
      NODE_ENV: process.env.NODE_ENV,
      PATH: searchPath(),
      LOG_LEVEL: "error",
      // Debian's version otherwise prints a page about the kernel's module, which was tried before.
      WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD: "1",
      ...environment,
    },
  })
}

function searchPath(): string {
  return process.env.PATH ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}

function endOf(child: ChildProcess): Promise<string> {
  let said = ""
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-1_000)))
  child.stdin?.on("error", () => undefined)
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message))
    // Not "close": a reader of the guard may hold the pipe a moment longer than wireguard-go lives.
    child.once("exit", () => setImmediate(() => resolve(said.trim().replaceAll(/\s+/g, " ") || "wireguard-go has ended")))
  })
}

async function stopGuard(child: ChildProcess, ended: Promise<string>) {
  child.stdin?.end()
  if (await isOver(ended, endDeadlineMs)) return
  killGroup(child.pid)
  await ended
}

function killGroup(processId: number | undefined) {
  if (!processId) return
  try {
    process.kill(-processId, "SIGKILL")
  } catch {
    // It has ended in this very moment.
  }
}

function isOver(ended: Promise<string>, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => resolve(false), withinMs)
    void ended.then(() => {
      clearTimeout(deadline)
      resolve(true)
    })
  })
}

async function firstConnection(
  socketPath: () => Promise<string>,
  changes: DirectoryWatch,
  ended: Promise<string>,
): Promise<UapiControl> {
  let reason: string | null = null
  void ended.then((said) => (reason = said))
  const timeout = AbortSignal.timeout(startDeadlineMs)
  while (reason === null && !timeout.aborted) {
    const control = await socketPath()
      .then(connectUapi)
      .catch(() => null)
    if (control) return control
    await Promise.race([changes.next(), ended])
  }
  throw new Error(reason ?? "wireguard-go did not answer")
}

type DirectoryWatch = { next(): Promise<void>; close(): void }

/** `next` resolves at the next change, and 5 ms later at the latest: a socket exists a moment before it answers. */
function watchDirectory(directory: string): DirectoryWatch {
  const watcher = watch(directory)
  watcher.on("error", () => undefined)
  return {
    next: () =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(latest)
          watcher.off("change", finish)
          resolve()
        }
        const latest = setTimeout(finish, 5)
        watcher.on("change", finish)
      }),
    close: () => watcher.close(),
  }
}
