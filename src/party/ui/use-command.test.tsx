// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import type { Answer } from "@/kernel/answer"
import { noAnswerText, useCommand } from "./use-command"

afterEach(() => {
  cleanup()
  sessionStorage.clear()
})

const refused: Answer = { success: false, code: "betting_closed", error: "Betting is closed." }
const broken: Answer = { success: false, code: "internal", error: "Something broke on our side (1234). Try again." }
const done: Answer = { success: true }

it("[PTY-14] sends the same id again after an answer that never came, and a new one once somebody answered", async () => {
  const { result } = renderHook(() => useCommand())
  const ids: string[] = []
  const tap = (answer: () => Promise<Answer>) =>
    act(() =>
      result.current.run("bet", (id) => {
        ids.push(id)
        return answer()
      }),
    )

  expect(await tap(() => Promise.reject(new TypeError("Failed to fetch")))).toBeNull()
  expect(result.current.problemAt("bet")).toBe(noAnswerText)
  await tap(async () => broken)
  await tap(async () => done)
  expect(new Set(ids).size).toBe(1)
  expect(result.current.problem).toBeNull()

  await tap(async () => refused)
  await tap(async () => done)
  expect(new Set(ids).size).toBe(3)
})

it("takes no second tap while the first is under way", async () => {
  const { result } = renderHook(() => useCommand())
  let answerNow: (answer: Answer) => void = () => undefined
  const send = vi.fn(() => new Promise<Answer>((resolve) => (answerNow = resolve)))
  let first: Promise<unknown> = Promise.resolve()
  act(() => {
    first = result.current.run("bo", send)
    void result.current.run("cy", send)
  })
  expect(send).toHaveBeenCalledOnce()
  expect(result.current.busyPlace).toBe("bo")
  await act(async () => {
    answerNow(refused)
    await first
  })
  expect(result.current.busyPlace).toBeNull()
  expect(result.current.problemAt("bo")).toBe("Betting is closed.")
  expect(result.current.problemAt("cy")).toBeUndefined()
})
