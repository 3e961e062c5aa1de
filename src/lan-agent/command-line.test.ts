import { mkdtemp, rm } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import { describe, expect, it, vi } from "vitest"
import { lanGames } from "@/lan/games"
import { joinLine } from "@/lan/join-line"
import { exitCodeOf, readGames, readWords, runCli } from "./command-line"
import { openControlSocket } from "./control-socket"
import { readLink } from "./link"

describe("the command line", () => {
  it("[LANA-61] reads its four commands", () => {
    expect(readWords(["join", "http://x/lan#Y", "--name", "Ann", "--games", "blur", "--json"])).toEqual({
      ok: true,
      value: { command: "join", target: "http://x/lan#Y", flags: { name: "Ann", games: "blur", json: true, help: false } },
    })
    for (const command of ["status", "leave", "doctor"]) expect(readWords([command])).toMatchObject({ ok: true, value: { command } })
    expect(readWords(["--help"])).toMatchObject({ ok: true, value: { command: "help" } })
    expect(readWords(["join", "-h"])).toMatchObject({ ok: true, value: { command: "help" } })
  })

  it.each([[[]], [["dance"]], [["join", "one", "two"]], [["status", "now"]], [["join", "--loud"]], [["join", "--name"]]])("[LANA-61] refuses %j", (words) => {
    expect(readWords(words)).toMatchObject({ ok: false, refusal: { code: "not_understood" } })
  })

  it("[LANA-1] understands the very line that the party's pages show", () => {
    const games = lanGames.slice(0, 2).map(({ id }) => id)
    const line = joinLine({ origin: "http://192.168.1.5:3000", invitation: "0123456789ABCDEFGHJKMNPQRS", system: "linux", games }) ?? ""
    const words = /node party-lan\.mjs (.*)$/.exec(line)?.[1]?.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1")) ?? []
    const read = readWords(words)
    if (!read.ok) throw new Error("not understood")
    expect(read.value.command).toBe("join")
    expect(readLink(read.value.target)).toMatchObject({ ok: true, value: { party: "http://192.168.1.5:3000" } })
    expect(readGames(read.value.flags.games)).toEqual({ ok: true, value: games })
  })

  it("[LANA-60] takes games by their ids, each once, and names those it knows", () => {
    expect(readGames(undefined)).toEqual({ ok: true, value: [] })
    expect(readGames("blur, blur,")).toEqual({ ok: true, value: ["blur"] })
    expect(readGames("blur,chess")).toMatchObject({ ok: false, refusal: { code: "games_unknown", detail: { id: "chess", known: expect.stringContaining("blur") as string } } })
  })

  it("[LANA-70] does not join a second party, whose network would have the same addresses", async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), "party-lan-test-"))
    const status = { state: "connected", party: "http://192.168.1.9:3000" }
    const running = await openControlSocket(path.join(root, "other"), { status: async () => status, leave: async () => null })
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true)
    vi.stubEnv("PARTY_LAN_STATE_DIR", root)
    try {
      expect(await runCli(["join", "http://192.168.1.5:3000/lan#0123456789ABCDEFGHJKMNPQRS"])).toBe(1)
      expect(said).toHaveBeenCalledWith("This PC is in the network of http://192.168.1.9:3000, and can be in one at a time: end that with leave.\n")
    } finally {
      vi.unstubAllEnvs()
      said.mockRestore()
      if (running.ok) await running.value.close()
      await rm(root, { recursive: true, force: true })
    }
  })

  it("[LANA-61] ends by what happened", () => {
    const refusal = (code: string) => ({ kind: "failed", refusal: { code } }) as const
    expect([{ kind: "left" } as const, { kind: "stopped" } as const, refusal("lan_full"), refusal("not_permitted"), { kind: "kicked" } as const, { kind: "network_ended", reason: "CLOSED" } as const].map(exitCodeOf)).toEqual([0, 0, 1, 3, 4, 5])
  })
})
