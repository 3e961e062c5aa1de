// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { useState } from "react"
import { afterEach, expect, it } from "vitest"
import { Tabs } from "./tabs"

afterEach(cleanup)

const tabs = [
  { id: "one", label: "One" },
  { id: "two", label: "Two", needsMe: true },
  { id: "three", label: "Three" },
] as const

function ThreeTabs() {
  const [value, setValue] = useState<"one" | "two" | "three">("one")
  return <Tabs label="Numbers" tabs={tabs} value={value} onChange={setValue}>panel of {value}</Tabs>
}

function press(key: string) {
  fireEvent.keyDown(document.activeElement ?? document.body, { key })
}

it("moves with arrows, round the ends, and with Home and End; focus follows", () => {
  render(<ThreeTabs />)
  screen.getByRole("tab", { name: "One" }).focus()
  for (const [key, label] of [["ArrowRight", "two"], ["ArrowRight", "three"], ["ArrowRight", "one"], ["ArrowLeft", "three"], ["Home", "one"], ["End", "three"]] as const) {
    press(key)
    expect(document.activeElement?.getAttribute("aria-selected")).toBe("true")
    expect(screen.getByRole("tabpanel").textContent).toBe(`panel of ${label}`)
  }
})

it("is one stop for the Tab key", () => {
  render(<ThreeTabs />)
  expect(screen.getAllByRole("tab").map((tab) => tab.tabIndex)).toEqual([0, -1, -1])
})

it("says in words which tab needs me", () => {
  render(<ThreeTabs />)
  expect(screen.getByRole("tab", { name: "Two needs you" })).toBeTruthy()
})

it("ties the panel to its tab", () => {
  render(<ThreeTabs />)
  fireEvent.click(screen.getByRole("tab", { name: "Three" }))
  expect(screen.getByRole("tabpanel", { name: "Three" })).toBeTruthy()
})
