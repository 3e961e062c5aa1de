// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LiveNightContext } from "@/live/use-night"
import { aRevealedSet, aRunningSession, aSession, aSessionPlayer, someResults } from "@/testing/quipflip-views"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import { revealPlan, type SetBeat, tellingMs } from "../reveal-timeline"
import type { SessionResults, SessionView } from "../view"
import { TvSessionStage } from "./tv-session-stage"

// What it shoots needs a canvas.
vi.mock("@/ui/confetti", () => ({ Confetti: ({ shot }: { shot: string | null }) => <span>{shot === null ? "loaded" : "shot"}</span> }))

const live = aLiveNight(aNight())
const startMs = Date.parse(startedAt)
const results = someResults({ sets: [aRevealedSet(), aRevealedSet({ phrasesetId: "filler", promptText: "A house's line", isFiller: true })] })
const over = aSession({ status: "COMPLETED", phase: "RESULTS", completedAt: startedAt })

function stage(session: SessionView, told: SessionResults | null = null, toldFromMs: number | null = null) {
  return (
    <LiveNightContext value={live}>
      <TvSessionStage session={session} toldFromMs={toldFromMs} results={told} origin="http://party.test" corner={<p>Join in</p>} />
    </LiveNightContext>
  )
}

/** When a beat of the first set begins, in ms after the beginning of the telling. */
function startOf(beat: SetBeat): number {
  return revealPlan(results).find((moment) => moment.part === "set" && moment.beat === beat)?.startsMs ?? NaN
}

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms)
  })
}

beforeEach(() => {
  vi.useFakeTimers({ now: startMs })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it("[QF-S2] shows how to get into a lobby, who is in and ready, and what is free", () => {
  const players = [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo", { isReady: true }), aSessionPlayer("cy")]
  render(stage(aSession({ players, maxPlayers: 5 })))
  expect(screen.getByText("Code QUIP2345")).toBeTruthy()
  expect(screen.getByRole("img", { name: "Join this session at http://party.test/party/lobby/session" })).toBeTruthy()
  const seats = within(screen.getByRole("list", { name: "Players" })).getAllByRole("listitem")
  expect(seats.map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/Ann.*host/), expect.stringMatching(/Bo.*ready/), expect.stringMatching(/Cy.*not yet/), "free", "free"])
  expect(screen.getByRole("status").textContent).toBe("2 of 3 are ready")
  expect(screen.getByText("Join in")).toBeTruthy()
})

it("shows a phase: what they do, how long they can, who is done", () => {
  const players = [aSessionPlayer("ann", { dealt: 2, done: 2 }), aSessionPlayer("bo", { dealt: 2, done: 1 })]
  render(stage(aRunningSession({ players })))
  expect(screen.getByRole("heading", { name: "Copy!" })).toBeTruthy()
  expect(screen.getByRole("timer").textContent).toBe("6:001 of 2 done")
  expect(screen.getByRole("status").textContent).toBe("Waiting for Bo")
  expect(within(screen.getByRole("list", { name: "Players" })).getByText("1 of 2 done")).toBeTruthy()
  pass(341_000)
  expect(screen.getByRole("timer").textContent).toBe("0:19Hurry up!")
})

it("[QF-S4] shows a phase without a clock", () => {
  render(stage(aRunningSession({ phaseEndsAt: null, pace: "OFF" })))
  expect(screen.queryByRole("timer")).toBeNull()
  expect(screen.getByText(/of 3 done, no hurry/)).toBeTruthy()
})

it("waits for results with a drum roll", () => {
  render(stage(over, null, startMs))
  expect(screen.getByRole("status").textContent).toContain("Drum roll")
})

it("[QF-S13] tells a set beat by beat, and nothing before its time", () => {
  render(stage(over, results, startMs))
  expect(screen.getByText("The worst thing to find in a sofa")).toBeTruthy()
  expect(screen.queryByText("THE NOISY COOLER")).toBeNull()

  pass(startOf("phrases"))
  expect(screen.getByText("THE NOISY COOLER")).toBeTruthy()
  expect(within(screen.getByRole("list", { name: "Voters" })).getByText("Cy")).toBeTruthy()

  pass(startOf("votes") - startOf("phrases"))
  const rows = () => within(screen.getByRole("list", { name: "The three phrases" })).getAllByRole("listitem").map(({ textContent }) => textContent)
  expect(rows().find((row) => row?.includes("THE NOISY COOLER"))).toContain("Cy")
  expect(screen.queryByText("✓ The original")).toBeNull()

  pass(startOf("original") - startOf("votes"))
  expect(rows().find((row) => row?.includes("✓ The original"))).toContain("A VERY LOUD FRIDGE")
  expect(screen.getByRole("status").textContent).toContain("Fooled!")
  expect(screen.queryByText("by Bo")).toBeNull()

  pass(startOf("writers") - startOf("original"))
  expect(screen.getByText("by Bo")).toBeTruthy()
  expect(screen.getByText("by the house, for Cy")).toBeTruthy()
  expect(screen.getByRole("status").textContent).toContain("Bo fooled Cy!")
  expect(screen.getByText("loaded")).toBeTruthy()
})

it("[QF-S14] [QF-S15] ends with the ranking, the awards and confetti", () => {
  render(stage(over, results, startMs))
  pass(tellingMs(results))
  expect(screen.getByText("shot")).toBeTruthy()
  expect(within(screen.getByRole("region", { name: "Podium" })).getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/Bo.*Place 1/), expect.stringMatching(/Ann.*Place 2/), expect.stringMatching(/Cy.*Place 2/),
  ])
  const awards = screen.getByRole("list", { name: "Awards" }).textContent
  expect(awards).toContain("Top Impostor")
  expect(awards).toContain("Ann, Cy")
  expect(awards).not.toContain("Best Writer")
})

it("goes on where it was after a reload, and fires no second time", () => {
  const first = render(stage(over, results, startMs - startOf("original")))
  expect(screen.getByText("✓ The original")).toBeTruthy()
  first.unmount()
  render(stage(over, results, startMs - tellingMs(results)))
  expect(screen.getByRole("heading", { name: "Bo wins!" })).toBeTruthy()
  expect(screen.getByText("loaded")).toBeTruthy()
})
