// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { startPartyAction } from "@/app/actions/party-logic"
import { StartParty } from "./start-party"

vi.mock("@/app/actions/party-logic", () => ({ startPartyAction: vi.fn() }))
const start = vi.mocked(startPartyAction)
const started = {
  success: true as const,
  name: "Saturday",
  joinPin: 123_456,
  passcode: "ABCD-EFGH",
  hostLink: "https://party.example/admin/login#SECRET",
  joinLink: "https://party.example/party/join?pin=123456",
  deletesAt: "2027-02-19T20:00:00.000Z",
}

beforeEach(() => vi.resetAllMocks())
afterEach(cleanup)

const button = () => screen.getByRole("button", { name: "Start the party" })
const type = (label: string, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } })

it("[PTY-22] shows link, passcode, PIN and the day of deletion once the party is there", async () => {
  start.mockResolvedValue(started)
  render(<StartParty isPasscodeAsked={false} />)
  expect(screen.queryByLabelText("Passcode of this site")).toBeNull()
  type("What is it called?", "Saturday")
  fireEvent.click(button())
  await screen.findByText("ABCD-EFGH")
  expect(start).toHaveBeenCalledExactlyOnceWith("Saturday", undefined)
  expect(screen.getByText("https://party.example/admin/login#SECRET")).toBeTruthy()
  expect(screen.getByText("123456")).toBeTruthy()
  expect(screen.getByRole("link", { name: "Open race control" }).getAttribute("href")).toBe(started.hostLink)
  expect(screen.getByText(/February.* is deleted|deleted on .*2027/)).toBeTruthy()
})

it("[PTY-22] asks for the operator's passcode, and says beside it that it is wrong", async () => {
  start.mockResolvedValue({ success: false, code: "wrong_operator_passcode", error: "That passcode is not right." })
  render(<StartParty isPasscodeAsked />)
  type("What is it called?", "Saturday")
  expect(button().getAttribute("aria-disabled")).toBe("true")
  type("Passcode of this site", "let-me-in")
  fireEvent.click(button())
  await waitFor(() => expect(screen.getByLabelText("Passcode of this site").getAttribute("aria-invalid")).toBe("true"))
  expect(start).toHaveBeenCalledExactlyOnceWith("Saturday", "let-me-in")
  type("Passcode of this site", "let-me-in!")
  expect(screen.queryByText("That passcode is not right.")).toBeNull()
})

it("is busy until the answer, and sends once however often it is tapped", async () => {
  let answer: (value: typeof started) => void = () => undefined
  start.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  render(<StartParty isPasscodeAsked={false} />)
  type("What is it called?", "Saturday")
  for (let tap = 0; tap < 3; tap++) fireEvent.click(button())
  expect(button().getAttribute("aria-busy")).toBe("true")
  answer(started)
  await screen.findByText("ABCD-EFGH")
  expect(start).toHaveBeenCalledTimes(1)
})

it("does not promise that nothing counts twice when the answer was lost", async () => {
  start.mockRejectedValue(new TypeError("Failed to fetch"))
  render(<StartParty isPasscodeAsked={false} />)
  type("What is it called?", "Saturday")
  fireEvent.click(button())
  expect((await screen.findByRole("alert")).textContent).toContain("No connection. Try again when it is back.")
  expect(screen.queryByText(/nothing counts twice/)).toBeNull()
})
