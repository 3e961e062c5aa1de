import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { simulatedParty } from "@/testing/simulated-party"
import { fetchSnapshot } from "./snapshot"

const asked = vi.fn<typeof fetch>()

beforeEach(() => {
  asked.mockReset()
  vi.stubGlobal("fetch", asked)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const night = simulatedParty(() => "2026-11-21T20:00:00.000Z").snapshot()
const answer = { success: true, version: night.version, night }
const json = (body: unknown, status = 200) => asked.mockResolvedValueOnce(Response.json(body, { status }))

it("asks for its surface's night and names the version it holds", async () => {
  json(answer)
  expect(await fetchSnapshot("tv", 41)).toEqual({ kind: "night", night })
  const [url, init] = asked.mock.calls[0] ?? []
  expect(url).toBe("/api/v1/night?as=tv")
  expect(new Headers(init?.headers).get("if-none-match")).toBe('"41"')
})

it("names no version when it holds none", async () => {
  json(answer)
  await fetchSnapshot("guest", null)
  expect(new Headers(asked.mock.calls[0]?.[1]?.headers).has("if-none-match")).toBe(false)
})

it("hears that nothing changed", async () => {
  asked.mockResolvedValueOnce(new Response(null, { status: 304 }))
  expect(await fetchSnapshot("host", 41)).toEqual({ kind: "unchanged" })
})

it.each(["kicked", "not_signed_in", "host_only", "party_unknown"])("hears that the seat is gone (%s)", async (code) => {
  json({ success: false, code, error: "Why." }, code === "kicked" ? 403 : 401)
  expect(await fetchSnapshot("guest", 41)).toEqual({ kind: "gone", gone: { code, error: "Why." } })
})

it.each([
  ["another refusal", () => json({ success: false, code: "too_many_requests", error: "Slowly." }, 429)],
  ["a broken server", () => asked.mockResolvedValueOnce(new Response("<h1>502</h1>", { status: 502 }))],
  ["a hotspot's login page", () => asked.mockResolvedValueOnce(new Response("<h1>Wi-Fi</h1>", { status: 200 }))],
  ["somebody else's JSON", () => json({ night: { version: "yes" } })],
  ["no network", () => asked.mockRejectedValueOnce(new TypeError("Failed to fetch"))],
])("takes %s for a failure, not for an answer", async (_what, prepare) => {
  prepare()
  expect(await fetchSnapshot("guest", 41)).toEqual({ kind: "failed" })
})

it("gives up a request that hangs", async () => {
  vi.useFakeTimers()
  asked.mockImplementationOnce((_url, init) => new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted")))))
  const given = fetchSnapshot("guest", 41)
  await vi.advanceTimersByTimeAsync(8000)
  expect(await given).toEqual({ kind: "failed" })
})

it.each([
  ["nothing changed", () => new Response(null, { status: 304, headers: { "retry-after": "4" } }), { kind: "unchanged", askAgainInMs: 4000 }],
  ["the night", () => Response.json(answer, { headers: { "retry-after": "4" } }), { kind: "night", night, askAgainInMs: 4000 }],
  ["that it is unwell", () => Response.json({ success: false, code: "database_away" }, { status: 503, headers: { "retry-after": "2" } }), { kind: "failed", askAgainInMs: 2000 }],
  ["a proxy's word, for a failure with a date", () => new Response("busy", { status: 503, headers: { "retry-after": "Sat, 21 Nov 2026 20:00:00 GMT" } }), { kind: "failed" }],
])("hears with %s how long the server wants to be left alone", async (_what, respond, expected) => {
  asked.mockResolvedValueOnce(respond())
  expect(await fetchSnapshot("guest", 41)).toEqual(expected)
})
