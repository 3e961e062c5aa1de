// @vitest-environment jsdom
import { cleanup, renderHook, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { aRunningSession, aSession, someResults } from "@/testing/quipflip-views"
import { useSessionResults } from "./tv-results"

const over = aSession({ status: "COMPLETED", phase: "RESULTS" })
const answerWith = (body: unknown) => new Response(JSON.stringify(body))

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it("[QF-S13] asks for results only of sessions that are completed, and once", async () => {
  const fetched = vi.fn<(path: string) => Promise<Response>>(() => Promise.resolve(answerWith({ success: true, results: someResults() })))
  vi.stubGlobal("fetch", fetched)
  const { result, rerender } = renderHook(({ sessions }) => useSessionResults(sessions), { initialProps: { sessions: [aRunningSession()] } })
  expect(fetched).not.toHaveBeenCalled()
  rerender({ sessions: [over] })
  await waitFor(() => expect(result.current.get("session")).toEqual(someResults()))
  rerender({ sessions: [{ ...over }] })
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(["/api/v1/quipflip/results?sessionId=session"])
})

it("asks again after a refusal, a cut and an answer nobody understands", async () => {
  const fetched = vi
    .fn<() => Promise<Response>>()
    .mockResolvedValueOnce(answerWith({ success: false, code: "session_not_over", error: "Not yet." }))
    .mockResolvedValueOnce(answerWith({ success: true, results: { sets: "none" } }))
    .mockImplementation(() => Promise.resolve(answerWith({ success: true, results: someResults() })))
  vi.stubGlobal("fetch", fetched)
  const { result } = renderHook(() => useSessionResults([over]))
  await waitFor(() => expect(result.current.has("session")).toBe(true), { timeout: 3000 })
  expect(fetched).toHaveBeenCalledTimes(3)
})
