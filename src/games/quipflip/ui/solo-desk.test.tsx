// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { abandonSoloRoundAction, beginSecondCopyAction, beginSoloRoundAction, flagPhraseAction, submitSoloRoundAction } from "@/app/actions/party-logic"
import type { Moment } from "@/live/moment"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { anOpenRound, aRunningSession } from "@/testing/quipflip-views"
import { aLiveNight, aNight, ownAnn, startedAt } from "@/testing/views"
import type { SoloDeskView } from "../solo-view"
import { SoloDesk } from "./solo-desk"

vi.mock("@/app/actions/party-logic", () => ({
  beginSoloRoundAction: vi.fn(),
  beginSecondCopyAction: vi.fn(),
  submitSoloRoundAction: vi.fn(),
  abandonSoloRoundAction: vi.fn(),
  flagPhraseAction: vi.fn(),
}))

const endsAt = new Date(Date.parse(startedAt) + 180_000).toISOString()
const prompt = anOpenRound({ roundId: "r1", type: "PROMPT", feeCoins: 100, promptText: "The cat wants…", originalPhrase: null, endsAt })
const copy = anOpenRound({ roundId: "r2", type: "COPY", feeCoins: 50, promptText: null, originalPhrase: "WARM MILK", endsAt })
const vote = anOpenRound({ roundId: "r3", type: "VOTE", feeCoins: 10, promptText: "The cat wants…", originalPhrase: null, phrases: ["WARM MILK", "COSY BLANKET", "FISHY SNACK"], endsAt })

const quiet: SoloDeskView = {
  waitingPrompts: 0,
  openSets: 0,
  copyable: 0,
  votable: 0,
  fees: { PROMPT: 100, COPY: 50, VOTE: 10 },
  isInSession: false,
  round: null,
  secondCopies: [],
  pending: [],
  finished: [],
}
const busy: SoloDeskView = { ...quiet, waitingPrompts: 3, openSets: 2, copyable: 2, votable: 1 }

const mergeAnswer = vi.fn()
let listeners: ((moment: Moment, night: NightView) => void)[] = []
const asked = vi.fn()

beforeEach(() => {
  vi.resetAllMocks()
  listeners = []
  vi.useFakeTimers({ now: Date.parse(startedAt) })
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const answers = (desk: SoloDeskView, version = 5) =>
  vi.stubGlobal("fetch", asked.mockImplementation(async () => Response.json({ success: true, desk, version })))
const settle = (ms = 0) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)))

async function desk(view: SoloDeskView, walletBalance = 1000) {
  answers(view)
  const shown = render(screenOf(walletBalance))
  await settle()
  return shown
}

function screenOf(walletBalance = 1000, sessions: NightView["sessions"] = []) {
  const me = ownAnn({ walletBalance })
  const guests = [{ id: "ann", name: "Ann" }, { id: "bo", name: "Bo" }].map((guest) => ({ ...guest, avatarUrl: null, isDriverSeat: false, isKicked: false }))
  const live = aLiveNight(aNight({ me, guests, sessions }), {
    mergeAnswer,
    onMoment: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
  })
  return <LiveNightContext value={live}><SoloDesk me={me} /></LiveNightContext>
}

const button = (name: string | RegExp) => screen.getByRole("button", { name })
const tap = (name: string | RegExp) => act(async () => void fireEvent.click(button(name)))
const isOpen = (name: RegExp) => button(name).getAttribute("aria-disabled") === null

it("[QF-E9] shows three things to begin, what of them waits and what they cost", async () => {
  await desk({ ...busy, fees: { ...busy.fees, COPY: 40 } })
  expect(button(/^Write/).textContent).toContain("100")
  expect(button(/^Copy/).textContent).toMatch(/2 phrases wait.*instead of 50.*40 coins/)
  expect(button(/^Vote/).textContent).toMatch(/1 set waits.*10 coins/)
  expect([/^Write/, /^Copy/, /^Vote/].map(isOpen)).toEqual([true, true, true])
})

it("says why something cannot be begun, and sends nothing", async () => {
  await desk({ ...quiet, waitingPrompts: 1, openSets: 0 }, 95)
  expect(button(/^Write/).textContent).toContain("You are 5 coins short.")
  expect(button(/^Copy/).textContent).toContain("What waits is yours, or you have copied it.")
  expect(button(/^Vote/).textContent).toContain("No set waits for votes.")
  for (const name of [/^Write/, /^Copy/, /^Vote/]) await tap(name)
  expect(beginSoloRoundAction).not.toHaveBeenCalled()
})

