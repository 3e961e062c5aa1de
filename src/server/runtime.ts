import type Pusher from "pusher"
import { openDatabase, type Database, type Db } from "@/db/client"
import { systemClock, type Clock } from "@/kernel/clock"
import type { Random } from "@/kernel/random"
import { secureRandom } from "@/kernel/secure-random"
import type { Outside } from "@/party/outside"
import { createArrivalLimits, type ArrivalLimits } from "./arrival-limits"
import { createGuessLimits, type GuessLimits } from "./guess-limits"
import { readEnv, type Env } from "./env"
import { unsealClaim } from "./identity"
import { createLog, logDestination, type Log } from "./log"
import { createMetrics, noMetrics, type Metrics, type ReadableMetrics } from "./metrics"
import { createNewPartyLimits, type NewPartyLimits } from "./new-party-limits"
import { rememberOpened, type OpenSeal } from "./opened-seals"
import { createOutside } from "./outside"
import { createPartyQueues, type PartyQueues } from "./party-queue"
import { createPublisher, createPusherClient, type Publisher } from "./publisher"
import { createQuestionPace, type QuestionPace } from "./question-pace"
import { createSharedReads, type SharedReads } from "./shared-reads"

/** Everything commands need from the outside world, made once per process and handed down. */
export type Runtime = {
  readonly env: Env
  readonly database: Database
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly publisher: Publisher
  /** Signs channels; commands announce through the publisher instead. */
  readonly pusher: Pusher
  readonly queues: PartyQueues
  readonly sharedReads: SharedReads
  /** How soon screens may ask for the night again. */
  readonly nightQuestions: QuestionPace
  readonly guesses: GuessLimits
  /** How many guests one address may bring into a party. */
  readonly arrivals: ArrivalLimits
  /** How many parties may be started from the landing page. */
  readonly newParties: NewPartyLimits
  /** Where everything is counted; to be read only when METRICS_TOKEN is set. */
  readonly metrics: Metrics
  readonly readableMetrics: ReadableMetrics | undefined
  /** Who a cookie or a token says somebody is. */
  readonly openSeal: OpenSeal
  /** What a command may ask before its transaction opens. */
  readonly outside: Outside
  /** Aborted when the process begins to close: nobody waits for a model any more. */
  readonly closing: AbortSignal
  /** Has this stop, and waited for, before the connections close. */
  onClose(stop: () => Promise<void>): void
  /** Lets what is under way finish, then closes the connections. */
  close(): Promise<void>
}

/** The parts a test may replace. */
export type RuntimeParts = { clock?: Clock; random?: Random; log?: Log; publisher?: Publisher; onQuery?: (sql: string) => void }

export function createRuntime(env: Env, parts: RuntimeParts = {}): Runtime {
  const log = parts.log ?? createLog(env.LOG_LEVEL, logDestination(env.PARTY_LOG_FILE))
  const readableMetrics = env.METRICS_TOKEN === undefined ? undefined : createMetrics()
  const metrics = readableMetrics ?? noMetrics
  const onQuery = heardBy(readableMetrics, parts.onQuery)
  const database = openDatabase(env.DATABASE_URL, {
    maxConnections: env.DATABASE_CONNECTIONS,
    onConnectionLost: (error) => log.warn({ err: error }, "an idle database connection was lost"),
    ...(onQuery ? { onQuery } : {}),
  })
  const clock = parts.clock ?? systemClock
  const stops: (() => Promise<void>)[] = []
  const closing = new AbortController()
  const pusher = createPusherClient(env)
  const publisher = parts.publisher ?? createPublisher({ db: database.db, clock, log, pusher, metrics })
  return {
    env,
    database,
    db: database.db,
    clock,
    random: parts.random ?? secureRandom,
    log,
    publisher,
    pusher,
    queues: createPartyQueues(),
    sharedReads: createSharedReads(),
    nightQuestions: createQuestionPace({ nowMs: () => performance.now() }),
    guesses: createGuessLimits(database.pool),
    arrivals: createArrivalLimits(database.pool),
    newParties: createNewPartyLimits(database.pool),
    metrics,
    readableMetrics,
    openSeal: rememberOpened((kind, seal) => unsealClaim(kind, seal, env.SESSION_SECRET), clock),
    outside: createOutside(env, log, closing.signal),
    closing: closing.signal,
    onClose: (stop) => void stops.push(stop),
    async close() {
      closing.abort()
      await Promise.all(stops.map((stop) => stop()))
      await publisher.settled()
      await database.close()
    },
  }
}

function heardBy(metrics: Metrics | undefined, listener: RuntimeParts["onQuery"]): RuntimeParts["onQuery"] {
  if (!metrics) return listener
  return (statement) => {
    metrics.statement()
    listener?.(statement)
  }
}

// Next evaluates this module once per bundle; the process still has one runtime. The custom server closes it by this key.
const key = Symbol.for("party-os.runtime")
const holder = globalThis as { [key]?: Runtime }

/** This process's runtime, made at the first call from the environment. */
export function runtime(): Runtime {
  return (holder[key] ??= createRuntime(readEnv(process.env)))
}
