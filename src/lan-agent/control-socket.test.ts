import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createConnection } from "node:net"
import os from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { agentFolders, askAgent, openControlSocket } from "./control-socket"

let root: string
const opened: { close(): Promise<void> }[] = []

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "party-lan-test-"))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((socket) => socket.close()))
  await rm(root, { recursive: true, force: true })
})

const answers = { status: async () => ({ state: "connected" }), leave: async () => ({ kind: "left" }) }

async function open(folder: string, given = answers) {
  const socket = await openControlSocket(folder, given)
  if (socket.ok) opened.push(socket.value)
  return socket
}

describe("the running agent's socket", () => {
  it("[LANA-70] answers its owner", async () => {
    const folder = path.join(root, "party")
    await open(folder)
    expect(await askAgent(folder, "status")).toEqual({ ok: true, value: { state: "connected" } })
    expect(await askAgent(folder, "leave")).toEqual({ ok: true, value: { kind: "left" } })
    expect(await agentFolders(root)).toEqual([folder])
  })

  it("[LANA-70] is its owner's alone: folder, socket and secret", async () => {
    const folder = path.join(root, "party")
    await open(folder)
    const modeOf = async (name: string) => (await stat(path.join(folder, name))).mode & 0o777
    expect([await modeOf("."), await modeOf("agent.sock"), await modeOf("control.json")]).toEqual([0o700, 0o600, 0o600])
  })

  it.each(["not json", JSON.stringify({ secret: "0".repeat(64), ask: "leave" }), JSON.stringify({ ask: "leave" }), "x".repeat(5_000)])(
    "[LANA-70] does nothing for who does not know the secret: %.40s",
    async (words) => {
      const folder = path.join(root, "party")
      let asked = 0
      await open(folder, { status: async () => ({ state: String((asked += 1)) }), leave: async () => ({ kind: String((asked += 1)) }) })
      const { socket } = JSON.parse(await readFile(path.join(folder, "control.json"), "utf8")) as { socket: string }
      const heard = await new Promise<string>((resolve) => {
        let text = ""
        const connection = createConnection(socket, () => connection.write(`${words}\n`))
        connection.on("data", (chunk) => (text += String(chunk)))
        connection.on("error", () => undefined)
        connection.on("close", () => resolve(text))
      })
      expect([heard, asked]).toEqual(["", 0])
    },
  )

  it("[LANA-70] refuses a second agent for the same party, and takes over from one that was killed", async () => {
    const folder = path.join(root, "party")
    await open(folder)
    expect(await open(folder)).toEqual({ ok: false, refusal: { code: "already_running" } })
    await opened.splice(0)[0]?.close()
    expect(await askAgent(folder, "status")).toEqual({ ok: false, refusal: { code: "not_running" } })
    await writeFile(path.join(folder, "control.json"), JSON.stringify({ socket: path.join(folder, "agent.sock"), secret: "s" }))
    await writeFile(path.join(folder, "agent.sock"), "")
    expect(await askAgent(folder, "status")).toEqual({ ok: false, refusal: { code: "not_running" } })
    expect((await open(folder)).ok).toBe(true)
    expect((await askAgent(folder, "status")).ok).toBe(true)
  })

  it("[LANA-70] works in a folder whose name is too long for a socket", async () => {
    const folder = path.join(root, "a".repeat(120))
    await open(folder)
    expect((await askAgent(folder, "status")).ok).toBe(true)
  })

  it("[LANA-50] answers leave when the agent is out", async () => {
    const folder = path.join(root, "party")
    let finish: (end: { kind: string }) => void = () => {}
    await open(folder, { ...answers, leave: () => new Promise((resolve) => (finish = resolve)) })
    let isAnswered = false
    const asked = askAgent(folder, "leave").then((answer) => {
      isAnswered = true
      return answer
    })
    await askAgent(folder, "status")
    expect(isAnswered).toBe(false)
    finish({ kind: "left" })
    expect(await asked).toEqual({ ok: true, value: { kind: "left" } })
  })
})
