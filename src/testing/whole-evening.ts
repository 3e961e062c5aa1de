import { expect } from "vitest"
import { placeBet } from "@/betting/commands"
import { partyAtDoor } from "@/server/door"
import { createDueWork } from "@/server/due-work"
import { startNewParty } from "@/server/new-party"
import { nightFor } from "@/server/night-view"
import { runCommand } from "@/server/run-command"
import { runQuery } from "@/server/run-query"
import { readinessOf } from "@/server/readiness"
import { imposterTable } from "./imposter-table"
import { startQuipflip } from "./quipflip-table"
import { accepted, expectConserved, refusedWith, startParty, type House, type Runtime } from "./start-party"

const guesses = 5
const stake = 3

/**
 * Everything an evening asks of its database, by two processes at once: the door with its counters, commands and looks side by
 * side, each of the games to its end, work that is due. Throws when one of it does not work; the books balance afterwards.
 * The house allows new parties.
 */
export async function playWholeEvening(house: House): Promise<void> {
  const other = house.anotherProcess()
  const processes = [house.runtime, other] as const
  const night = await startParty({ house, names: ["Ann", "Bo", "Cy", "Di", "Ed"] })
  for (const one of processes) expect(await readinessOf(one)).toMatchObject({ ok: true })
  await knockAtTheDoor(processes, night.party.joinPin)

  const gameId = await night.openRace(["Ann", "Bo"])
  const bettors = ["Cy", "Di", "Ed"].flatMap((name) => Array.from({ length: 12 }, () => name))
  const answers = await Promise.all(
    bettors.map((name, tap) => {
      const claims = night.claimsOf(name)
      const process = processes[tap % 2] ?? other
      return Promise.all([
        runCommand(process, placeBet, { claims, requestId: requestId(tap) }, { targetUserId: night.idOf(tap % 2 ? "Ann" : "Bo"), amount: stake }),
        runQuery(process, nightFor("guest"), claims, {}),
      ])
    }),
  )
  for (const [bet, look] of answers) expect([bet.ok, look.ok]).toEqual([true, true])
  for (const name of ["Cy", "Di", "Ed"]) expect(await night.purse(name)).toBe(1000 - 12 * stake)
  for (let lap = 0; lap < 8; lap++) accepted(await night.lap(lap % 2 ? "Ann" : "Bo", `1:2${lap % 2}.${100 + lap}`, gameId))
  accepted(await night.settle(gameId))
  await expectConserved(night)

  const table = imposterTable(night)
  await table.start()
  await table.openVote()
  const [imposter = ""] = await table.imposters()
  for (const name of night.guests.keys()) await table.vote(name, name === imposter ? ((await table.civilians())[0] ?? "") : imposter)
  night.clock.advance(10 * 60_000)
  await Promise.all(processes.map((one) => createDueWork(one).doDue()))

  const session = await startQuipflip(night, { players: ["Ann", "Bo", "Cy"], ai: 1 })
  for (let step = 0; step < 10 && (await session.status()).status !== "COMPLETED"; step++) {
    await session.playPhase()
    if ((await session.status()).status !== "COMPLETED") await session.wait()
  }
  expect((await session.status()).status).toBe("COMPLETED")
  await Promise.all(processes.map((one) => createDueWork(one).doDue()))
  await expectConserved(night)
}

/** The counters at the door are a library's, with statements of its own; both processes count together. */
async function knockAtTheDoor(processes: readonly [Runtime, Runtime], joinPin: number): Promise<void> {
  const knock = (guess: number, address: string, pin: number) => partyAtDoor(processes[guess % 2 ? 1 : 0], address, pin)
  for (let time = 0; time < 12; time++) accepted(await knock(time, "192.0.2.1", joinPin))
  const wrong = joinPin === 999_999 ? 100_000 : joinPin + 1
  for (let guess = 0; guess < guesses; guess++) expect(refusedWith(await knock(guess, "192.0.2.2", wrong))).toBe("wrong_pin")
  expect(refusedWith(await knock(guesses, "192.0.2.2", wrong))).toBe("too_many_guesses")
  for (const [at, process] of processes.entries()) accepted(await startNewParty(process, `192.0.2.${10 + at}`, { name: "Saturday" }))
}

function requestId(tap: number): string {
  return `00000000-0000-4000-8000-${String(tap).padStart(12, "0")}`
}
