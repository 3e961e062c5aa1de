import { expect, it } from "vitest"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { codeText, stripWords, waitingWords } from "./tv-phase-words"

const owing = (id: string, part = {}) => aSessionPlayer(id, { dealt: 2, done: 1, ...part })

it("[QF-S12] waits for people, never for AI players or for who left", () => {
  expect(waitingWords([owing("ann"), owing("bo", { isAi: true }), owing("cy", { hasLeft: true }), owing("di", { done: 2 })])).toBe("Waiting for Ann")
  expect(waitingWords([owing("ann"), owing("bo")])).toBe("Waiting for Ann and Bo")
  expect(waitingWords(["ann", "bo", "cy", "di"].map((id) => owing(id)))).toBe("Waiting for Ann, Bo, Cy and Di")
  expect(waitingWords(["ann", "bo", "cy", "di", "eve"].map((id) => owing(id)))).toBe("Waiting for Ann, Bo, Cy and 2 more")
  expect(waitingWords([owing("ann", { done: 2 })])).toBe("Everybody is done")
})

it("says in a line where a session is", () => {
  expect(stripWords(aSession())).toBe("3 of 8 are in: type the code on your phone")
  expect(stripWords(aRunningSession({ players: [owing("ann"), owing("bo", { done: 2 })] }))).toBe("Copy! 1 of 2 are done")
})

it("[QF-S1] parts a code into letters and digits", () => {
  expect(codeText("QUIP2345")).toBe("QUIP 2345")
})
