// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react"
import { createRef } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { changeLanSettingsAction, closeLanAction, createLanInvitationAction, kickLanPeerAction, lanKickedAction, lanRelayLoadAction, readmitLanPeerAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aLan, aLanPeer } from "@/testing/lan-views"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import type { LanSummary } from "../view"
import { LanPanel } from "./control-panel"

vi.mock("@/app/actions/party-logic", () => ({
  changeLanSettingsAction: vi.fn(),
  closeLanAction: vi.fn(),
  createLanInvitationAction: vi.fn(),
  kickLanPeerAction: vi.fn(),
  lanKickedAction: vi.fn(),
  lanRelayLoadAction: vi.fn(),
  readmitLanPeerAction: vi.fn(),
}))

const step = createRef<HTMLDivElement>()
const host = aLanPeer("host", { guestId: null, name: "Host", virtualIp: "10.66.0.1", connectionType: "host" })
const bo = aLanPeer("bo", { name: "Bo", virtualIp: "10.66.0.3", connectionType: "relayed", latencyMs: 48 })
const guests = [{ id: "bo", name: "Bobby", avatarUrl: null, isKicked: false, isDriverSeat: false, joinedAt: startedAt }]
const noDrops = { malformed: 0, oversized: 0, too_many_binds: 0, wrong_cookie: 0, refused: 0, unknown_session: 0, wrong_source: 0, wrong_destination: 0, peer_absent: 0, too_fast: 0, slow_reader: 0 }
const load = { sessions: 2, forwarded_packets: 10, forwarded_bytes: 0, dropped_packets: 3, websockets: 0, drops: noDrops }

// An answer that says nothing but its version has no type of its own.
const done = { success: true, version: 4 } as unknown as Awaited<ReturnType<typeof closeLanAction>>

const panel = (lan: LanSummary | null) => (
  <LiveNightContext value={aLiveNight(aNight({ lan, guests }))}>
    <LanPanel stepRef={step} />
  </LiveNightContext>
)

const tap = (element: HTMLElement) => act(async () => void fireEvent.click(element))

async function show(lan: LanSummary | null) {
  const shown = render(panel(lan))
  await act(async () => undefined)
  return shown
}

/** The host means it: the second press comes after the time of a double tap. */
async function confirm(name: string, question: RegExp, action: unknown) {
  const clock = vi.spyOn(performance, "now")
  clock.mockReturnValue(1000)
  await tap(screen.getByRole("button", { name }))
  expect(action).not.toHaveBeenCalled()
  clock.mockReturnValue(2000)
  await tap(screen.getByRole("button", { name: question }))
  clock.mockRestore()
}

beforeEach(() => {
  vi.resetAllMocks()
  vi.mocked(lanKickedAction).mockResolvedValue({ success: true, kicked: [] })
  vi.mocked(lanRelayLoadAction).mockResolvedValue({ success: true, relay: "here", load })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  sessionStorage.clear()
})

it("says how it begins, and has the host's own line at the next step", async () => {
  await show(null)
  expect(screen.getByText(/Guests bring their PCs in without you/)).toBeTruthy()
  expect(within(step.current!).getByRole("button", { name: "Play from this laptop" })).toBeTruthy()
  expect(screen.queryByRole("button", { name: "Close the LAN" })).toBeNull()
})

it("[LAN-3] makes no second line for a host whose PC is in", async () => {
  await show(aLan([host]))
  expect(screen.queryByRole("button", { name: "Play from this laptop" })).toBeNull()
})

it("says why the host gets no line", async () => {
  vi.mocked(createLanInvitationAction).mockResolvedValue({ success: false, code: "lan_host_here", error: "The host's PC is in the network already." })
  await show(aLan([bo]))
  await tap(screen.getByRole("button", { name: "Play from this laptop" }))
  expect(screen.getByRole("alert").textContent).toContain("in the network already")
})

