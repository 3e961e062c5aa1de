import type { ZodType } from "zod"
import type { Db, Tx } from "@/db/client"
import type { Random } from "@/kernel/random"
import type { Refusal, Result } from "@/kernel/result"
import type { Announcement } from "@/realtime/event"
import type { ActorOf, Party, Who } from "./actor"
import type { Outside } from "./outside"

/** What a command is handed: the open transaction, the locked party, who acts, when, and chance. */
export type CommandContext<W extends Who, Prepared> = {
  readonly tx: Tx
  /** The party's row, locked by this command; its `version` is this command's, or the one before when the command is quiet. */
  readonly party: Party
  readonly actor: ActorOf[W]
  readonly now: Date
  readonly random: Random
  /** Announces something after commit. At most one event per channel and command. */
  emit(announcement: Announcement): void
  readonly prepared: Prepared
  /** Rolls back and begins anew with preparing: what was prepared is out of date. */
  prepareAgain(): never
}

/** What a command is handed before its transaction opens: nothing is locked, and nothing of it needs to be so still a moment later. */
export type PreparationContext<W extends Who> = {
  readonly db: Db
  readonly party: Party
  readonly actor: ActorOf[W]
  readonly now: Date
  readonly outside: Outside
}

/** One thing somebody can do: who may, what shape, and how. It cannot be exposed without its guard and its schema. */
export type Command<W extends Who, Input, Value, R extends Refusal, Prepared = undefined> = {
  readonly name: string
  readonly who: W
  readonly input: ZodType<Input>
  /** The answer holds the only copy of a secret: it is remembered under no tap's id, and a second tap acts a second time. */
  readonly hasSecretAnswer?: boolean
  /** Changes what no screen shows, unless it announces something: only then it counts the party's version up. */
  readonly isQuiet?: boolean
  /** Slow work before the transaction opens (a file, a model). No row is locked meanwhile. */
  readonly prepare?: (context: PreparationContext<W>, input: Input) => Promise<Result<Prepared, R>>
  /** Where nothing needs to be prepared with what there is outside: then nobody is asked who acts before the lock does. */
  readonly atHand?: (outside: Outside) => { readonly prepared: Prepared } | null
  readonly run: (context: CommandContext<W, Prepared>, input: Input) => Promise<Result<Value, R>>
}

/** A command with its types drawn from what it is made of; it runs by `runCommand` alone. */
export function command<W extends Who, Input, Value, R extends Refusal = never, Prepared = undefined>(
  definition: Command<W, Input, Value, R, Prepared>,
): Command<W, Input, Value, R, Prepared> {
  return definition
}

/**
 * Reads a part that is the same for everybody at the party as long as its version is. The name of a part says what it is,
 * completely: whoever asks for the same one at the same version may get what was read for somebody else.
 */
export type ReadShared = <T>(part: string, read: () => Promise<T>) => Promise<T>

/** What a question is handed: one consistent picture of the database, the party in it, who asks, and when. */
export type QueryContext<W extends Who> = {
  readonly db: Db | Tx
  readonly party: Party
  readonly actor: ActorOf[W]
  readonly now: Date
  readonly shared: ReadShared
}

/** One thing somebody can ask. Takes no lock and changes nothing. */
export type Query<W extends Who, Input, Value, R extends Refusal> = {
  readonly name: string
  readonly who: W
  readonly input: ZodType<Input>
  readonly run: (context: QueryContext<W>, input: Input) => Promise<Result<Value, R>>
}

/** A query with its types drawn from what it is made of; it runs by `runQuery` alone. */
export function query<W extends Who, Input, Value, R extends Refusal = never>(
  definition: Query<W, Input, Value, R>,
): Query<W, Input, Value, R> {
  return definition
}
