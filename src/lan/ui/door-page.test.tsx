// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LanDoor } from "./door-page"

const invitation = "0123456789ABCDEFGHJKMNPQRS"

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  sessionStorage.clear()
  window.history.replaceState(null, "", "/")
})

async function open(hash: string, isSeated = false) {
  window.history.replaceState(null, "", `/lan${hash}`)
  render(<LanDoor isSeated={isSeated} />)
  await act(async () => void vi.runAllTimers())
}

it("[LAN-22] [LAN-102] makes the line of the link, takes the invitation out of the address, and sends it to nobody", async () => {
  const sent = vi.spyOn(globalThis, "fetch")
  await open(`#${invitation.toLowerCase()}`)
  expect(screen.getByLabelText("The line for the PC").textContent).toContain(`${window.location.origin}/lan#${invitation}'`)
  expect(window.location.href).not.toMatch(/[#?]/)
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain(invitation)
  expect(sent).not.toHaveBeenCalled()
})

it.each(["#nonsense", `#${invitation}';reboot`, `#${invitation}0`, `#%27${invitation}`, "#<img src=x onerror=alert(1)>"])("[LAN-100] [LAN-102] makes nothing of %s", async (hash) => {
  await open(hash)
  expect(screen.queryByLabelText("The line for the PC")).toBeNull()
  expect(screen.getByRole("alert").textContent).toContain("not whole")
  expect(document.body.innerHTML).not.toMatch(/reboot|onerror|nonsense/)
})

it("takes the next link that is opened in the same page", async () => {
  await open(`#${invitation}`)
  window.history.replaceState(null, "", "/lan#SSSSSSSSSSSSSSSSSSSSSSSSSS")
  await act(async () => void window.dispatchEvent(new Event("hashchange")))
  expect(screen.getByLabelText("The line for the PC").textContent).toContain("SSSSSSSSSSSSSSSSSSSSSSSSSS")
})

it.each([
  [true, "Make the line", "/party/dashboard"],
  [false, "Take my seat", "/party/join"],
])("without an invitation says how to get one (seated: %s)", async (isSeated, name, href) => {
  await open("", isSeated)
  expect(screen.getByRole("link", { name }).getAttribute("href")).toBe(href)
  expect(screen.queryByRole("alert")).toBeNull()
})
