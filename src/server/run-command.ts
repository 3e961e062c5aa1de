import { and, eq, sql } from "drizzle-orm"
import type { ZodType } from "zod"
import type { Tx } from "@/db/client"
import { commandRequests, parties } from "@/db/schema/party"
import { SQL_STATE, sqlState } from "@/db/sql-state"
import { CommitOutcomeUnknown } from "@/db/transaction"
import { one } from "@/kernel/assert"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { ActorOf, Party, Who } from "@/party/actor"
import type { Command } from "@/party/command"
import type { Announcement } from "@/realtime/event"
import { actorKey, partyIdOf, proveActor, type ActorRefusal } from "./actor"
import { recorded } from "./command-record"
import type { Claims } from "./identity"
import { recordAftermath, type OutboxEvent } from "./outbox"
import { createPatience, type Patience } from "./patience"
import type { Runtime } from "./runtime"
import { storable } from "./storable-text"

export type DoorRefusal = ActorRefusal | Refusal<"input_invalid" | "party_busy">

/** Who asks, and the id of the tap: the same tap sent twice acts once [PTY-14]. */
export type Caller = { readonly claims: Claims; readonly requestId?: string }

/** A command's value and the party's version with it: what the screen that asked need not fetch. */
export type Versioned<Value> = Value & { version: number }

const attempts = 4
const transient: readonly (string | undefined)[] = [SQL_STATE.serializationFailure, SQL_STATE.deadlockDetected]

/**
 * Runs one command: shape, turn, party lock, actor, rules, events, commit, publish. The only place that does.
 * A refusal rolls everything back, the version included. Bugs throw.
 */
export async function runCommand<W extends Who, Input, Value, R extends Refusal, Prepared>(
  runtime: Runtime,
  command: Command<W, Input, Value, R, Prepared>,
  tap: Caller,
  rawInput: unknown,
): Promise<Result<Versioned<Value>, R | DoorRefusal>> {
  const partyId = partyIdOf(command.who, tap.claims)
  const facts = { command: command.name, party: partyId.ok ? partyId.value : undefined, requestId: tap.requestId }
  return recorded(runtime, facts, async () => (partyId.ok ? runInParty(runtime, command, partyId.value, tap, rawInput) : partyId))
}

async function runInParty<W extends Who, Input, Value, R extends Refusal, Prepared>(
  runtime: Runtime,
  command: Command<W, Input, Value, R, Prepared>,
  partyId: string,
  tap: Caller,
  rawInput: unknown,
): Promise<Result<Versioned<Value>, R | DoorRefusal>> {
  const caller = command.hasSecretAnswer ? { claims: tap.claims } : tap
  const input = parseInput(command.input, rawInput)
  if (!input.ok) return input
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const prepared = await prepare(runtime, command, caller, partyId, input.value)
    if (!prepared.ok) return prepared
    const patience = createPatience()
    const job = { runtime, command, caller, partyId, input: input.value, prepared: prepared.value, patience }
    // Who was told that it took too long does not act afterwards. Nor does who would be, in a line that moves so slowly
    // [PTY-25]: it would be rolled back, and the next would have waited for it in vain.
    const mayBegin = (lastTookMs: number) => !patience.isOver && !patience.isTooShortFor(lastTookMs)
    const turn = runtime.queues.run(partyId, () => withRetries(caller, () => inOneTransaction(job)), mayBegin)
    if (!turn) return refuse("party_busy")
    const done = await patience.wait(turn)
    if (!done) return refuse("party_busy")
    if (done === "prepare again") continue
    if (!done.ok) return done
    runtime.publisher.publish(done.value.events)
    return ok(done.value.answer)
  }
  return refuse("party_busy")
}

/** What a client sent, or the first thing that is wrong with it, in words for people [PTY-17]. */
export function parseInput<Input>(schema: ZodType<Input>, raw: unknown): Result<Input, DoorRefusal> {
  // Parsed before it is cleaned, since a client can send anything of any depth; and after, for what is left must still be right.
  const asSent = schema.safeParse(raw)
  const parsed = asSent.success ? schema.safeParse(storable(asSent.data)) : asSent
  if (parsed.success) return ok(parsed.data)
  return refuse("input_invalid", { reason: parsed.error.issues[0]?.message ?? "That cannot be read." })
}

type Job<W extends Who, Input, Value, R extends Refusal, Prepared> = {
  runtime: Runtime
  command: Command<W, Input, Value, R, Prepared>
  caller: Caller
  partyId: string
  input: Input
  prepared: Prepared
  patience: Patience
}

type Done<Value> = { answer: Versioned<Value>; events: OutboxEvent[] }

// Thrown to make the transaction roll back, caught at once: a refusal is a value everywhere else.
class Rollback extends Error {
  constructor(readonly refusal: Refusal) {
    super("refused")
  }
}

// A tap that was answered before: the version the lock has counted is given back as well.
class Replay extends Error {
  constructor(readonly answer: unknown) {
    super("answered before")
  }
}

