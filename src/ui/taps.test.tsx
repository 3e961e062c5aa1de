// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { Button } from "./button"
import { ConfirmButton } from "./confirm-button"
import { useBusy } from "./use-busy"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it("a pending button swallows the tap and does not send its form", () => {
  const onClick = vi.fn()
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  const form = (pending: boolean) => <form onSubmit={onSubmit}><Button type="submit" pending={pending} onClick={onClick}>Go</Button></form>
  const { rerender } = render(form(true))
  fireEvent.click(screen.getByRole("button"))
  expect(onClick).not.toHaveBeenCalled()
  expect(onSubmit).not.toHaveBeenCalled()
  expect(screen.getByRole("button").getAttribute("aria-busy")).toBe("true")

  rerender(form(false))
  fireEvent.click(screen.getByRole("button"))
  expect(onClick).toHaveBeenCalledOnce()
  expect(onSubmit).toHaveBeenCalledOnce()
})

it("a dangerous button asks once, takes a second tap and not a double tap", () => {
  const onConfirm = vi.fn()
  render(<ConfirmButton onConfirm={onConfirm} question="Void lap?">Void</ConfirmButton>)
  const button = screen.getByRole("button")
  fireEvent.click(button)
  fireEvent.click(button)
  expect(button.textContent).toBe("Void lap?")
  expect(onConfirm).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(500))
  fireEvent.click(button)
  expect(onConfirm).toHaveBeenCalledOnce()
  expect(button.textContent).toBe("Void")
})

it("a dangerous button forgets the first tap after 4 s and on Escape", () => {
  const onConfirm = vi.fn()
  render(<ConfirmButton onConfirm={onConfirm}>Void</ConfirmButton>)
  const button = screen.getByRole("button")
  fireEvent.click(button)
  act(() => void vi.advanceTimersByTime(4_001))
  expect(button.textContent).toBe("Void")
  fireEvent.click(button)
  fireEvent.keyDown(button, { key: "Escape" })
  expect(button.textContent).toBe("Void")
  expect(onConfirm).not.toHaveBeenCalled()
})

it("useBusy runs once for two quick taps and again after the answer", async () => {
  let answer = () => {}
  const work = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)))
  function Twice() {
    const { busy, run } = useBusy(work)
    return <button type="button" onClick={() => { void run(); void run() }}>{busy ? "busy" : "idle"}</button>
  }
  render(<Twice />)
  const button = screen.getByRole("button")
  fireEvent.click(button)
  expect(work).toHaveBeenCalledOnce()
  expect(button.textContent).toBe("busy")
  await act(async () => answer())
  expect(button.textContent).toBe("idle")
  fireEvent.click(button)
  expect(work).toHaveBeenCalledTimes(2)
})
