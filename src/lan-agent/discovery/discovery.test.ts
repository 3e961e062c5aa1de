import { createRequire } from "node:module"
import { expect, it } from "vitest"
import { gamesNamed } from "@/lan/games"
import { discoveryInterfaceOf, openDiscovery } from "./discovery"
import { loadKoffi } from "./koffi"

const plan = { virtualIp: "10.66.0.2", interfaceName: "party0", peers: () => [], nowMs: () => 0 }

function chosen(...ids: string[]) {
  const games = gamesNamed(ids)
  if (!games.ok) throw new Error("unknown game")
  return games.value
}

it.each(["darwin", "win32"] as const)("[LAND-3] says on %s that it is not supported", async (platform) => {
  expect(await openDiscovery({ ...plan, games: chosen("warcraft-3"), platform })).toEqual({
    ok: false,
    refusal: { code: "not_supported", detail: { platform } },
  })
})

it("[LAND-1] opens for nobody who chose nothing", async () => {
  expect(await openDiscovery({ ...plan, games: [], platform: "linux" })).toEqual({ ok: false, refusal: { code: "no_games" } })
})

it("[LAND-4] refuses where koffi is missing or something else lies in its place", async () => {
  const opened = await openDiscovery({ ...plan, games: chosen("mdns"), platform: "linux", koffiFile: "/nowhere/koffi.node" })
  expect(opened).toMatchObject({ ok: false, refusal: { code: "no_koffi" } })
  expect(await loadKoffi(import.meta.resolve("typescript").replace("file://", ""))).toMatchObject({ ok: false, refusal: { code: "no_koffi" } })
})

it("[LAND-4] takes the installed koffi or its native file alone", async () => {
  const target = `${process.platform}_${process.arch}`
  const nativeFile = createRequire(import.meta.url).resolve(`@koromix/koffi-${target.replace("_", "-")}/${target}/koffi.node`)
  for (const file of [undefined, nativeFile]) {
    const koffi = await loadKoffi(file)
    expect(koffi.ok && koffi.value.load(null).func("int abs(int number)")(-3)).toBe(3)
  }
})

it("keeps to the 15 characters that an interface's name may have", () => {
  expect(discoveryInterfaceOf("party0")).toBe("party0-bc")
  expect(discoveryInterfaceOf("a-very-long-name")).toHaveLength(15)
})
