// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react"
import { StrictMode } from "react"
import { renderToString } from "react-dom/server"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { fakePusher } from "@/testing/fake-pusher"
import { NightProvider } from "./night-provider"
import type { NightView } from "./night-view"
import { annId, type SentEvent, simulatedParty } from "@/testing/simulated-party"
import { useMoment, useNight } from "./use-night"

const partyUuid = "0b6f6c1e-0000-4000-8000-000000000001"
const annUuid = "0b6f6c1e-0000-4000-8000-000000000002"
const realtime = { key: "party-key", cluster: null, isLocal: true }

vi.mock("@/realtime/load-pusher", () => ({ loadPusher: () => Promise.resolve(pusher.library) }))

let pusher: ReturnType<typeof fakePusher>
let party: ReturnType<typeof simulatedParty>
let moments: string[]
let answerGone: { code: string; error: string } | null
const asked = vi.fn<typeof fetch>()

beforeEach(() => {
  vi.useFakeTimers()
  pusher = fakePusher()
  party = simulatedParty(() => new Date().toISOString())
  moments = []
  answerGone = null
  asked.mockReset()
  asked.mockImplementation(async (_url, init) => {
    if (answerGone) return Response.json({ success: false, ...answerGone }, { status: 403 })
    const night = seenByAnn()
    const known = new Headers(init?.headers).get("if-none-match")
    return known === `"${night.version}"` ? new Response(null, { status: 304 }) : Response.json({ success: true, version: night.version, night })
  })
  vi.stubGlobal("fetch", asked)
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The simulated night under ids that channels can carry. */
function seenByAnn(): NightView {
  const night = party.snapshot()
  return { ...night, party: { ...night.party, id: partyUuid }, me: night.me && { ...night.me, id: annUuid } }
}

function Screen() {
  const { night, connection, gone, onlineIds, refetch, mergeAnswer, serverOffsetMs } = useNight()
  useMoment(({ kind }, { version }) => moments.push(`${kind} ${version}`))
  return (
    <>
      <p>{gone ? gone.error : `${night.guests.map(({ name }) => name).join(", ")}; ${night.me?.walletBalance} coins`}</p>
      <p data-testid="line">{`${connection} ${serverOffsetMs} ${[...(onlineIds ?? [])].join(",")}`}</p>
      <button onClick={refetch}>Fetch</button>
      <button onClick={() => mergeAnswer({ walletBalance: 7, version: 99 })}>Bet</button>
    </>
  )
}

function page(initial: NightView, props: Partial<Parameters<typeof NightProvider>[0]> = {}) {
  return (
    <StrictMode>
      <NightProvider initial={initial} surface="guest" realtime={{ ...realtime }} {...props}>
        <Screen />
      </NightProvider>
    </StrictMode>
  )
}

const advance = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

async function connected(initial = seenByAnn(), props: Partial<Parameters<typeof NightProvider>[0]> = {}) {
  const view = render(page(initial, props))
  await advance(0)
  await act(async () => pusher.last().open())
  await advance(1000)
  asked.mockClear()
  return view
}

async function hear(events: SentEvent[]) {
  await act(async () => {
    for (const { topic, name, data } of events) {
      const channel = topic === "guest" ? `private-guest@${annUuid}` : `private-${topic}@${partyUuid}`
      pusher.last().say(channel, name, data)
    }
  })
}

it("is there in the server's HTML, without a socket or a request", () => {
  const html = renderToString(page(seenByAnn()))
  expect(html).toContain("Ann, Bo, Cy; 1000 coins")
  expect(pusher.opened).toEqual([])
  expect(asked).not.toHaveBeenCalled()
})

it("shows events and tells moments once, in strict mode too", async () => {
  await connected()
  await hear(party.rename("bo", "Bob"))
  await hear(party.grant(annId, 5))
  const called = party.call(annId, "Come")
  await hear([...called, ...called])
  expect(screen.getByText("Ann, Bob, Cy; 1005 coins")).toBeTruthy()
  expect(moments).toEqual(["walletChanged 3", "guestCalled 4"])
  expect(asked).not.toHaveBeenCalled()
  expect(pusher.opened.filter(({ isDisconnected }) => !isDisconnected).length).toBe(1)
})

it.each([
  ["guest", ["party-lobby", "sim-racing", "betting", "imposter-game", "quipflip", "lan"].map((topic) => `private-${topic}@${partyUuid}`).concat(`private-guest@${annUuid}`)],
  ["host", ["party-lobby", "sim-racing", "betting", "imposter-game", "quipflip", "lan", "host"].map((topic) => `private-${topic}@${partyUuid}`)],
  ["tv", ["party-lobby", "sim-racing", "betting", "imposter-game", "quipflip", "lan"].map((topic) => `private-${topic}@${partyUuid}`)],
] as const)("listens on the channels of a %s and no other", async (surface, channels) => {
  const night = surface === "guest" ? seenByAnn() : { ...seenByAnn(), me: null }
  asked.mockImplementation(async () => Response.json({ success: true, version: night.version, night }))
  await connected(night, { surface })
  expect([...pusher.last().channels.keys()]).toEqual(channels)
})

it("fetches on waking, on a new connection after a long sleep only", async () => {
  await connected()
  let visibility: DocumentVisibilityState = "visible"
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility })
  const sleep = async (ms: number) => {
    for (const state of ["hidden", "visible"] as const) {
      visibility = state
      document.dispatchEvent(new Event("visibilitychange"))
      if (state === "hidden") await advance(ms)
    }
    await advance(1)
  }
  const before = pusher.opened.length
  await sleep(4000)
  expect(asked).toHaveBeenCalledTimes(1)
  expect(pusher.opened.length).toBe(before)
  await sleep(6000)
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(2)
  expect(pusher.opened.length).toBe(before + 1)
})

