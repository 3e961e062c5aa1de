// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { addDriverWithoutPhoneAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aLiveNight, aNight, aRace } from "@/testing/views"
import { AddDriver } from "./add-driver"

vi.mock("@/app/actions/party-logic", () => ({ addDriverWithoutPhoneAction: vi.fn(), registerDriverAction: vi.fn() }))
type Sent = ReturnType<typeof addDriverWithoutPhoneAction>
const send = vi.mocked(addDriverWithoutPhoneAction)
const race = aRace("race-1")

let answers: ((answer: Awaited<Sent>) => void)[]
beforeEach(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined
  answers = []
  send.mockReset().mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  sessionStorage.clear()
  render(
    <LiveNightContext value={aLiveNight(aNight({ races: [race] }))}>
      <AddDriver race={race} />
    </LiveNightContext>,
  )
})
afterEach(cleanup)

function type(name: string) {
  const field = screen.getByRole("combobox")
  fireEvent.change(field, { target: { value: name } })
  fireEvent.keyDown(field, { key: "Enter" })
}
const sent = () => send.mock.calls.map(([name]) => name)
const yes = { success: true, race } as unknown as Awaited<Sent>
const no = { success: false, code: "party_busy", error: "Very busy just now." } as Awaited<Sent>

it("[RAC-7] sends who is typed while somebody is on the way when their turn comes", async () => {
  type("Ann")
  type("Bo")
  await waitFor(() => expect(sent()).toEqual(["Ann"]))
  answers[0]?.(yes)
  await waitFor(() => expect(sent()).toEqual(["Ann", "Bo"]))
  answers[1]?.(yes)
  await waitFor(() => expect(screen.getByPlaceholderText("A guest, or any name")).toBeTruthy())
  expect(screen.queryByRole("alert")).toBeNull()
})

it("[RAC-7] tells who was refused, also when the next one came in", async () => {
  type("Ann")
  await waitFor(() => expect(answers).toHaveLength(1))
  type("Bo")
  answers[0]?.(no)
  await waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(yes)
  expect((await screen.findByRole("alert")).textContent).toContain("Ann was not added. Try again.")
})
