import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { constants } from "node:fs"
import { chmod, mkdir, mkdtemp, open, readFile, readdir, rename, rm } from "node:fs/promises"
import { createConnection, createServer, type Server, type Socket } from "node:net"
import os from "node:os"
import path from "node:path"
import { createInterface } from "node:readline"
import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** What a running agent can be asked for. `leave` is answered when it is out. */
export type ControlAsk = "status" | "leave"

const request = z.object({ secret: z.string(), ask: z.enum(["status", "leave"]) })
const control = z.object({ socket: z.string(), secret: z.string() })
const controlFile = "control.json"
/** Of a Unix socket's path; macOS takes 103 bytes. */
const longestPath = 100
const askMs = 10_000
/** A request is shorter. */
const mostRequestBytes = 1_000

type Answers = { readonly [ask in ControlAsk]: () => Promise<unknown> }

/**
 * [LANA-70] Where `status` and `leave` find the running agent: a Unix socket in a folder that is the owner's alone, on Windows a
 * pipe, and in both cases a secret that only the owner can read. Throws when the folder cannot be written.
 */
export async function openControlSocket(folder: string, answers: Answers): Promise<Result<{ close(): Promise<void> }, Refusal<"already_running">>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== "win32") await chmod(folder, 0o700)
  if (await isRunning(folder)) return refuse("already_running")
  const { socket, temporary } = await socketPath(folder)
  if (process.platform !== "win32") await rm(socket, { force: true })
  const secret = randomBytes(32).toString("hex")
  const server = createServer((connection) => void serve(connection, secret, answers))
  await listening(server, socket)
  if (process.platform !== "win32") await chmod(socket, 0o600)
  const file = path.join(folder, controlFile)
  await writeOwn(file, JSON.stringify({ socket, secret }))
  return ok({
    async close() {
      await rm(file, { force: true })
      await new Promise<void>((resolve) => server.close(() => resolve()))
      if (temporary) await rm(temporary, { recursive: true, force: true })
    },
  })
}

/** Asks the agent that keeps its state in `folder`. */
export async function askAgent(folder: string, ask: ControlAsk): Promise<Result<unknown, Refusal<"not_running">>> {
  const found = control.safeParse(await readJson(path.join(folder, controlFile)))
  if (!found.success) return refuse("not_running")
  const { socket, secret } = found.data
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    let answer = ""
    const patience = ask === "status" ? setTimeout(() => connection.destroy(), askMs) : undefined
    connection.setEncoding("utf8")
    connection.once("connect", () => connection.write(`${JSON.stringify({ secret, ask })}\n`))
    connection.on("data", (text: string) => (answer += text))
    // What goes wrong is followed by `close`.
    connection.on("error", () => undefined)
    connection.once("close", () => {
      clearTimeout(patience)
      const parsed = jsonOf(answer)
      resolve(parsed === undefined ? refuse("not_running") : ok(parsed))
    })
  })
}

/** The folders under `root` in which an agent may run. */
export async function agentFolders(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(root, entry.name))
  } catch {
    return []
  }
}

async function isRunning(folder: string): Promise<boolean> {
  return (await askAgent(folder, "status")).ok
}

async function serve(connection: Socket, secret: string, answers: Answers): Promise<void> {
  connection.on("error", () => undefined)
  connection.setTimeout(askMs, () => connection.destroy())
  let size = 0
  connection.on("data", (chunk: Buffer) => {
    size += chunk.length
    if (size > mostRequestBytes) connection.destroy()
  })
  for await (const line of createInterface({ input: connection, crlfDelay: Infinity })) {
    const asked = request.safeParse(jsonOf(line))
    if (!asked.success || !isSame(asked.data.secret, secret)) break
    connection.setTimeout(0)
    connection.end(`${JSON.stringify((await answers[asked.data.ask]()) ?? null)}\n`)
    return
  }
  connection.destroy()
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

async function socketPath(folder: string): Promise<{ socket: string; temporary: string | null }> {
  if (process.platform === "win32") {
    return { socket: `\\\\.\\pipe\\party-lan-${createHash("sha256").update(folder).digest("hex").slice(0, 24)}`, temporary: null }
  }
  const near = path.join(folder, "agent.sock")
  if (Buffer.byteLength(near) <= longestPath) return { socket: near, temporary: null }
  const temporary = await mkdtemp(path.join(os.tmpdir(), "party-lan-"))
  return { socket: path.join(temporary, "agent.sock"), temporary }
}

function listening(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(socket, resolve)
  })
}

async function writeOwn(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`
  const handle = await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

async function readJson(file: string): Promise<unknown> {
  try {
    return jsonOf(await readFile(file, "utf8"))
  } catch {
    return undefined
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
