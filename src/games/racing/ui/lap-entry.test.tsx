// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { createRef, useState } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { submitLapTimeAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aBoardRow, aLiveNight, aNight, aRace } from "@/testing/views"
import { LapEntry } from "./lap-entry"

vi.mock("@/app/actions/party-logic", () => ({ submitLapTimeAction: vi.fn() }))
const send = vi.mocked(submitLapTimeAction)

const race = aRace("race-1", { board: [aBoardRow("ann", { name: "Ann" }), aBoardRow("bo", { name: "Bo", position: 2 })] })
const night = aNight({ guests: [{ id: "cy", name: "Cy", avatarUrl: null, isDriverSeat: false, isKicked: false }], races: [race] })
const live = aLiveNight(night)
const answered = { success: true as const, version: 2, lapId: "lap", gameId: "race-1", lapTimeMs: 84_500, race }

function Desk({ first }: { first: string | null }) {
  const [driverId, setDriverId] = useState(first)
  const [driverField] = useState(() => createRef<HTMLInputElement>())
  const [timeField] = useState(() => createRef<HTMLInputElement>())
  return (
    <LiveNightContext value={live}>
      <LapEntry race={race} driverId={driverId} onDriver={setDriverId} driverField={driverField} timeField={timeField} />
    </LiveNightContext>
  )
}

const time = () => screen.getByLabelText<HTMLInputElement>("Lap time")
const driver = () => screen.getByRole<HTMLInputElement>("combobox")
function enter(text: string) {
  fireEvent.change(time(), { target: { value: text } })
  press()
}
function press() {
  const form = time().form
  if (form) fireEvent.submit(form)
}

beforeEach(() => {
  send.mockReset()
  sessionStorage.clear()
})
afterEach(cleanup)

it("[RAC-14] enters the lap of the driver in this race and stands ready for the next", async () => {
  send.mockResolvedValue(answered)
  render(<Desk first="bo" />)
  enter(" 84,5 ")
  await waitFor(() => expect(time().value).toBe(""))
  expect(send.mock.calls.map((call) => call.slice(0, 5))).toEqual([["84,5", undefined, undefined, "bo", "race-1"]])
  expect(document.activeElement).toBe(time())
  expect(driver().value).toBe("Bo")
})

it("[RAC-12] says what is wrong while it is typed, and sends nothing that is no lap time", () => {
  render(<Desk first="bo" />)
  enter("1:75")
  expect(screen.getByText(/seconds go up to 59, for example 1:24.500/)).toBeTruthy()
  expect(time().getAttribute("aria-invalid")).toBe("true")
  expect(send).not.toHaveBeenCalled()
})

it("asks for the driver first", () => {
  render(<Desk first={null} />)
  enter("1:24.5")
  expect(screen.getByRole("alert").textContent).toContain("Say who drove.")
  expect(document.activeElement).toBe(driver())
  expect(send).not.toHaveBeenCalled()
})

it("[PTY-14] keeps a lap that got no answer, and sends it again with the same request id until it did", async () => {
  send.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(answered)
  render(<Desk first="ann" />)
  enter("1:24.5")
  await screen.findByText(/The lap is kept/)
  expect(time().value).toBe("1:24.5")
  press()
  await waitFor(() => expect(send).toHaveBeenCalledTimes(2))
  await screen.findByText(/The lap is kept/)
  press()
  await waitFor(() => expect(time().value).toBe(""))
  enter("1:24.5")
  await waitFor(() => expect(send).toHaveBeenCalledTimes(4))
  const [first, second, third, next] = send.mock.calls.map((call) => call[5])
  expect([second, third]).toEqual([first, first])
  expect(next).not.toBe(first)
  await waitFor(() => expect(time().value).toBe(""))
})

it("leaves what was typed for the next lap while the answer was on its way", async () => {
  let answer: (value: typeof answered) => void = () => undefined
  send.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  render(<Desk first="ann" />)
  enter("1:24.5")
  fireEvent.change(time(), { target: { value: "1:3" } })
  answer(answered)
  await waitFor(() => expect(screen.getByRole("button", { name: "Enter lap" }).getAttribute("aria-busy")).toBeNull())
  expect(time().value).toBe("1:3")
})

it("goes through drivers and guests with the arrows of the time field", () => {
  render(<Desk first="ann" />)
  const seen = [1, 2, 3].map(() => {
    fireEvent.keyDown(time(), { key: "ArrowDown" })
    return driver().value
  })
  fireEvent.keyDown(time(), { key: "ArrowUp" })
  expect([...seen, driver().value]).toEqual(["Bo", "Cy", "Ann", "Cy"])
})
