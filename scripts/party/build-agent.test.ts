import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildAgent } from "./build-agent.mjs"

const root = path.resolve(import.meta.dirname, "../..")
// Outside the project: what it runs with there is Node and nothing else.
const folder = mkdtempSync(path.join(os.tmpdir(), "party-agent-test-"))
const agent = path.join(folder, "agent", "agent.mjs")
const run = promisify(execFile)

beforeAll(() => buildAgent(root, path.join(folder, "agent")), 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("the agent as one file", () => {
  it("[LANA-80] runs on a Node that has nothing else", async () => {
    const { stdout } = await run(process.execPath, [agent, "--help"], { cwd: folder })
    expect(stdout).toContain("join <link>")
    const env = { ...process.env, PARTY_LAN_STATE_DIR: path.join(folder, "state") }
    await expect(run(process.execPath, [agent, "status"], { cwd: folder, env })).rejects.toMatchObject({ code: 6, stderr: expect.stringMatching(/^No network of a party runs on this PC/) as string })
    await expect(run(process.execPath, [agent, "join", "nonsense"], { cwd: folder, env })).rejects.toMatchObject({ code: 2 })
  })

  it("[LANA-80] holds the digest of every native file beside it, and of no other", () => {
    const program = readFileSync(agent, "utf8")
    const natives = readdirSync(path.dirname(agent)).filter((name) => name.endsWith(".node"))
    for (const name of natives) {
      const digest = createHash("sha256").update(readFileSync(path.join(path.dirname(agent), name))).digest("hex")
      expect(program).toContain(digest)
      expect(program).toContain(name)
    }
    expect(program.match(/"?koffi-[a-z0-9_]+\.node"?/g) ?? []).toHaveLength(natives.length)
  })

  it("holds no path of the machine it was built on", () => {
    expect(readFileSync(agent, "utf8")).not.toContain(root)
  })
})
