// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { openLinkAction } from "@/app/actions/party-logic"
import { TvDoor } from "./tv-door"

vi.mock("@/app/actions/party-logic", () => ({ openLinkAction: vi.fn() }))
const openLink = vi.mocked(openLinkAction)

beforeEach(() => {
  openLink.mockReset()
  history.replaceState(null, "", "/party/tv")
})
afterEach(cleanup)

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Code of the TV link" })
const focused = () => document.activeElement as HTMLElement
const press = (key: string) => fireEvent.keyDown(focused(), { key })

it("types a code with four arrows and OK", () => {
  render(<TvDoor />)
  expect(focused().textContent).toBe("2")
  press("ArrowRight")
  fireEvent.click(focused())
  press("ArrowDown")
  fireEvent.click(focused())
  expect(field().value).toBe("3B")
  press("ArrowUp")
  press("ArrowUp")
  expect(focused()).toBe(field())
  press("ArrowDown")
  expect(focused().textContent).toBe("3")
  for (let row = 0; row < 4; row++) press("ArrowDown")
  expect(focused().textContent).toBe("Open")
})

it("takes letters from a keyboard wherever the focus is, and takes them back", () => {
  render(<TvDoor />)
  for (const key of ["a", "0", "B", "Backspace", "c"]) press(key)
  expect(field().value).toBe("AC")
})

it("says why a code was refused", async () => {
  openLink.mockResolvedValue({ success: false, code: "link_unknown", error: "Ask for a new one." })
  render(<TvDoor />)
  press("A")
  fireEvent.click(screen.getByRole("button", { name: "Open" }))
  expect((await screen.findByRole("alert")).textContent).toContain("Ask for a new one.")
  expect(openLink).toHaveBeenCalledExactlyOnceWith("A")
})

it("opens the code of the address by itself, takes it out of the address, and survives a dead line", async () => {
  history.replaceState(null, "", "/party/tv?view=table#abcde-fghjk")
  openLink.mockRejectedValue(new TypeError("fetch failed"))
  render(<TvDoor />)
  expect((await screen.findByRole("alert")).textContent).toContain("No connection")
  expect(openLink).toHaveBeenCalledExactlyOnceWith("ABCDEFGHJK")
  expect(location.href).toMatch(/\/party\/tv\?view=table$/)
  await waitFor(() => expect(field().value).toBe("ABCDE FGHJK"))
})
