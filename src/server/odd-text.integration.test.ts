import { afterAll, beforeAll, expect, it } from "vitest"
import { createRace, submitLapTime, voidLap } from "@/games/racing/commands"
import { callGuest, changeSettings, createHostLink, grantCoins, renameGuest } from "@/party/commands"
import { accepted, refusedWith, startParty, type Night } from "@/testing/start-party"
import { readRequestId } from "./action"

let night: Night
let gameId: string

beforeAll(async () => {
  night = await startParty({ guests: 2 })
  gameId = await night.planRace(["Ann", "Bo"])
})
afterAll(() => night.stop())

it.each(["\0", "\ud800", "\udfff\0"])("[PTY-17] %j in a text is left out of every text a host or a guest can send", async (odd) => {
  const text = `a${odd}b`
  const guestId = night.idOf("Ann")
  accepted(await night.host(changeSettings, { name: text }))
  accepted(await night.host(callGuest, { guestId, message: text }))
  accepted(await night.host(grantCoins, { guestId, amount: 1, reason: text }))
  accepted(await night.host(createHostLink, { kind: "TV", label: text }))
  accepted(await night.host(createRace, { title: text, track: text }))
  const lap = accepted(await night.host(submitLapTime, { driverId: guestId, timeText: `90${odd}`, gameId, carModel: text, track: text }))
  accepted(await night.host(voidLap, { lapId: lap.lapId, reason: text }))
  accepted(await night.host(renameGuest, { guestId: night.idOf("Bo"), name: `Bo${odd}` }))
  const log = JSON.stringify(await night.events())
  expect(log).toContain('"ab"')
  expect(log).not.toMatch(/\\u0000|\\ud[89a-f]|\ufffd/i)
})

it("[PTY-17] a text of nothing else is no text", async () => {
  expect(refusedWith(await night.host(changeSettings, { name: "\0" }))).toBe("input_invalid")
  expect(refusedWith(await night.knock("\ud800"))).toBe("name_empty")
})

it("[PTY-3] names that differ in halves of characters only are told apart by number", async () => {
  expect(accepted(await night.knock("Zed\ud801")).user.name).toBe("Zed")
  expect(accepted(await night.knock("Zed\ud802")).user.name).toBe("Zed 2")
})

it("[PTY-14] the id of a tap is something a database can look for", () => {
  for (const id of ["\0".repeat(16), "ü".repeat(20), "short", 7, {}]) expect(readRequestId(id).ok).toBe(false)
  expect(readRequestId("0123456789abcdef")).toEqual({ ok: true, value: "0123456789abcdef" })
})
