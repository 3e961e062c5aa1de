import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"

export type Finished = { code: number | null; stdout: string; stderr: string }
export type RunOptions = { env?: Record<string, string>; cwd?: string; input?: string }

/** Folders that two PCs on one disk would fight over: each host sees its own in their place. */
export const ownFolders = ["/run/wireguard", "/run/party-lan", "/var/lib/party-lan"] as const

/** How long after a program's end its last words may take. */
const lastWordsMs = 300

/** Runs a program to its end, outside every namespace. */
export function runLocally(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Child(program, args, options).finished
}

/** Like `runLocally`, for what has to succeed. Throws with what the program said. */
export async function runOrThrow(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return succeeded(`${program} ${args.join(" ")}`, await runLocally(program, args, options))
}

function succeeded(what: string, { code, stdout, stderr }: Finished): string {
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr || stdout}`)
  return stdout
}

/** One program that is running. */
export class Child {
  readonly process: ChildProcessWithoutNullStreams
  readonly finished: Promise<Finished>
  readonly #said = { stdout: "", stderr: "" }
  readonly #watchers = new Set<() => void>()
  #hasEnded = false

  constructor(program: string, args: readonly string[], { env, cwd, input }: RunOptions = {}) {
    this.process = spawn(program, args, { env: { ...process.env, ...env }, cwd, stdio: "pipe" })
    for (const pipe of ["stdout", "stderr"] as const) {
      this.process[pipe].setEncoding("utf8").on("data", (chunk: string) => {
        this.#said[pipe] += chunk
        this.#noticed()
      })
    }
    // A program that ends without reading its input is its own business; what it says of it counts.
    this.process.stdin.on("error", () => undefined)
    if (input !== undefined) this.process.stdin.end(input)
    this.finished = this.#finish()
  }

  get stdout(): string {
    return this.#said.stdout
  }

  get stderr(): string {
    return this.#said.stderr
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** The process id of the program itself: `ip netns exec` and the shell before it have given way to it. */
  get pid(): number {
    if (this.process.pid === undefined) throw new Error(`${this.process.spawnfile} did not start`)
    return this.process.pid
  }

  /**
   * The first line of stdout, from now on or earlier, of which `wanted` makes something.
   * Throws when the program ends without it or `withinMs` pass.
   */
  async line<T>(wanted: (line: string) => T | null | undefined | false, withinMs = 15_000): Promise<T> {
    let seen = 0
    const look = (): T | undefined => {
      const end = this.#hasEnded ? this.stdout.length : this.stdout.lastIndexOf("\n") + 1
      for (const line of this.stdout.slice(seen, end).split("\n")) {
        const found = wanted(line)
        if (found) return found
      }
      seen = Math.max(seen, end)
      return undefined
    }
    return new Promise<T>((resolve, reject) => {
      const stop = () => {
        clearTimeout(limit)
        this.#watchers.delete(watch)
      }
      const giveUp = (why: string) => {
        stop()
        reject(new Error(`${this.process.spawnargs.join(" ")}: ${why}\n${this.stdout}\n${this.stderr}`))
      }
      const limit = setTimeout(() => giveUp(`said nothing wanted in ${withinMs} ms`), withinMs)
      const watch = () => {
        const found = look()
        if (found !== undefined) {
          stop()
          resolve(found)
        } else if (this.#hasEnded) giveUp("ended first")
      }
      this.#watchers.add(watch)
      watch()
    })
  }

  /** Sends `signal` and waits for the end. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<Finished> {
    if (!this.#hasEnded) this.process.kill(signal)
    return this.finished
  }

  async #finish(): Promise<Finished> {
    const failure = new Promise<number | null>((resolve) => {
      this.process.once("error", (error) => {
        this.#said.stderr += error.message
        resolve(null)
      })
    })
    const code = await Promise.race([failure, this.#ended().catch(() => null)])
    this.#hasEnded = true
    this.#noticed()
    return { code, ...this.#said }
  }

  async #ended(): Promise<number | null> {
    const closed = once(this.process, "close")
    const [code] = (await once(this.process, "exit")) as [number | null]
    // What it started may hold the pipes open for ever.
    await Promise.race([closed, delay(lastWordsMs, undefined, { ref: false })])
    return code
  }

  #noticed() {
    for (const watch of [...this.#watchers]) watch()
  }
}

/** A machine of its own as far as the network goes: a namespace, and its own copy of the folders in `ownFolders`. */
export class Host {
  readonly #children = new Set<Child>()

  constructor(
    readonly namespace: string,
    /** Where this host keeps what others must not see; also its HOME. */
    readonly folder: string,
  ) {}

  /** Starts a program here. It ends with the network at the latest. */
  spawn(program: string, args: readonly string[], options: RunOptions = {}): Child {
    // /run/wireguard and the like are on the one disk that all share: the shell puts ours in their place and gives way.
    const mounts = ownFolders.map((folder) => `mount --bind ${this.inFolder(folder)} ${folder}`).join(" && ")
    const enter = ["netns", "exec", this.namespace, "sh", "-c", `${mounts} && exec "$@"`, "sh", program, ...args]
    const child = new Child("ip", enter, { ...options, env: { HOME: this.folder, ...options.env } })
    this.#children.add(child)
    void child.finished.then(() => this.#children.delete(child))
    return child
  }

  /** Runs a program here to its end. */
  run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return this.spawn(program, args, options).finished
  }

  /** Like `run`, for what has to succeed. Throws with what the program said. */
  async runOrThrow(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    return succeeded(`${this.namespace}: ${program} ${args.join(" ")}`, await this.run(program, args, options))
  }

  /** Lines for `ip -batch` in this namespace. */
  async configure(lines: readonly string[]): Promise<void> {
    await runOrThrow("ip", ["-n", this.namespace, "-batch", "-"], { input: `${lines.join("\n")}\n` })
  }

  /** Where this host's own copy of a folder of everybody's lies. */
  inFolder(folder: string): string {
    return path.join(this.folder, folder)
  }

  /** Waits for the ends of all that was started here. */
  async childrenEnded(): Promise<void> {
    await Promise.all([...this.#children].map(({ finished }) => finished))
  }
}
