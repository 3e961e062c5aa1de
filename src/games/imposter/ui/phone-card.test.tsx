// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { aCard } from "@/testing/imposter-views"
import type { CardView } from "../view"
import { PhoneCard } from "./phone-card"

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function held(card: CardView = aCard()) {
  const onSeen = vi.fn()
  const { container } = render(<PhoneCard card={card} onSeen={onSeen} />)
  return { onSeen, button: screen.getByRole("button", { name: "Hold to see your card" }), html: () => container.innerHTML }
}

it("[IMP-4] the word is nowhere in the page while the card lies face down", () => {
  const { button, html, onSeen } = held()
  expect(html()).not.toContain("Lighthouse")
  fireEvent.pointerDown(button, { button: 0 })
  expect(screen.getByRole("status").textContent).toBe("You know the word. The word: Lighthouse")
  expect(onSeen).toHaveBeenCalledTimes(1)
  fireEvent.pointerUp(button)
  expect(html()).not.toContain("Lighthouse")
})

it.each([
  ["the finger is taken away by the system", (button: HTMLElement) => fireEvent.pointerCancel(button)],
  ["the finger is lost", (button: HTMLElement) => fireEvent.lostPointerCapture(button)],
  ["the focus goes", (button: HTMLElement) => fireEvent.blur(button)],
  ["the window loses the focus", () => fireEvent.blur(window)],
  ["the page is hidden", () => fireEvent(document, new Event("visibilitychange"))],
])("lies face down again when %s", (_what, happen) => {
  const { button, html } = held()
  fireEvent.pointerDown(button, { button: 0 })
  expect(html()).toContain("Lighthouse")
  happen(button)
  expect(html()).not.toContain("Lighthouse")
})

it.each([" ", "Enter"])("is held with the keyboard as well (%j)", (key) => {
  const { button, html } = held()
  expect(fireEvent.keyDown(button, { key })).toBe(false)
  expect(html()).toContain("Lighthouse")
  fireEvent.keyUp(button, { key })
  expect(html()).not.toContain("Lighthouse")
})

it("shows its face for a while to a screen reader, which can only press", () => {
  vi.useFakeTimers()
  const { button, html } = held()
  fireEvent.click(button, { detail: 0 })
  expect(html()).toContain("Lighthouse")
  act(() => void vi.advanceTimersByTime(5000))
  expect(html()).not.toContain("Lighthouse")
})

it("[IMP-3] tells the imposter and Mr White in words who they are", () => {
  const imposter = held(aCard({ isImposter: true, word: "Coast" }))
  fireEvent.pointerDown(imposter.button, { button: 0 })
  expect(screen.getByRole("status").textContent).toBe("You are the imposter. Your hint: Coast")
  cleanup()
  const misterWhite = held(aCard({ isImposter: true, isMisterWhite: true, word: null }))
  fireEvent.pointerDown(misterWhite.button, { button: 0 })
  expect(screen.getByRole("status").textContent).toBe("You are Mr White. An imposter, and nobody helps you. No hint.")
})

it("says that the card is on its way", () => {
  render(<PhoneCard card={null} onSeen={() => undefined} />)
  expect(screen.getByText("Your card is being dealt")).toBeTruthy()
})
