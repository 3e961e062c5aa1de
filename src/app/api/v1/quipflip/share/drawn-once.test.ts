import { expect, it, vi } from "vitest"
import { someResults } from "@/testing/quipflip-views"
import { drawnOnce } from "./drawn-once"

const session = (sessionId: string) => someResults({ sessionId })

it("draws a session once for all who ask, also while it is being drawn", async () => {
  const draw = vi.fn(() => Promise.resolve(new ArrayBuffer(8)))
  const picture = drawnOnce(draw)
  const [one, other] = await Promise.all([picture("Party", session("a")), picture("Party", session("a"))])
  expect(one).toBe(other)
  expect(draw).toHaveBeenCalledOnce()
})

it("draws another for another session, and for a party with a new name", async () => {
  const draw = vi.fn(() => Promise.resolve(new ArrayBuffer(8)))
  const picture = drawnOnce(draw)
  await picture("Party", session("a"))
  await picture("Party", session("b"))
  await picture("Renamed", session("a"))
  expect(draw).toHaveBeenCalledTimes(3)
})

it("keeps the newest few", async () => {
  const draw = vi.fn(() => Promise.resolve(new ArrayBuffer(8)))
  const picture = drawnOnce(draw)
  for (const id of ["a", "b", "c", "d", "e", "e", "a"]) await picture("Party", session(id))
  expect(draw).toHaveBeenCalledTimes(6)
})

it("draws again what failed", async () => {
  const draw = vi.fn(() => Promise.resolve(new ArrayBuffer(8))).mockRejectedValueOnce(new Error("no font"))
  const picture = drawnOnce(draw)
  await expect(picture("Party", session("a"))).rejects.toThrow("no font")
  await expect(picture("Party", session("a"))).resolves.toHaveProperty("byteLength", 8)
})
