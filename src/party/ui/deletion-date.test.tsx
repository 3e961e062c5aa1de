// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { chooseDeletionDateAction, getDeletionDateAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aLiveNight, aNight } from "@/testing/views"
import { DeletionDate } from "./deletion-date"
import { dayOf, instantOfDay } from "./deletion-day"

vi.mock("@/app/actions/party-logic", () => ({ chooseDeletionDateAction: vi.fn(), getDeletionDateAction: vi.fn() }))
const choose = vi.mocked(chooseDeletionDateAction)
const kept = vi.mocked(getDeletionDateAction)

const show = () => render(<LiveNightContext value={aLiveNight(aNight({}))}><DeletionDate /></LiveNightContext>)
const field = () => screen.getByLabelText<HTMLInputElement>("Delete everything on")

beforeEach(() => vi.resetAllMocks())
afterEach(cleanup)

it("[PTY-20] shows the day, saves another, and forgets it with Never", async () => {
  kept.mockResolvedValue({ success: true, deletesAt: instantOfDay("2027-02-19") })
  choose.mockImplementation(async (deletesAt) => ({ success: true, deletesAt, version: 1 }))
  show()
  await waitFor(() => expect(field().value).toBe("2027-02-19"))
  expect(screen.getByRole("button", { name: "Save the date" }).getAttribute("aria-disabled")).toBe("true")
  fireEvent.change(field(), { target: { value: "2027-03-01" } })
  fireEvent.click(screen.getByRole("button", { name: "Save the date" }))
  await waitFor(() => expect(choose.mock.calls).toEqual([[instantOfDay("2027-03-01")]]))
  await waitFor(() => expect(screen.getByRole("button", { name: "Never" }).getAttribute("aria-disabled")).toBeNull())
  fireEvent.click(screen.getByRole("button", { name: "Never" }))
  await waitFor(() => expect(choose).toHaveBeenLastCalledWith(null))
  expect(await screen.findByText(/kept until you delete it/)).toBeTruthy()
})

it("[PTY-20] says beside the day why it cannot be that one", async () => {
  kept.mockResolvedValue({ success: true, deletesAt: null })
  choose.mockResolvedValue({ success: false, code: "deletion_date_out_of_range", error: "Choose a date from 1 to 730 days from now." })
  show()
  fireEvent.change(await screen.findByLabelText("Delete everything on"), { target: { value: "2001-01-01" } })
  fireEvent.click(screen.getByRole("button", { name: "Save the date" }))
  expect((await screen.findByRole("alert")).textContent).toContain("730 days")
  expect(field().value).toBe("2001-01-01")
})

it("asks again when the question was lost", async () => {
  kept.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue({ success: true, deletesAt: null })
  show()
  fireEvent.click(await screen.findByRole("button", { name: "Try again" }))
  expect(await screen.findByLabelText("Delete everything on")).toBeTruthy()
})

it("a day stays that day there and back, also where clocks are half an hour off or change", () => {
  for (const day of ["2026-12-31", "2027-01-01", "2027-04-04", "2027-10-03", "2028-02-29"]) expect(dayOf(instantOfDay(day))).toBe(day)
})
