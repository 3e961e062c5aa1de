import { eq } from "drizzle-orm"
import type { LanguageModel } from "ai"
import { wordDeck } from "@/ai/word-deck/word-deck"
import { parties } from "@/db/schema/party"
import { stockImposterWords } from "@/games/imposter/settings-commands"
import type { Settings } from "@/games/imposter/settings-queries"
import { beginStocks, claimStock, stockFailed, stockIsFull, type Claimed } from "@/games/imposter/stock-steps"
import { topicKey } from "@/games/imposter/topic"
import { knownWords, readyPairs } from "@/games/imposter/word-queries"
import { fewestReady, fullStock } from "@/games/imposter/word-stock"
import type { Party } from "@/party/actor"
import { runCommand } from "./run-command"
import type { Runtime } from "./runtime"

/** Has a model write words ahead for every party that runs low on them, one after another [IMP-7]. */
export async function fillWordStocks(runtime: Runtime): Promise<void> {
  const { env, db, clock } = runtime
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GEMINI_MODEL: modelName, GEMINI_BASE_URL: baseURL } = env
  if (!apiKey) return
  await beginStocks(db, clock.now())
  while (!runtime.closing.aborted) {
    const claimed = await claimStock(db, clock.now())
    if (!claimed) return
    // The SDK is large; a party without a key never loads it.
    const { createModel } = await import("@/ai/model")
    await fillStock(runtime, createModel({ apiKey, modelName, ...(baseURL ? { baseURL } : {}) }), claimed)
  }
}

async function fillStock(runtime: Runtime, model: LanguageModel, claimed: Claimed): Promise<void> {
  const { db, clock, log } = runtime
  const { settings } = claimed
  const party = (await db.select().from(parties).where(eq(parties.id, settings.partyId)))[0]
  // Deleted this very moment, and its claim with it.
  if (!party) return
  const ready = (await readyPairs(db, settings, party.familyFilter)).length
  if (ready >= fewestReady) return stockIsFull(db, claimed)
  const written = await writePairs(runtime, model, { party, settings }, fullStock - ready)
  if (ready + written >= fewestReady) return stockIsFull(db, claimed)
  log.warn({ party: settings.partyId, failures: settings.fillFailures + 1, written }, "too few words came in")
  await stockFailed(db, claimed, clock.now())
}

type Stock = { readonly party: Party; readonly settings: Settings }

/** @returns how many pairs came into the stock. */
async function writePairs(runtime: Runtime, model: LanguageModel, { party, settings }: Stock, count: number): Promise<number> {
  const { db, log } = runtime
  const title = wordDeck.find(({ category }) => category === settings.category)?.title ?? null
  const wish = {
    topic: settings.theme ?? title,
    language: settings.language,
    count,
    avoid: (await knownWords(db, party.id)).map(({ word }) => word),
    isFamily: party.familyFilter !== "OFF",
  }
  const { writeWordPairs } = await import("@/ai/write-word-pairs")
  const pairs = await writeWordPairs(model, wish, { signal: runtime.closing })
  if (!pairs.ok) {
    log.warn({ party: party.id, code: pairs.refusal.code }, "the model wrote no words")
    return 0
  }
  const caller = { claims: { clock: { partyId: party.id } } }
  const stocked = await runCommand(runtime, stockImposterWords, caller, { topic: topicKey(settings), pairs: pairs.value })
  return stocked.ok ? stocked.value.added : 0
}