// What was prepared is out of date.
class PrepareAgain extends Error {}

async function inOneTransaction<W extends Who, Input, Value, R extends Refusal, Prepared>(
  job: Job<W, Input, Value, R, Prepared>,
): Promise<Result<Done<Value>, R | DoorRefusal> | "prepare again"> {
  try {
    return ok(await job.runtime.db.transaction((tx) => runLocked(job, tx)))
  } catch (error) {
    if (error instanceof Rollback) return { ok: false, refusal: error.refusal as R | DoorRefusal }
    if (error instanceof PrepareAgain) return "prepare again"
    if (error instanceof Replay) return ok({ answer: error.answer as Versioned<Value>, events: [] })
    throw error
  }
}

async function runLocked<W extends Who, Input, Value, R extends Refusal, Prepared>(
  { runtime, command, caller, partyId, input, prepared, patience }: Job<W, Input, Value, R, Prepared>,
  tx: Tx,
): Promise<Done<Value>> {
  const party = await (command.isQuiet ? holdParty : lockParty)(tx, partyId)
  if (!party) throw new Rollback({ code: "party_unknown" })
  const now = runtime.clock.now()
  const actor = await proveActor(tx, party, command.who, caller.claims, "act")
  if (!actor.ok) throw new Rollback(actor.refusal)
  const key = actorKey(actor.value)
  const earlier = caller.requestId ? await earlierAnswer(tx, party, key, caller.requestId, command.name) : undefined
  if (earlier) throw new Replay(earlier.answer)

  const announcements: Announcement[] = []
  const emit = (announcement: Announcement) => void announcements.push(announcement)
  const prepareAgain = () => {
    throw new PrepareAgain("what was prepared is out of date")
  }
  const result = await command.run({ tx, party, actor: actor.value, now, random: runtime.random, emit, prepared, prepareAgain }, input)
  if (!result.ok) throw new Rollback(result.refusal)
  const isCountedNow = command.isQuiet && announcements.length > 0
  const version = isCountedNow ? one(await counted(tx, partyId)).version : party.version
  const answer = { ...result.value, version }
  const events = await recordAftermath(tx, {
    partyId,
    version,
    now,
    announcements,
    triggeredBy: actor.value.kind === "guest" ? actor.value.guest.id : null,
    request: caller.requestId
      ? { actor: key, requestId: caller.requestId, command: command.name, answer }
      : null,
  })
  patience.check()
  return { answer, events }
}

/** The party's queue: whoever has updated this row is alone in the party until commit. */
async function lockParty(tx: Tx, partyId: string): Promise<Party | undefined> {
  return (await counted(tx, partyId))[0]
}

/** The same queue for a command that may have nothing to tell: whoever holds the row is alone in the party until commit. */
async function holdParty(tx: Tx, partyId: string): Promise<Party | undefined> {
  const rows = await tx.select().from(parties).where(eq(parties.id, partyId)).for("update")
  return rows[0]
}

function counted(tx: Tx, partyId: string): Promise<Party[]> {
  return tx
    .update(parties)
    .set({ version: sql`${parties.version} + 1` })
    .where(eq(parties.id, partyId))
    .returning()
}

async function earlierAnswer(tx: Tx, party: Party, actor: string, requestId: string, command: string) {
  const rows = await tx
    .select({ answer: commandRequests.answer, command: commandRequests.command })
    .from(commandRequests)
    .where(
      and(
        eq(commandRequests.partyId, party.id),
        eq(commandRequests.actor, actor),
        eq(commandRequests.requestId, requestId),
      ),
    )
  const found = rows[0]
  if (found && found.command !== command) throw new Rollback({ code: "input_invalid", detail: { reason: "This request was used already." } })
  return found
}

async function prepare<W extends Who, Input, Value, R extends Refusal, Prepared>(
  runtime: Runtime,
  command: Command<W, Input, Value, R, Prepared>,
  { claims }: Caller,
  partyId: string,
  input: Input,
): Promise<Result<Prepared, R | DoorRefusal>> {
  if (!command.prepare) return ok(undefined as Prepared)
  const { db, clock, outside } = runtime
  const atHand = command.atHand?.(outside)
  if (atHand) return ok(atHand.prepared)
  // Slow work is for those who may ask for it; the actor is proven again under the lock.
  const party = (await db.select().from(parties).where(eq(parties.id, partyId)))[0]
  if (!party) return refuse("party_unknown")
  const actor: Result<ActorOf[W], ActorRefusal> = await proveActor(db, party, command.who, claims, "act")
  if (!actor.ok) return actor
  return command.prepare({ db, party, actor: actor.value, now: clock.now(), outside }, input)
}

/** A deadlock or a serialization failure is tried again; so is a commit nobody answered, when the tap's id makes that safe. */
async function withRetries<T>({ requestId }: Caller, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      const isSafe = transient.includes(sqlState(error)) || (error instanceof CommitOutcomeUnknown && requestId !== undefined)
      if (!isSafe || attempt === attempts) throw error
    }
  }
}