it("[QF-E1] begins with one tap and shows the round and the purse at once; a no in a sentence", async () => {
  const begin = vi.mocked(beginSoloRoundAction)
  begin.mockResolvedValueOnce({ success: false, code: "no_prompts_available", error: "Nothing waits to be copied just now." })
  await desk(busy)
  await tap(/^Copy/)
  expect(screen.getByRole("alert").textContent).toContain("Nothing waits to be copied just now.")
  begin.mockResolvedValueOnce({ success: true, version: 6, round: copy, walletBalance: 950 })
  await tap(/^Copy/)
  expect(mergeAnswer).toHaveBeenCalledWith({ version: 6, walletBalance: 950 })
  expect(screen.getByText("WARM MILK")).toBeTruthy()
  expect(screen.getByRole("timer").textContent).toBe("3:00")
  expect(begin.mock.calls.map(([type]) => type)).toEqual(["COPY", "COPY"])
})

it("keeps what was typed over a reload, and forgets it once it was taken", async () => {
  const submit = vi.mocked(submitSoloRoundAction)
  const first = await desk({ ...busy, round: prompt })
  fireEvent.change(screen.getByLabelText("Your words"), { target: { value: " warm  milk " } })
  first.unmount()
  await desk({ ...busy, round: prompt })
  expect(screen.getByLabelText<HTMLTextAreaElement>("Your words").value).toBe(" warm  milk ")
  submit.mockResolvedValueOnce({ success: false, code: "phrase_too_close", error: "MILK is too close to what you see." })
  await tap("Send it")
  expect(screen.getByRole("alert").textContent).toContain("MILK is too close")
  submit.mockResolvedValueOnce({ success: true, version: 7, roundId: "r1", isRight: null, earnedCoins: 0, walletBalance: 900 })
  answers(busy, 7)
  await tap("Send it")
  expect(submit.mock.calls.map(([id, phrase]) => [id, phrase])).toEqual([["r1", "warm milk"], ["r1", "warm milk"]])
  expect(screen.getByRole("status").textContent).toContain("It waits for two copies now.")
  expect(sessionStorage.getItem("quipflip-alone:r1")).toBeNull()
  expect(isOpen(/^Write/)).toBe(true)
})

it("[QF-E14] picks one of three, casts it, and says at once whether it was right", async () => {
  vi.mocked(submitSoloRoundAction).mockResolvedValue({ success: true, version: 7, roundId: "r3", isRight: true, earnedCoins: 20, walletBalance: 1007 })
  await desk({ ...busy, round: vote })
  expect(button("This one").getAttribute("aria-disabled")).toBe("true")
  await tap("FISHY SNACK")
  await tap("COSY BLANKET")
  expect(button("COSY BLANKET").getAttribute("aria-pressed")).toBe("true")
  answers(busy, 7)
  await tap("This one")
  expect(vi.mocked(submitSoloRoundAction).mock.calls[0]?.slice(0, 2)).toEqual(["r3", "COSY BLANKET"])
  expect(screen.getByRole("status").textContent).toContain("Right! 20 coins for you.")
})

it("does not show a round again that was played while the desk was on its way", async () => {
  vi.mocked(submitSoloRoundAction).mockResolvedValue({ success: true, version: 7, roundId: "r3", isRight: false, earnedCoins: 0, walletBalance: 990 })
  await desk({ ...busy, round: vote })
  await tap("FISHY SNACK")
  await tap("This one")
  await settle(1_000)
  expect(screen.queryByRole("button", { name: "This one" })).toBeNull()
  expect(screen.getByText("That was a copy. Somebody fooled you.")).toBeTruthy()
  const before = asked.mock.calls.length
  answers(busy, 7)
  await settle(5_000)
  expect(asked.mock.calls.length).toBe(before + 1)
})

it("[QF-N3] asks before a round is given back, and says what comes back", async () => {
  vi.mocked(abandonSoloRoundAction).mockResolvedValue({ success: true, version: 7, roundId: "r2", walletBalance: 995 })
  await desk({ ...busy, round: copy })
  await tap("Give it back")
  expect(abandonSoloRoundAction).not.toHaveBeenCalled()
  await settle(400)
  await tap("45 of 50 coins back?")
  expect(abandonSoloRoundAction).toHaveBeenCalledExactlyOnceWith("r2", expect.any(String))
  expect(mergeAnswer).toHaveBeenLastCalledWith({ version: 7, walletBalance: 995 })
})

