import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { callImposterVote } from "@/games/imposter/commands"
import { envelopeText } from "./publisher"

/** Bytes that Pusher carries in one event. */
const most = 10_240

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

/** Everything announced while `work` ran, as it travels: name and bytes. Throws when something lost its content. */
async function announced(night: Night, work: () => Promise<unknown>): Promise<{ name: string; bytes: number }[]> {
  const first = night.published.length
  await work()
  return night.published.slice(first).map((event) => {
    const text = envelopeText(event)
    if (event.payload !== null && text.endsWith('"payload":null}')) throw new Error(`${event.name} travels without content`)
    return { name: event.name, bytes: Buffer.byteLength(text) }
  })
}

const largest = (events: readonly { name: string; bytes: number }[], name: string) =>
  Math.max(...events.filter((event) => event.name === name).map(({ bytes }) => bytes))

describe("[IMP-19] Imposter with 150 players", () => {
  it("has no event that loses its content, and none above a tenth of a channel while people call, vote and leave", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `Guest ${index}`)
    const night = await startParty({ house, names })
    const table = imposterTable(night)
    const [first = "", second = "", ...others] = names

    const starting = await announced(night, () => table.start())
    expect(largest(starting, "round-started")).toBeLessThan(most)
    await table.deal([first])

    const often = await announced(night, async () => {
      for (const name of others.slice(0, 70)) accepted(await night.guest(name, callImposterVote, {}))
      accepted(await table.leave(others.at(-1) ?? ""))
      await table.openVote()
      for (const name of others.slice(0, -1)) accepted(await table.vote(name, first))
      accepted(await table.vote(second, first))
    })
    expect(often.filter(({ name }) => name === "round-changed")).toHaveLength(70 + 1 + 1 + 148)
    expect(largest(often, "round-changed")).toBeLessThan(most / 10)

    // Everybody voted, so that the reveal is as long as it gets: each vote, and coins for each who was right.
    const revealing = await announced(night, async () => accepted(await table.vote(first, second)))
    expect(largest(revealing, "round-revealed")).toBeLessThan(most / 2)
    const guessing = await announced(night, async () => accepted(await table.guess(first, "no idea")))
    expect(largest(guessing, "round-changed")).toBeLessThan(most / 2)
  }, 120_000)
})
