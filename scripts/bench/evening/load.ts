import type { EveningDoors } from "./browser"
import type { CrowdAnswer, CrowdRequest } from "./crowd"
import { setTimeout as delay } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { actionDoor, cookiesFor } from "../doors"
import { postgresPids, processFootprint, postgresFootprint } from "../memory"
import { processorMs } from "../processor-time"
import type { Helper } from "../processes"
import { fillHouse } from "../stage"
import { unlikePhrases } from "../unlike-phrases"
import type { Runtime } from "@/server/runtime"
import { eveningActions } from "./browser"
import { arriveEveryMs, guestsOf, type EveningPlan } from "./plans"
import type { Realtime } from "./screen"

/** The processes that are asked, and how to reach them. */
export type Site = {
  /** Where browsers go. */
  readonly webUrl: string
  readonly realtime: Realtime
  /** Of each process that answers requests. */
  readonly appPids: readonly number[]
  /** The folder of the database's cluster; undefined when it is somebody else's. */
  readonly clusterParent: string | undefined
  /** Of this process, on the same database, to make parties with. */
  readonly runtime: Runtime
}

export type Crowd = Helper<CrowdRequest, CrowdAnswer>

export type Hall = { readonly doors: EveningDoors; readonly phrases: readonly string[] }

/** What an evening came to: its people's notes together, and what it cost. */
export type Evening = Omit<CrowdAnswer, "lagMs"> & {
  readonly parties: number
  readonly partyIds: readonly string[]
  readonly guests: number
  readonly lagMs: number
  /** ms of processor time, undefined where the system does not tell. */
  readonly appCpuMs: number | undefined
  readonly postgresCpuMs: number | undefined
  /** The most it held at a time, in bytes; all processes together. */
  readonly appBytes: number | undefined
  readonly postgresBytes: number | undefined
  /** By how much the database grew on its disk, bytes. */
  readonly storedBytes: number
}

/** Finds the doors of this build, and phrases for Quipflip. */
export async function openHall(): Promise<Hall> {
  const doors = await Promise.all(eveningActions.map(async (name) => [name, await actionDoor(name)] as const))
  const phrases = unlikePhrases(4 * 12, { dictionary: await readDictionary(), isForFamily: () => true })
  return { doors: Object.fromEntries(doors) as EveningDoors, phrases }
}

/** Plays the plan in so many new parties at once, their people shared out among the crowds. */
export async function playEvening(site: Site, crowds: readonly Crowd[], hall: Hall, load: { plan: EveningPlan; parties: number }): Promise<Evening> {
  const { parties } = load
  const plan = parties === 1 ? { ...load.plan, beginWithinMs: 0 } : load.plan
  const arriveWithinMs = arriveEveryMs * guestsOf(plan) * parties
  const orders: CrowdRequest["parties"][number][] = []
  for (let party = 0; party < parties; party++) {
    const { partyId, joinPin } = await fillHouse(site.runtime, 0)
    orders.push({ partyId, joinPin, hostCookie: (await cookiesFor(partyId, [])).host })
  }
  const watch = watchCost(site)
  const answers = await Promise.all(
    crowds.map(async (crowd, index) => {
      const mine = orders.filter((_, party) => party % crowds.length === index)
      const request = { ...hall, webUrl: site.webUrl, realtime: site.realtime, seed: 1 + index * 100, parties: mine, plan, arriveWithinMs }
      return mine.length === 0 ? [] : [await crowd.ask(request)]
    }),
  )
  const cost = await watch.stop()
  return { ...together(answers.flat()), ...cost, parties, partyIds: orders.map(({ partyId }) => partyId), guests: parties * guestsOf(plan) }
}

function together(answers: readonly CrowdAnswer[]): CrowdAnswer {
  const commandMs: Record<string, number[]> = {}
  for (const answer of answers) {
    for (const [command, times] of Object.entries(answer.commandMs)) commandMs[command] = [...(commandMs[command] ?? []), ...times]
  }
  const sum = (of: (answer: CrowdAnswer) => number) => answers.reduce((total, answer) => total + of(answer), 0)
  return {
    commandMs,
    toScreenMs: answers.flatMap(({ toScreenMs }) => toScreenMs),
    unheard: sum(({ unheard }) => unheard),
    doubled: sum(({ doubled }) => doubled),
    problems: answers.flatMap(({ problems }) => problems),
    screens: sum(({ screens }) => screens),
    events: sum(({ events }) => events),
    snapshots: sum(({ snapshots }) => snapshots),
    traffic: { received: sum(({ traffic }) => traffic.received), sent: sum(({ traffic }) => traffic.sent) },
    seconds: Math.max(...answers.map(({ seconds }) => seconds)),
    lagMs: Math.max(...answers.map(({ lagMs }) => lagMs)),
  }
}

const lookEveryMs = 1_000

/** Adds up processor time, and looks every second for the most memory held. */
function watchCost({ appPids, clusterParent, runtime }: Site) {
  let appBytes: number | undefined
  let postgresBytes: number | undefined
  const stopped = new AbortController()
  const more = (old: number | undefined, now: number | undefined) => (now === undefined ? old : Math.max(old ?? 0, now))
  const look = async () => {
    appBytes = more(appBytes, sumOf(await Promise.all(appPids.map(async (pid) => (await processFootprint(pid))?.bytes))))
    if (clusterParent) postgresBytes = more(postgresBytes, (await postgresFootprint(clusterParent))?.bytes)
  }
  const cpu = async () => ({
    app: sumOf(await Promise.all(appPids.map(processorMs))),
    postgres: clusterParent ? sumOf(await Promise.all((await postgresPids(clusterParent)).map(processorMs))) : undefined,
  })
  const stored = async () => {
    const { rows } = await runtime.db.execute<{ bytes: number }>(sql`select pg_database_size(current_database()) as bytes`)
    return Number(rows[0]?.bytes ?? 0)
  }
  const before = cpu()
  const storedBefore = stored()
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      await look()
      await delay(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopped.abort()
      await looking
      const [began, ended] = [await before, await cpu()]
      const spent = (from: number | undefined, to: number | undefined) => (from === undefined || to === undefined ? undefined : to - from)
      const storedBytes = (await stored()) - (await storedBefore)
      return { appBytes, postgresBytes, storedBytes, appCpuMs: spent(began.app, ended.app), postgresCpuMs: spent(began.postgres, ended.postgres) }
    },
  }
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0)
}
