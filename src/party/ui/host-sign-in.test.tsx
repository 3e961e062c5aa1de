// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { StrictMode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { hostLoginAction, openLinkAction } from "@/app/actions/party-logic"
import { HostSignIn } from "./host-sign-in"

vi.mock("@/app/actions/party-logic", () => ({ hostLoginAction: vi.fn(), openLinkAction: vi.fn() }))
const replace = vi.hoisted(() => vi.fn())
vi.mock("next/navigation", () => ({ useRouter: () => ({ replace }) }))
const open = vi.mocked(openLinkAction)
const login = vi.mocked(hostLoginAction)

const show = (isHost = false) => render(<StrictMode><HostSignIn isHost={isHost} /></StrictMode>)

beforeEach(() => {
  vi.resetAllMocks()
  window.history.replaceState(null, "", "/admin/login")
})
afterEach(cleanup)

it("[PTY-7] opens a link once, with the token out of the address bar before it is sent", async () => {
  window.history.replaceState(null, "", "/admin/login#SECRET")
  const addresses: string[] = []
  open.mockImplementation((token) => {
    addresses.push(`${token} at ${window.location.href}`)
    return Promise.resolve({ success: true, goTo: "/party/tv" })
  })
  show(true)
  await waitFor(() => expect(replace.mock.calls).toEqual([["/party/tv"]]))
  expect(addresses).toEqual(["SECRET at http://localhost:3000/admin/login"])
})

it("can open a link again that the network lost", async () => {
  window.history.replaceState(null, "", "/admin/login#SECRET")
  open.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue({ success: true, goTo: "/admin/race-control" })
  show()
  fireEvent.click(await screen.findByRole("button", { name: "Try the link again" }))
  await waitFor(() => expect(replace).toHaveBeenCalledWith("/admin/race-control"))
})

it("sends a host who is in already on to race control", async () => {
  show(true)
  await waitFor(() => expect(replace).toHaveBeenCalledWith("/admin/race-control"))
  expect(open).not.toHaveBeenCalled()
})

it("[PTY-29] shows where the party's PIN goes when it is needed", async () => {
  login.mockResolvedValueOnce({ success: false, code: "party_pin_needed", error: "More than one party is open here." }).mockResolvedValue({ success: true })
  show()
  fireEvent.change(await screen.findByLabelText("Host passcode"), { target: { value: "right" } })
  fireEvent.click(screen.getByRole("button", { name: "Take control" }))
  await screen.findByRole("alert")
  const pin = screen.getByLabelText("Party PIN")
  expect(pin.closest("details")?.open).toBe(true)
  fireEvent.change(pin, { target: { value: "123456" } })
  fireEvent.click(screen.getByRole("button", { name: "Take control" }))
  await waitFor(() => expect(login.mock.calls).toEqual([["right", undefined], ["right", "123456"]]))
})

it("says in one sentence that a passcode is wrong, beside the field", async () => {
  login.mockResolvedValue({ success: false, code: "wrong_passcode", error: "That passcode is not right." })
  show()
  const field = await screen.findByLabelText("Host passcode")
  fireEvent.change(field, { target: { value: "nope" } })
  fireEvent.click(screen.getByRole("button", { name: "Take control" }))
  expect((await screen.findByRole("alert")).textContent).toContain("That passcode is not right.")
  expect(login.mock.calls).toEqual([["nope", undefined]])
  expect(replace).not.toHaveBeenCalled()
})
