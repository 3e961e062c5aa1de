// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createLanInvitationAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext, type LiveNight } from "@/live/use-night"
import { copyText } from "@/ui/copy-text"
import { aLan, aLanPeer } from "@/testing/lan-views"
import { aLiveNight, aNight, aParty, ownAnn, startedAt } from "@/testing/views"
import { LanTab } from "./phone-tab"

vi.mock("@/app/actions/party-logic", () => ({ createLanInvitationAction: vi.fn() }))
vi.mock("@/ui/copy-text", () => ({ copyText: vi.fn() }))

const network = aLan([])
const invitation = "0123456789ABCDEFGHJKMNPQRS"
const made = { success: true as const, link: `http://192.168.1.20:3000/lan#${invitation}`, networkId: network.id, expiresAt: new Date(Date.parse(startedAt) + 3_600_000).toISOString() }

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers({ now: Date.parse(startedAt) })
})
afterEach(() => {
  // What is held of a line goes with its network, as it does at a party.
  cleanup()
  render(tab({ lan: aLan([], { id: "another" }) }))
  cleanup()
  vi.useRealTimers()
  sessionStorage.clear()
})

function tab(part: Partial<NightView>, live: Partial<LiveNight> = {}) {
  const me = ownAnn()
  return (
    <LiveNightContext value={aLiveNight(aNight({ me, ...part }), live)}>
      <LanTab me={me} />
    </LiveNightContext>
  )
}

const tap = (element: HTMLElement) => act(async () => void fireEvent.click(element))
const press = (name: string | RegExp) => tap(screen.getByRole("button", { name }))
const theLine = () => screen.getByLabelText("The line for the PC").textContent ?? ""

async function makeLine(part: Partial<NightView> = {}) {
  vi.mocked(createLanInvitationAction).mockResolvedValue(made)
  const shown = render(tab(part))
  await press(/Play from my PC|One more PC/)
  return shown
}

it("says in a picture and a sentence what it is for", () => {
  render(tab({}))
  expect(screen.getByRole("img", { name: /on one cable/ })).toBeTruthy()
  expect(screen.getByText(/find each other/)).toBeTruthy()
})

it("[LAN-21] [LAN-101] makes one line at a time, under no tap's id, and keeps it out of every storage", async () => {
  let answer: (value: typeof made) => void = () => undefined
  vi.mocked(createLanInvitationAction).mockReturnValue(new Promise((resolve) => (answer = resolve)))
  const refetch = vi.fn()
  render(tab({}, { refetch }))
  await press("Play from my PC")
  const button = screen.getByRole("button", { name: "Play from my PC" })
  expect(button.getAttribute("aria-busy")).toBe("true")
  await tap(button)
  await act(async () => answer(made))
  expect(createLanInvitationAction).toHaveBeenCalledExactlyOnceWith()
  expect(theLine()).toContain(`'${made.link}'`)
  expect(screen.getByText("60:00")).toBeTruthy()
  expect(refetch).toHaveBeenCalledOnce()
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain(invitation)
})

it("says a refusal beside the button, and that offline it waits", async () => {
  vi.mocked(createLanInvitationAction).mockResolvedValue({ success: false, code: "lan_too_many_pcs", error: "You have 4 PCs in the network. Let one leave first." })
  const { rerender } = render(tab({}))
  await press("Play from my PC")
  expect(screen.getByRole("alert").textContent).toContain("You have 4 PCs")
  rerender(tab({}, { connection: "offline" }))
  await press("Play from my PC")
  expect(createLanInvitationAction).toHaveBeenCalledOnce()
})

it("[LAN-100] has a line for the PC's system, marks what is not proven, and adds the games that are picked", async () => {
  await makeLine()
  expect(screen.queryByText(/Not proven/)).toBeNull()
  await press("Windows")
  expect(theLine()).toMatch(/^curl\.exe /)
  expect(screen.getByText(/Not proven on Windows/)).toBeTruthy()
  await press("Linux")
  await press("Warsow")
  await press("Warcraft III")
  expect(theLine()).toMatch(/--games warcraft-3,warsow$/)
  await press("Warsow")
  expect(theLine()).toMatch(/--games warcraft-3$/)
})

