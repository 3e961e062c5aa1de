// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { joinPartyAction, loginWithPinAction } from "@/app/actions/party-logic"
import { ownAnn } from "@/testing/views"
import { JoinFlow } from "./join-flow"
import { joinPath, lobbyOf, pinOf } from "./join-path"
import { partyOfPinAction } from "./party-of-pin"

const { replace } = vi.hoisted(() => ({ replace: vi.fn() }))
vi.mock("next/navigation", () => ({ useRouter: () => ({ replace }) }))
vi.mock("@/app/actions/party-logic", () => ({ joinPartyAction: vi.fn(), loginWithPinAction: vi.fn() }))
vi.mock("./party-of-pin", () => ({ partyOfPinAction: vi.fn() }))

const party = { pin: "123456", name: "Friday" }
const user = ownAnn()
const wrongPin = { success: false, code: "wrong_pin", error: "That PIN is not right." } as const

beforeEach(() => vi.resetAllMocks())
afterEach(() => {
  cleanup()
  sessionStorage.clear()
})

const tap = (name: string | RegExp) => act(async () => void fireEvent.click(screen.getByRole("button", { name })))
const type = (label: string, value: string) => act(async () => void fireEvent.change(screen.getByLabelText(label), { target: { value } }))

it("[PTY-4] skips the PIN a QR code brought, asks a name and shows the personal PIN", async () => {
  vi.mocked(joinPartyAction).mockResolvedValue({ success: true, user })
  render(<JoinFlow pinOfLink="123456" party={party} />)
  expect(screen.queryByLabelText("Party PIN")).toBeNull()
  await type("Your name", "Ann")
  await tap("Let me in")
  expect(joinPartyAction).toHaveBeenCalledWith("Ann", "123456", expect.stringMatching(/^[0-9a-f]{32}$/))
  expect(screen.getByText("4821")).toBeTruthy()
  expect(screen.getByRole("link", { name: "Let’s go" }).getAttribute("href")).toBe("/party/dashboard")
})

it("[PTY-14] tries again with the same id after a lost answer, and with another one for another name", async () => {
  vi.mocked(joinPartyAction).mockRejectedValue(new TypeError("Failed to fetch"))
  render(<JoinFlow pinOfLink="123456" party={party} />)
  for (const name of ["Ann", "Ann", "Bo"]) {
    await type("Your name", name)
    await tap("Let me in")
  }
  expect(screen.getByRole("alert").textContent).toContain("No connection")
  const [first, second, third] = vi.mocked(joinPartyAction).mock.calls.map(([, , id]) => id)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

it("goes back to the party PIN when it no longer holds, with the name kept", async () => {
  vi.mocked(joinPartyAction).mockResolvedValue(wrongPin)
  vi.mocked(partyOfPinAction).mockResolvedValue({ success: true, partyName: "Saturday" })
  render(<JoinFlow pinOfLink="123456" party={party} />)
  await type("Your name", "Ann")
  await tap("Let me in")
  expect(screen.getByRole("alert").textContent).toContain("That PIN is not right.")
  await type("Party PIN", "654321")
  expect(partyOfPinAction).toHaveBeenCalledWith("654321")
  expect(screen.getByText("Saturday")).toBeTruthy()
  expect((screen.getByLabelText("Your name") as HTMLInputElement).value).toBe("Ann")
})

it("[PTY-5] leads a guest who was here before back with the personal PIN", async () => {
  vi.mocked(loginWithPinAction).mockResolvedValueOnce(wrongPin).mockResolvedValueOnce({ success: true, user })
  render(<JoinFlow pinOfLink="123456" party={party} />)
  await tap("I was here before")
  await type("Your own PIN", "1111")
  expect(screen.getByRole("alert").textContent).toContain("That PIN is not right.")
  await type("Your own PIN", "4821")
  expect(loginWithPinAction).toHaveBeenLastCalledWith("4821", "123456")
  expect(replace).toHaveBeenCalledWith("/party/dashboard")
})

it("takes from a link only what can be a party PIN", () => {
  expect(pinOf({ pin: "123456" })).toBe("123456")
  expect(pinOf({ pin: ["123456", "654321"] })).toBe("123456")
  for (const pin of [undefined, "", "12345", "1234567", "12345a", "<b>"]) expect(pinOf({ pin })).toBeNull()
})

const lobbyId = "0b9de0f5-6f4c-4f6e-9d3a-1f2c3d4e5f60"

it("[QF-S1] leads whoever scanned a lobby's code on to that lobby, new or back", async () => {
  vi.mocked(joinPartyAction).mockResolvedValue({ success: true, user })
  vi.mocked(loginWithPinAction).mockResolvedValue({ success: true, user })
  render(<JoinFlow pinOfLink="123456" lobbyId={lobbyId} party={party} />)
  await type("Your name", "Ann")
  await tap("Let me in")
  expect(screen.getByRole("link", { name: "Let’s go" }).getAttribute("href")).toBe(`/party/lobby/${lobbyId}`)
  cleanup()
  render(<JoinFlow pinOfLink="123456" lobbyId={lobbyId} party={party} />)
  await tap("I was here before")
  await type("Your own PIN", "4821")
  expect(replace).toHaveBeenCalledWith(`/party/lobby/${lobbyId}`)
})

it("takes from a link only what can be a lobby, so that it leads nowhere else", () => {
  expect(lobbyOf({ lobby: lobbyId })).toBe(lobbyId)
  for (const lobby of [undefined, "", "//evil.example", "../dashboard", `${lobbyId}/..`, "https://evil.example"]) expect(lobbyOf({ lobby })).toBeNull()
  expect(joinPath("123456", lobbyId)).toBe(`/party/join?pin=123456&lobby=${lobbyId}`)
  expect(joinPath(null, null)).toBe("/party/join")
})
