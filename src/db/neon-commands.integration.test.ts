import { randomUUID } from "node:crypto"
import { neonConfig } from "@neondatabase/serverless"
import { sql } from "drizzle-orm"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { replyTo } from "@/server/answer"
import { databaseOutage } from "@/server/database-outage"
import { createLog } from "@/server/log"
import { runCommand } from "@/server/run-command"
import { startNeonBridge, type NeonBridge } from "@/testing/neon-bridge"
import { accepted, expectConserved, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { playWholeEvening } from "@/testing/whole-evening"
import { openDatabase } from "./client"

let bridge: NeonBridge
let house: House
let night: Night
/** Somebody who sits at the database itself. */
let stranger: pg.Client
/** Hears each statement of the party's processes before it is sent. */
let onStatement: (statement: string) => void

beforeEach(async () => {
  onStatement = () => undefined
  bridge = await startNeonBridge(inject("postgresUrl"))
  house = await startHouse({ env: { ALLOW_NEW_PARTIES: "1" }, through: bridge.through, parts: { onQuery: (statement) => onStatement(statement) } })
  stranger = new pg.Client({ connectionString: house.databaseUrl })
  await stranger.connect()
})
afterEach(async () => {
  bridge.admit("all")
  await stranger.end()
  await house.stop()
  await bridge.stop()
})

async function openNight(): Promise<void> {
  night = await startParty({ house, guests: 2 })
  await night.openRace(["Ann"])
}

type Bet = typeof placeBet
const bet = (command: Bet = placeBet, requestId?: string) =>
  runCommand(night.runtime, command, { claims: night.claimsOf("Bo"), ...(requestId ? { requestId } : {}) }, { targetUserId: night.idOf("Ann"), amount: 5 })
const failureOf = (work: Promise<unknown>) => work.then(() => undefined, (reason: unknown) => reason)

/** A bet to which something happens when its stake has moved. */
function interruptedBet(happening: (tx: Parameters<Bet["run"]>[0]["tx"]) => Promise<unknown>): Bet {
  return {
    ...placeBet,
    async run(context, input) {
      const answer = await placeBet.run(context, input)
      await happening(context.tx)
      return answer
    },
  }
}

async function expectBets(count: number): Promise<void> {
  expect([await night.purse("Bo"), (await night.betsOf("Bo")).length]).toEqual([1000 - 5 * count, count])
  await expectConserved(night)
}

/** Does something at the next statement of that name. */
function atNext(name: string, happening: () => void): void {
  onStatement = (statement) => {
    if (statement !== name) return
    onStatement = () => undefined
    happening()
  }
}

describe("the command layer on Neon's driver, over WebSocket", () => {
  it("chooses the driver by the address, and plays a whole evening with two processes", async () => {
    expect(house.runtime.database.connection).toBe("neon")
    await playWholeEvening(house)
  }, 60_000)

  it("tries again when Postgres could not serialise it, and counts once", async () => {
    await openNight()
    let tries = 0
    const unlucky = interruptedBet(async (tx) => {
      if (++tries < 3) await tx.execute(sql.raw(`do $$ begin raise sqlstate '40001'; end $$`))
    })
    accepted(await bet(unlucky))
    expect(tries).toBe(3)
    await expectBets(1)
  })

  it("tries again after a deadlock with somebody else, and counts once", async () => {
    await openNight()
    await stranger.query("begin")
    await stranger.query("set local deadlock_timeout = '60s'")
    await stranger.query("select 1 from party_users where id = $1 for update", [night.idOf("Bo")])
    // The bet holds the party and wants the purse; now this one wants the party.
    let theirs: Promise<unknown> | undefined
    let tries = 0
    const crossed: Bet = {
      ...placeBet,
      async run(context, input) {
        tries++
        theirs ??= stranger.query("select 1 from parties where id = $1 for update", [night.party.id]).then(() => stranger.query("rollback"))
        return placeBet.run(context, input)
      },
    }
    accepted(await bet(crossed))
    await theirs
    expect(tries).toBe(2)
    await expectBets(1)
  })

  it("[PTY-23] a line that breaks in the middle of a bet: 503, nothing half done; the same tap sent again counts once", async () => {
    await openNight()
    const tap = randomUUID()
    const broken = interruptedBet(async (tx) => {
      bridge.cut()
      await tx.execute(sql`select 1`)
    })
    const { answer, status, headers } = await replyTo(createLog("silent"), "bet", () => bet(broken, tap))
    expect([status, headers["retry-after"], answer.success || answer.code]).toEqual([503, "2", "database_away"])
    await expectBets(0)
    accepted(await bet(placeBet, tap))
    accepted(await bet(placeBet, tap))
    await expectBets(1)
  })

  it("[PTY-14] a commit that never arrives is made again by the tap's id", async () => {
    await openNight()
    atNext("commit", () => bridge.cut())
    accepted(await bet(placeBet, randomUUID()))
    await expectBets(1)
  })

  it("[PTY-14] a commit that was made and not heard of is found by the tap's id, not made again", async () => {
    await openNight()
    const version = await night.version()
    atNext("commit", () => {
      bridge.loseAnswers()
      void untilVersion(version + 1).then(() => bridge.cut())
    })
    const { walletBalance } = accepted(await bet(placeBet, randomUUID()))
    expect([walletBalance, await night.version()]).toEqual([995, version + 1])
    await expectBets(1)
  })

  it("[PTY-23] without a tap's id nobody can know whether that commit counted: 503, and it is not made twice", async () => {
    await openNight()
    const version = await night.version()
    atNext("commit", () => {
      bridge.loseAnswers()
      void untilVersion(version + 1).then(() => bridge.cut())
    })
    expect(databaseOutage(await failureOf(bet()))).toBe("database_away")
    await expectBets(1)
  })

  it.each(["none", "in silence"] as const)("[PTY-23] a proxy that admits %s: told as what it is, and over when it is over", async (how) => {
    await openNight()
    bridge.admit(how)
    bridge.cut()
    expect(await outageOf(bridge.through(house.databaseUrl))).toBe("database_away")
    if (how === "none") expect(databaseOutage(await failureOf(bet()))).toBe("database_away")
    bridge.admit("all")
    accepted(await bet())
    await expectBets(1)
  })

  it("[PTY-23] a proxy that is not there, and a database that is not there behind it", async () => {
    const away = "postgres://party@127.0.0.1:9/night"
    const lonely = await startNeonBridge(away)
    try {
      expect(await outageOf(lonely.through(away))).toBe("database_away")
      neonConfig.wsProxy = "127.0.0.1:9/v1"
      expect(await outageOf(lonely.through(away))).toBe("database_away")
    } finally {
      await lonely.stop()
    }
  })
})

/** What a process would make of its first question to this address. */
async function outageOf(url: string): Promise<unknown> {
  const database = openDatabase(url, { connectionTimeoutMs: 300 })
  try {
    const error = await failureOf(database.db.execute(sql`select 1`))
    expect(error).toBeInstanceOf(Error)
    return databaseOutage(error)
  } finally {
    await database.close()
  }
}

async function untilVersion(version: number): Promise<void> {
  for (;;) {
    const { rows } = await stranger.query<{ version: number }>("select version from parties where id = $1", [night.party.id])
    if ((rows[0]?.version ?? 0) >= version) return
  }
}
