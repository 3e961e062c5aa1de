import { describe, expect, it, vi } from "vitest"
import { runProgram } from "./run-program.mjs"

const node = (code: string, limitMs = 20_000) => runProgram(process.execPath, ["-e", code], { limitMs })

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(process.platform === "win32")("running a program", () => {
  it("keeps all it says and the code it ends with", async () => {
    const { code, output } = await node("console.log('a'.repeat(200_000)); console.error('last'); process.exitCode = 3")
    expect(code).toBe(3)
    expect(output.length).toBe(200_000 + 1 + "last\n".length)
    expect(output).toContain("last")
  })

  it("is 0 only for a program that says so", async () => {
    expect((await node("")).code).toBe(0)
    expect((await node("process.kill(process.pid, 'SIGKILL')")).code).not.toBe(0)
    expect(await runProgram("/no/such/program", [], { limitMs: 1_000 })).toMatchObject({ code: 1, output: expect.stringContaining("ENOENT") })
  })

  it("ends a program at its limit, even one that then ends politely, and what it started", async () => {
    const { code, output } = await node(
      `const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"
       const child = require("node:child_process").spawn(process.execPath, ["-e", stubborn])
       process.on("SIGTERM", () => process.exit(0))
       console.log("started " + child.pid)`,
      1_500,
    )
    expect(code).toBe(1)
    expect(output).toContain("stopped: not done after 2 s")
    const child = Number(/started (\d+)/.exec(output)?.[1])
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 5_000 })
  })
})