it("keeps its connection and takes the newer night when the route is rendered again", async () => {
  const { rerender } = await connected()
  const opened = pusher.opened.length
  party.rename("bo", "Bob")
  rerender(page(seenByAnn()))
  expect(screen.getByText("Ann, Bob, Cy; 1000 coins")).toBeTruthy()
  expect(pusher.opened.length).toBe(opened)
})

it("starts afresh for another guest of the same phone", async () => {
  const night = seenByAnn()
  const { rerender } = await connected(night)
  const other = { ...night, version: 0, me: night.me && { ...night.me, id: "0b6f6c1e-0000-4000-8000-000000000003", walletBalance: 3 } }
  asked.mockImplementation(async () => Response.json({ success: true, version: other.version, night: other }))
  rerender(page(other))
  expect(screen.getByText("Ann, Bo, Cy; 3 coins")).toBeTruthy()
})

it("says why the seat is gone and closes the socket", async () => {
  await connected()
  answerGone = { code: "kicked", error: "The host has asked you to leave." }
  await act(async () => screen.getByText("Fetch").click())
  await advance(10)
  expect(screen.getByText("The host has asked you to leave.")).toBeTruthy()
  expect(pusher.opened.every(({ isDisconnected }) => isDisconnected)).toBe(true)
})

it("says offline as soon as the device does, and is live again on a new connection", async () => {
  await connected()
  const opened = pusher.opened.length
  await act(async () => void window.dispatchEvent(new Event("offline")))
  expect(screen.getByTestId("line").textContent).toContain("offline")
  await act(async () => void window.dispatchEvent(new Event("online")))
  await advance(0)
  await act(async () => pusher.last().open())
  expect(screen.getByTestId("line").textContent).toContain("live")
  expect(pusher.opened.length).toBe(opened + 1)
})

it("shows a command's own answer at once", async () => {
  await connected()
  await act(async () => screen.getByText("Bet").click())
  expect(screen.getByText("Ann, Bo, Cy; 7 coins")).toBeTruthy()
})

it("tells who is online when asked to", async () => {
  await connected(seenByAnn(), { presence: true })
  const channel = `presence-party@${partyUuid}`
  pusher.last().channels.get(channel)?.memberIds.push("ann", "bo")
  await act(async () => pusher.last().say(channel, "pusher:member_added", {}))
  expect(screen.getByTestId("line").textContent).toContain("ann,bo")
})

it("reports an event it could not read", async () => {
  const onProblem = vi.fn()
  await connected(undefined, { onProblem })
  await act(async () => pusher.last().say(`private-betting@${partyUuid}`, "bet-placed", "nonsense"))
  expect(onProblem).toHaveBeenCalledWith({ code: "unreadable_envelope", topic: "betting", name: "bet-placed" })
})

it("stops everything when the screen goes", async () => {
  const { unmount } = await connected()
  unmount()
  await advance(60_000)
  expect(asked).not.toHaveBeenCalled()
  expect(pusher.opened.every(({ isDisconnected }) => isDisconnected)).toBe(true)
})

it("is demanded by name when missing", () => {
  vi.mocked(console.error).mockImplementation(() => undefined)
  expect(() => render(<Screen />)).toThrow("NightProvider")
  vi.mocked(console.error).mockClear()
})