it("[QF-E10] only a copier can hand a phrase to the host", async () => {
  vi.mocked(flagPhraseAction).mockResolvedValue({ success: true, version: 7, roundId: "r2", walletBalance: 1000 })
  const { unmount } = await desk({ ...busy, round: vote })
  expect(screen.queryByRole("button", { name: "Not for here" })).toBeNull()
  unmount()
  await desk({ ...busy, round: copy })
  await tap("Not for here")
  await settle(400)
  answers(busy, 7)
  await tap("Hand it to the host?")
  expect(flagPhraseAction).toHaveBeenCalledExactlyOnceWith("r2", expect.any(String))
  expect(screen.getByText("The host looks at it. Your coins are back.")).toBeTruthy()
})

it("[QF-N7] at zero nothing can be sent, and after the grace it looks what came of it", async () => {
  await desk({ ...busy, round: prompt })
  fireEvent.change(screen.getByLabelText("Your words"), { target: { value: "warm milk" } })
  await settle(180_000)
  expect(button("Time is up").getAttribute("aria-disabled")).toBe("true")
  const before = asked.mock.calls.length
  answers(busy)
  await settle(5_000 + 1_500)
  expect(asked.mock.calls.length).toBe(before + 1)
  expect(isOpen(/^Write/)).toBe(true)
})

it("shows new counts at once, and asks once when it has calmed down", async () => {
  await desk(quiet)
  answers(busy, 8)
  const before = asked.mock.calls.length
  for (let times = 1; times <= 3; times++) {
    const moment: Moment = { kind: "queueChanged", version: 5 + times, payload: { waitingPrompts: times, openSets: 0 } }
    await act(async () => listeners.forEach((listener) => listener(moment, aNight())))
  }
  expect(button(/^Copy/).textContent).toContain("What waits is yours")
  expect(asked.mock.calls.length).toBe(before)
  await settle(800)
  expect(asked.mock.calls.length).toBe(before + 1)
  expect(button(/^Copy/).textContent).toContain("2 phrases wait")
})

it("[QF-E4] sells the second copy to who can pay it", async () => {
  vi.mocked(beginSecondCopyAction).mockResolvedValue({ success: true, version: 6, round: copy, walletBalance: 900 })
  const offers = [{ promptRoundId: "p1", originalPhrase: "WARM MILK", feeCoins: 100 }]
  const { unmount } = await desk({ ...busy, secondCopies: offers }, 99)
  expect(button("Copy for 100").getAttribute("aria-disabled")).toBe("true")
  unmount()
  await desk({ ...busy, secondCopies: offers }, 100)
  await tap("Copy for 100")
  expect(beginSecondCopyAction).toHaveBeenCalledExactlyOnceWith("p1", expect.any(String))
})

it("[QF-E14] shows the own phrases on their way, and what final sets brought and who wrote what", async () => {
  await desk({
    ...busy,
    pending: [{ roundId: "x", type: "COPY", phrase: "OLD SOCKS", promptText: null, state: "IN_VOTE" }],
    finished: [
      {
        phrasesetId: "s1",
        promptText: "The dog hates…",
        finalizedAt: startedAt,
        poolCoins: 210,
        ownCoins: 84,
        ownChoice: null,
        phrases: [
          { role: "ORIGINAL", phrase: "LOUD THUNDER", writerId: "bo", coins: 42, votes: 1, voterIds: ["bo"] },
          { role: "COPY_1", phrase: "NOISY STORM", writerId: "ann", coins: 84, votes: 2, voterIds: ["ann"] },
          { role: "COPY_2", phrase: "BIG BANG", writerId: null, coins: 84, votes: 0, voterIds: [] },
        ],
      },
    ],
  })
  expect(screen.getByText("OLD SOCKS")).toBeTruthy()
  expect(screen.getByText("In the vote")).toBeTruthy()
  const over = screen.getByRole("region", { name: "What is over" })
  expect(over.textContent).toMatch(/The original by Bo: 42 coins, 1 vote by Bo/)
  expect(over.textContent).toMatch(/A copy by you: 84 coins, 2 votes by you/)
  expect(over.textContent).toMatch(/A copy by the house: 84 coins, 0 votes/)
  expect(over.textContent).toContain("+84 coins")
})

it("[QF-E9] offers nothing to who plays a session", async () => {
  await desk({ ...busy, isInSession: true })
  expect(screen.queryByRole("button", { name: /^Write/ })).toBeNull()
  expect(screen.getByText(/You play a session/)).toBeTruthy()
})

it("looks again when a session goes on, and not when it only ticks", async () => {
  const { rerender } = await desk(busy)
  const before = asked.mock.calls.length
  rerender(screenOf(1000, [aRunningSession()]))
  await settle()
  expect(asked.mock.calls.length).toBe(before + 1)
  rerender(screenOf(1000, [aRunningSession({ players: [] })]))
  await settle()
  expect(asked.mock.calls.length).toBe(before + 1)
})
