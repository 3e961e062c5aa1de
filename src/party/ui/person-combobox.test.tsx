// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { PersonCombobox } from "./person-combobox"

const people = [
  { id: "ann", name: "Ann", number: 1 },
  { id: "bo", name: "Bo", number: 2 },
  { id: "bob", name: "Bob", number: 3 },
]
const field = () => screen.getByRole<HTMLInputElement>("combobox")
const press = (...keys: string[]) => keys.forEach((key) => fireEvent.keyDown(field(), { key }))
const type = (text: string) => fireEvent.change(field(), { target: { value: text } })
const activeName = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent

beforeEach(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(cleanup)

it("picks the first match with Enter, and one further down with the arrows, round and round", () => {
  const onPick = vi.fn()
  render(<PersonCombobox label="Driver" people={people} picked={null} onPick={onPick} />)
  type("bo")
  press("Enter")
  type("bo")
  press("ArrowDown", "Enter")
  type("bo")
  press("ArrowDown", "ArrowDown")
  expect(activeName()).toContain("Bo")
  press("Enter")
  expect(onPick.mock.calls).toEqual([["bo"], ["bob"], ["bo"]])
})

it("goes back to who was picked with Escape and when the field is left", () => {
  const onPick = vi.fn()
  render(<PersonCombobox label="Driver" people={people} picked={people[0] ?? null} onPick={onPick} />)
  type("bo")
  press("Escape")
  expect(field().value).toBe("Ann")
  expect(field().getAttribute("aria-expanded")).toBe("false")
  type("bob")
  fireEvent.blur(field())
  expect(field().value).toBe("Ann")
  expect(onPick).not.toHaveBeenCalled()
})

it("takes the match with Tab only when something was typed", () => {
  const onPick = vi.fn()
  render(<PersonCombobox label="Driver" people={people} picked={null} onPick={onPick} />)
  fireEvent.click(field())
  press("Tab")
  expect(onPick).not.toHaveBeenCalled()
  type("bob")
  press("Tab")
  expect(onPick).toHaveBeenCalledWith("bob")
})

it("does nothing on Enter while an input method is composing a word", () => {
  const onPick = vi.fn()
  render(<PersonCombobox label="Driver" people={people} picked={null} onPick={onPick} />)
  type("an")
  fireEvent.keyDown(field(), { key: "Enter", isComposing: true })
  expect(onPick).not.toHaveBeenCalled()
})

it("offers a name that is nobody's as somebody new, after those who match", () => {
  const onCreate = vi.fn()
  const onPick = vi.fn()
  render(<PersonCombobox label="Driver" people={people} picked={null} onPick={onPick} onCreate={onCreate} />)
  type(" Zed ")
  press("Enter")
  type("Bo")
  press("Enter")
  expect(onCreate.mock.calls).toEqual([["Zed"]])
  expect(onPick.mock.calls).toEqual([["bo"]])
})