it("[LAN-33] takes a PC out when asked twice, never the host's, and says a refusal in its row", async () => {
  vi.mocked(kickLanPeerAction).mockResolvedValue({ success: false, code: "lan_peer_unknown", error: "That PC is not in this network." })
  await show(aLan([host, bo]))
  const rows = within(screen.getByRole("list", { name: "PCs on the LAN" })).getAllByRole("listitem")
  expect(rows.map((row) => row.textContent)).toEqual([expect.stringContaining("yours"), expect.stringContaining("Boof BobbyRelayed48 ms10.66.0.3")])
  expect(within(rows[0]!).queryByRole("button", { name: "Kick" })).toBeNull()
  await confirm("Kick", /Take it out/, kickLanPeerAction)
  expect(kickLanPeerAction).toHaveBeenCalledExactlyOnceWith("pc-of-bo")
  expect(within(rows[1]!).getByRole("alert").textContent).toContain("not in this network")
})

it("[LAN-33] lets somebody back in who was taken out", async () => {
  vi.mocked(lanKickedAction).mockResolvedValueOnce({ success: true, kicked: [{ peerId: "pc-of-cy", guestId: "cy", name: "Cy" }] })
  vi.mocked(readmitLanPeerAction).mockResolvedValue(done)
  await show(aLan([bo]))
  await tap(screen.getByRole("button", { name: "Let back in" }))
  expect(readmitLanPeerAction).toHaveBeenCalledExactlyOnceWith("pc-of-cy")
  expect(screen.queryByRole("button", { name: "Let back in" })).toBeNull()
})

it("[LAN-5] [LAN-6] changes name and size, sets a password and takes it off", async () => {
  vi.mocked(changeLanSettingsAction).mockResolvedValue(done)
  const { rerender } = await show(aLan([bo]))
  fireEvent.change(screen.getByLabelText("Most PCs"), { target: { value: "8 PCs" } })
  await tap(screen.getByRole("button", { name: "Save" }))
  expect(changeLanSettingsAction).toHaveBeenLastCalledWith({ name: "Sofa Grand Prix", maxPeers: 8 })
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: "sesame seed" } })
  await tap(screen.getByRole("button", { name: "Set it" }))
  expect(changeLanSettingsAction).toHaveBeenLastCalledWith({ password: "sesame seed" })
  expect(screen.getByLabelText<HTMLInputElement>("Password").value).toBe("")
  rerender(panel(aLan([bo], { hasPassword: true })))
  vi.mocked(changeLanSettingsAction).mockClear()
  await confirm("Take it off", /Off/, changeLanSettingsAction)
  expect(changeLanSettingsAction).toHaveBeenLastCalledWith({ password: null })
})

it("[LAN-82] closes the network when asked twice", async () => {
  vi.mocked(closeLanAction).mockResolvedValue(done)
  await show(aLan([bo]))
  await confirm("Close the LAN", /Every PC is out/, closeLanAction)
  expect(closeLanAction).toHaveBeenCalledOnce()
})

it("[LAN-91] shows what the relay carries, and from the second look on how quickly", async () => {
  vi.useFakeTimers()
  await show(aLan([bo]))
  const relay = screen.getByRole("region", { name: "Relay" })
  expect(relay.textContent).toBe("RelayNow…Carried0 kBSessions2Dropped3")
  vi.mocked(lanRelayLoadAction).mockResolvedValue({ success: true, relay: "here", load: { ...load, forwarded_bytes: 6_250_000, websockets: 1, drops: { ...noDrops, too_fast: 4 } } })
  await act(async () => vi.advanceTimersByTimeAsync(5_000))
  expect(relay.textContent).toContain("Now10 Mbit/sCarried6.3 MB")
  expect(relay.textContent).toContain("1 by WebSocket")
  expect(relay.textContent).toContain("4 too fast")
  vi.mocked(lanRelayLoadAction).mockRejectedValue(new Error("no line"))
  await act(async () => vi.advanceTimersByTimeAsync(5_000))
  expect(relay.textContent).toContain("did not come")
})

it.each([["none", /None runs/], ["elsewhere", /another machine/]] as const)("[LAN-91] says of a relay that is %s where it is", async (relay, words) => {
  vi.mocked(lanRelayLoadAction).mockResolvedValue({ success: true, relay, load: null })
  await show(aLan([bo]))
  expect(screen.getByRole("region", { name: "Relay" }).textContent).toMatch(words)
})
