// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useHostShortcuts } from "./use-host-shortcuts"

const heard = vi.fn()

function Desk({ isOn }: { isOn: boolean }) {
  useHostShortcuts({ shortcuts: [{ key: "t", words: "Time", run: () => heard("t") }], isOn, onDigit: heard })
  return (
    <>
      <input aria-label="Search" />
      <div data-takes-driver-digits><input aria-label="Time" /></div>
      <input aria-label="Switch" type="checkbox" />
    </>
  )
}

const press = (where: Element, init: object) => fireEvent.keyDown(where, init)
const alt2 = { altKey: true, code: "Digit2", key: "™" }

afterEach(() => {
  cleanup()
  heard.mockReset()
})

it("hears a single key on the page and on a switch, never in a text field", () => {
  render(<Desk isOn />)
  press(screen.getByLabelText("Search"), { key: "t", code: "KeyT" })
  expect(heard).not.toHaveBeenCalled()
  press(document.body, { key: "t", code: "KeyT" })
  press(screen.getByLabelText("Switch"), { key: "t", code: "KeyT" })
  expect(heard.mock.calls).toEqual([["t"], ["t"]])
})

it("leaves the browser's own combinations alone", () => {
  render(<Desk isOn />)
  press(document.body, { key: "t", code: "KeyT", ctrlKey: true })
  press(document.body, { key: "t", code: "KeyT", metaKey: true })
  expect(heard).not.toHaveBeenCalled()
})

it("takes Alt and a digit by its place on the keyboard, in the lap entry too, but in no other text field", () => {
  render(<Desk isOn />)
  press(screen.getByLabelText("Search"), alt2)
  expect(heard).not.toHaveBeenCalled()
  press(screen.getByLabelText("Time"), alt2)
  expect(heard.mock.calls).toEqual([[2]])
})

it("keeps still while a dialog is open, and single keys when they are switched off", () => {
  const { rerender } = render(<Desk isOn={false} />)
  press(document.body, { key: "t", code: "KeyT" })
  rerender(<><Desk isOn /><dialog open>Question</dialog></>)
  press(document.body, { key: "t", code: "KeyT" })
  press(document.body, alt2)
  expect(heard).not.toHaveBeenCalled()
})