it("[LAN-102] copies the whole line, or marks it where no page may copy", async () => {
  await makeLine()
  vi.mocked(copyText).mockResolvedValueOnce(true)
  await press("Copy the line")
  expect(copyText).toHaveBeenCalledExactlyOnceWith(theLine())
  expect(screen.getByRole("button", { name: "Copied" })).toBeTruthy()
  await act(async () => void vi.advanceTimersByTime(3_000))
  vi.mocked(copyText).mockResolvedValueOnce(false)
  await press("Copy the line")
  expect(screen.getByText(/copy it by hand/)).toBeTruthy()
  expect(window.getSelection()?.toString()).toBe(theLine())
})

it("[LAN-101] keeps the line while another tab is looked at, until a PC of this guest came in by it", async () => {
  const { unmount } = await makeLine({ lan: network })
  unmount()
  const again = render(tab({ lan: network }))
  expect(theLine()).toContain(invitation)
  again.rerender(tab({ lan: aLan([aLanPeer("bo")]) }))
  expect(theLine()).toContain(invitation)
  again.rerender(tab({ lan: aLan([aLanPeer("bo"), aLanPeer("ann")]) }))
  expect(screen.queryByLabelText("The line for the PC")).toBeNull()
  expect(screen.getByText("Your PC is in")).toBeTruthy()
  expect(screen.getByRole("button", { name: "One more PC" })).toBeTruthy()
})

it("[LAN-101] [LAN-82] drops the line with its network", async () => {
  const { rerender } = await makeLine({ lan: network })
  rerender(tab({ lan: aLan([], { id: "ba9876543210" }) }))
  expect(screen.queryByLabelText("The line for the PC")).toBeNull()
})

it("[LAN-20] says when a line is too old, and makes another", async () => {
  await makeLine()
  await act(async () => void vi.advanceTimersByTime(3_600_000))
  expect(screen.getByText("That line is too old by now.")).toBeTruthy()
  vi.mocked(createLanInvitationAction).mockResolvedValue({ ...made, expiresAt: new Date(Date.now() + 3_600_000).toISOString() })
  await press("Make a new line")
  expect(theLine()).toContain(invitation)
})

it("[LAN-100] makes no line of an address a shell would take for more", async () => {
  vi.mocked(createLanInvitationAction).mockResolvedValue({ ...made, link: `http://a;reboot/lan#${invitation}` })
  render(tab({}))
  await press("Play from my PC")
  expect(screen.queryByLabelText("The line for the PC")).toBeNull()
  expect(screen.getByText(/no line that is safe/)).toBeTruthy()
})

it("[LAN-52] [LAN-103] lists who is on it: path in a word, latency, address to copy, and which PC is the own", async () => {
  const peers = [
    aLanPeer("host", { guestId: null, name: "Host", virtualIp: "10.66.0.1", connectionType: "host", latencyMs: null }),
    aLanPeer("ann", { name: "Ann", latencyMs: 0.4 }),
    aLanPeer("bo", { name: "Bo", virtualIp: "10.66.0.3", connectionType: "relayed", latencyMs: 48.6 }),
    aLanPeer("cy", { name: "Cy", virtualIp: "10.66.0.4", connectionType: "failed", latencyMs: null }),
  ]
  render(tab({ lan: aLan(peers, { peerCount: 43 }) }))
  const rows = within(screen.getByRole("list", { name: "PCs on the LAN" })).getAllByRole("listitem").map((row) => row.textContent)
  expect(rows).toEqual(["HostHost10.66.0.1", "AnnyoursDirectunder 1 ms10.66.0.2", "BoRelayed49 ms10.66.0.3", "CyNo path10.66.0.4"])
  expect(screen.getByText("And 39 more.")).toBeTruthy()
  await press("Copy the address of Bo: 10.66.0.3")
  expect(copyText).toHaveBeenCalledExactlyOnceWith("10.66.0.3")
})

it("tells of the password, and after the party makes no line", () => {
  const { rerender } = render(tab({ lan: aLan([], { hasPassword: true }) }))
  expect(screen.getByText(/the PC asks for it/)).toBeTruthy()
  rerender(tab({ party: aParty({ status: "ENDED" }) }))
  expect(screen.queryByRole("button", { name: "Play from my PC" })).toBeNull()
})
