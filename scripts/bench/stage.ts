import { randomUUID } from "node:crypto"
import { createRace, openBetting, registerDriver, startRace } from "@/games/racing/commands"
import { systemClock } from "@/kernel/clock"
import { secureRandom } from "@/kernel/secure-random"
import type { Refusal, Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command } from "@/party/command"
import { joinParty } from "@/party/commands"
import { createParty } from "@/server/create-party"
import type { Claims } from "@/server/identity"
import { runCommand } from "@/server/run-command"
import type { Runtime } from "@/server/runtime"

/** An evening to measure on: some guests drive, the others bet; races to bet on and races that run. */
export type Stage = {
  readonly partyId: string
  readonly joinPin: number
  readonly drivers: readonly string[]
  readonly bettors: readonly string[]
  /** Open for bets. */
  readonly openRaces: readonly string[]
  /** Under the green flag. */
  readonly liveRaces: readonly string[]
}

export type StageSize = { readonly openRaces: number; readonly liveRaces: number }

const driverCount = 8
const bettorCount = 32
/** As many bets, or laps, as one race of a big evening sees; after that the next race takes over. */
const tapsPerRace = 250

/** A new party and its guests, in the order of joining; nothing is played yet. */
export type FullHouse = { readonly partyId: string; readonly joinPin: number; readonly guests: readonly string[] }

/** A new party with so many guests, made through the commands. */
export async function fillHouse(runtime: Runtime, guestCount: number): Promise<FullHouse> {
  const party = await createParty(runtime.db, {
    name: "Benchmark",
    passcode: randomUUID(),
    now: systemClock.now(),
    random: secureRandom,
  })
  const guests: string[] = []
  for (let seat = 1; seat <= guestCount; seat++) {
    const { user } = await did(runtime, joinParty, { newcomer: { partyId: party.id } }, { name: `Guest ${seat}` })
    guests.push(user.id)
  }
  return { partyId: party.id, joinPin: party.joinPin, guests }
}

/** A new party with guests and races, made through the commands. */
export async function setStage(runtime: Runtime, size: StageSize): Promise<Stage> {
  const { partyId, joinPin, guests } = await fillHouse(runtime, driverCount + bettorCount)
  const host = hostOf(partyId)
  const drivers = guests.slice(0, driverCount)
  const planRace = async () => {
    const { gameId } = await did(runtime, createRace, host, {})
    for (const driverId of drivers) await did(runtime, registerDriver, host, { gameId, driverId })
    await did(runtime, openBetting, host, { gameId, oddsMode: "PARIMUTUEL" })
    return gameId
  }
  const openRaces: string[] = []
  for (let race = 0; race < size.openRaces; race++) openRaces.push(await planRace())
  const liveRaces: string[] = []
  for (let race = 0; race < size.liveRaces; race++) {
    const gameId = await planRace()
    await did(runtime, startRace, host, { gameId })
    liveRaces.push(gameId)
  }
  await runtime.publisher.settled()
  return { partyId, joinPin, drivers, bettors: guests.slice(driverCount), openRaces, liveRaces }
}

export const hostOf = (partyId: string): Claims => ({ host: { partyId, linkId: null } })

/** The nth bet of an evening: everybody in turn, on every driver in turn, one coin. */
export function nthBet(stage: Stage, n: number) {
  return {
    bettorId: at(stage.bettors, n),
    input: { targetUserId: at(stage.drivers, n), amount: 1, gameId: at(stage.openRaces, Math.floor(n / tapsPerRace)) },
  }
}

/** The nth lap: every driver in turn, between 1:20 and 1:30 in an order that is the same every time. */
export function nthLap(stage: Stage, n: number) {
  const ms = (n * 7_919) % 10_000
  const timeText = `1:2${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, "0")}`
  return { driverId: at(stage.drivers, n), timeText, gameId: at(stage.liveRaces, Math.floor(n / tapsPerRace)) }
}

function at(list: readonly string[], n: number): string {
  const item = list[n % list.length]
  if (item === undefined) throw new Error("the stage has nobody there")
  return item
}

/** Runs a command as one tap with an id of its own, as phones send it. Throws on a refusal: nothing measured may be one. */
export async function did<W extends Who, Input, Value, R extends Refusal, Prepared>(
  runtime: Runtime,
  command: Command<W, Input, Value, R, Prepared>,
  claims: Claims,
  input: unknown,
): Promise<Value & { version: number }> {
  const result: Result<Value & { version: number }> = await runCommand(runtime, command, { claims, requestId: randomUUID() }, input)
  if (!result.ok) throw new Error(`${command.name} was refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}
