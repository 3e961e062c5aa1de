import { type ChildProcess, execFile, spawn } from "node:child_process"
import { generateKeyPairSync } from "node:crypto"
import { once } from "node:events"
import { readFile, readdir } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import type { Opened, PcCalls } from "./test-pc-process"

const execute = promisify(execFile)

/** Two namespaces with a cable between them, and at each end a PC that is a process of its own. */
export type TestCable = {
  pcs: [TestPc, TestPc]
  close(): Promise<void>
}

export async function layCable(prefix: string): Promise<TestCable> {
  const pcs: [TestPc, TestPc] = [new TestPc(`${prefix}a`, 1), new TestPc(`${prefix}b`, 2)]
  const [a, b] = pcs
  for (const pc of pcs) await execute("ip", ["netns", "add", pc.namespace])
  const close = async () => {
    for (const pc of pcs) await pc.end()
    for (const pc of pcs) await execute("ip", ["netns", "del", pc.namespace])
  }
  try {
    await execute("ip", ["-n", a.namespace, "link", "add", "cable", "type", "veth", "peer", "cable", "netns", b.namespace])
    for (const pc of pcs) {
      await execute("ip", ["-n", pc.namespace, "addr", "add", `${pc.address}/24`, "dev", "cable"])
      await execute("ip", ["-n", pc.namespace, "link", "set", "cable", "up"])
      await execute("ip", ["-n", pc.namespace, "link", "set", "lo", "up"])
    }
    return { pcs, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Answer = { id: number; value?: unknown; error?: string }

export class TestPc {
  readonly keys = newKeys()
  readonly address: string
  readonly virtualIp: string
  #child: ChildProcess | null = null
  #lastId = 0
  opened: Opened | null = null

  constructor(
    readonly namespace: string,
    place: number,
  ) {
    this.address = `192.0.2.${place}`
    this.virtualIp = `10.66.0.${place}`
  }

  /** The namespace's name is the interface's too: it is short, and nobody else's. */
  get interfaceName() {
    return this.namespace
  }

  /** A second agent on the same PC. */
  another(): TestPc {
    return new TestPc(this.namespace, Number(this.address.split(".").at(-1)))
  }

  async start(): Promise<void> {
    const program = path.join(import.meta.dirname, "test-pc-process.ts")
    const args = ["netns", "exec", this.namespace, process.execPath, "--import", "tsx", program]
    const child = spawn("ip", args, { stdio: ["ignore", "inherit", "inherit", "ipc"] })
    this.#child = child
    await once(child, "message")
  }

  async open(): Promise<Opened> {
    await this.start()
    const { interfaceName, virtualIp, keys } = this
    this.opened = await this.call("open", { interfaceName, virtualIp, privateKey: keys.privateKey })
    return this.opened
  }

  call<Name extends keyof PcCalls>(
    name: Name,
    ...[argument]: Parameters<PcCalls[Name]>
  ): Promise<Awaited<ReturnType<PcCalls[Name]>>> {
    const child = this.#child
    if (!child) throw new Error("This PC is off.")
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const listener = (answer: Answer) => {
        if (answer.id !== id) return
        child.off("message", listener)
        if (answer.error === undefined) resolve(answer.value as Awaited<ReturnType<PcCalls[Name]>>)
        else reject(new Error(answer.error))
      }
      child.on("message", listener)
      child.send({ id, name, argument })
    })
  }

  /** Makes `other` a peer, at its agent's port (`agentPort`) or at WireGuard's own (`listenPort`). */
  async knows(other: TestPc, port: "agentPort" | "listenPort") {
    const { keys, virtualIp } = other
    await this.call("setPeer", { publicKey: keys.publicKey, virtualIp, endpoint: other.at(port) })
  }

  at(port: "agentPort" | "listenPort") {
    if (!this.opened) throw new Error("This PC has no tunnel.")
    return { address: this.address, port: this.opened[port] }
  }

  /** Runs a program inside; what it printed, also when it failed. */
  async run(program: string, ...args: string[]): Promise<{ ok: boolean; text: string }> {
    return execute("ip", ["netns", "exec", this.namespace, program, ...args]).then(
      ({ stdout }) => ({ ok: true, text: stdout }),
      (error: { stdout: string; stderr: string }) => ({ ok: false, text: error.stdout + error.stderr }),
    )
  }

  async runWithInput(input: string, program: string, ...args: string[]): Promise<void> {
    const child = spawn("ip", ["netns", "exec", this.namespace, program, ...args], { stdio: ["pipe", "inherit", "inherit"] })
    child.stdin.end(input)
    const [exitCode] = (await once(child, "exit")) as [number]
    if (exitCode !== 0) throw new Error(`${program} failed`)
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, "exit")
    child.kill("SIGKILL")
    await exited
  }

  async end(): Promise<void> {
    if (this.#child?.connected && this.opened?.refusal === null) await this.call("close").catch(() => undefined)
    await this.kill()
    this.opened = null
  }
}

/** The processes whose command line has `word` as one of its arguments. */
export async function processesWith(word: string): Promise<{ processId: number; program: string }[]> {
  const found: { processId: number; program: string }[] = []
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue
    const words = (await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "")).split("\0")
    if (words.includes(word)) found.push({ processId: Number(entry), program: path.basename(words[0] ?? "") })
  }
  return found
}

function newKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("x25519")
  return {
    privateKey: privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32).toString("base64"),
    publicKey: publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64"),
  }
}
