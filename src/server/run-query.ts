import { eq } from "drizzle-orm"
import { parties } from "@/db/schema/party"
import { refuse, type Refusal, type Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Query } from "@/party/command"
import { partyIdOf, proveActor } from "./actor"
import type { Claims } from "./identity"
import { createPatience } from "./patience"
import { parseInput, type DoorRefusal } from "./run-command"
import type { Runtime } from "./runtime"

/** Answers one question from one consistent picture of the database. Changes nothing. */
export async function runQuery<W extends Who, Input, Value, R extends Refusal>(
  runtime: Runtime,
  query: Query<W, Input, Value, R>,
  claims: Claims,
  rawInput: unknown,
): Promise<Result<Value, R | DoorRefusal>> {
  const began = performance.now()
  const done = (outcome: string) => runtime.metrics.query(query.name, outcome, (performance.now() - began) / 1000)
  try {
    const result = await answered(runtime, query, claims, rawInput)
    done(result.ok ? "ok" : result.refusal.code)
    return result
  } catch (error) {
    done("bug")
    throw error
  }
}

async function answered<W extends Who, Input, Value, R extends Refusal>(
  runtime: Runtime,
  query: Query<W, Input, Value, R>,
  claims: Claims,
  rawInput: unknown,
): Promise<Result<Value, R | DoorRefusal>> {
  const partyId = partyIdOf(query.who, claims)
  if (!partyId.ok) return partyId
  const input = parseInput(query.input, rawInput)
  if (!input.ok) return input
  const answering = runtime.db.transaction(
    async (tx): Promise<Result<Value, R | DoorRefusal>> => {
      const party = (await tx.select().from(parties).where(eq(parties.id, partyId.value)))[0]
      if (!party) return refuse("party_unknown")
      const actor = await proveActor(tx, party, query.who, claims, "look")
      if (!actor.ok) return actor
      return query.run({ db: tx, party, actor: actor.value, now: runtime.clock.now(), shared: runtime.sharedReads.for(party) }, input.value)
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  return createPatience().wait(answering)
}
