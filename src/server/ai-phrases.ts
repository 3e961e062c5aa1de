import { eq } from "drizzle-orm"
import type { LanguageModel } from "ai"
import { localCopy } from "@/ai/phrase-writer/local-copy"
import { localOriginal } from "@/ai/phrase-writer/local-original"
import { readWordNet } from "@/ai/phrase-writer/wordnet"
import { parties } from "@/db/schema/party"
import { checkCopy, checkPrompt, type PhraseStandard } from "@/games/quipflip/phrase-rules"
import { phraseStandard } from "@/games/quipflip/phrase-standard-queries"
import { sharedWord } from "@/games/quipflip/shared-word"
import type { OpenRoundView } from "@/games/quipflip/view"
import { assert } from "@/kernel/assert"
import type { FamilyFilter } from "@/party/family-filter"
import type { Runtime } from "./runtime"

/** A phrase may be too close to a text its writer cannot see: so many the local writer tries. */
const localTries = 6

type Wanted = Pick<OpenRoundView, "promptText" | "originalPhrase">

/**
 * Phrases an AI player may submit for a round, the best first: the model's, when there is one and it answers in time, then
 * the local writer's. Made one at a time, as they are refused.
 */
export async function* phrasesFor(runtime: Runtime, partyId: string, wanted: Wanted): AsyncGenerator<string> {
  const familyFilter = await familyFilterOf(runtime, partyId)
  const standard = await phraseStandard({ familyFilter })
  yield* await modelPhrases(runtime, wanted, familyFilter)
  const refused: string[] = []
  for (let attempt = 0; attempt < localTries; attempt++) {
    // What a refused phrase was too close with is one of its words: the next has none of them.
    const isNew = (text: string) => refused.every((phrase) => sharedWord(text, phrase) === null)
    const phrase = await localPhrase(runtime, wanted, (text) => isNew(text) && passes(text, wanted, standard))
    if (phrase === null) return
    refused.push(phrase)
    yield phrase
  }
}

async function familyFilterOf({ db }: Runtime, partyId: string): Promise<FamilyFilter> {
  const rows = await db.select({ familyFilter: parties.familyFilter }).from(parties).where(eq(parties.id, partyId))
  return rows[0]?.familyFilter ?? "STRICT"
}

async function modelPhrases(runtime: Runtime, { promptText, originalPhrase }: Wanted, familyFilter: FamilyFilter): Promise<string[]> {
  const model = await modelOf(runtime)
  if (!model) return []
  const { writeCopy, writeOriginal } = await import("@/ai/write-phrases")
  const isFamily = familyFilter !== "OFF"
  const limits = { signal: runtime.closing }
  const written =
    originalPhrase === null
      ? await writeOriginal(model, { prompt: promptText ?? "", isFamily }, limits)
      : await writeCopy(model, { original: originalPhrase, isFamily }, limits)
  if (written.ok) return written.value
  runtime.log.warn({ code: written.refusal.code }, "the model wrote no phrase")
  return []
}

/** The SDK is large; a party without a key never loads it. */
async function modelOf({ env }: Runtime): Promise<LanguageModel | null> {
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GEMINI_MODEL: modelName, GEMINI_BASE_URL: baseURL } = env
  if (!apiKey) return null
  const { createModel } = await import("@/ai/model")
  return createModel({ apiKey, modelName, ...(baseURL ? { baseURL } : {}) })
}

async function localPhrase({ random, log }: Runtime, { promptText, originalPhrase }: Wanted, accepts: (phrase: string) => boolean): Promise<string | null> {
  if (originalPhrase !== null) {
    await readWordNet().catch((error: unknown) => log.error({ err: error }, "copies are taken from the ready sets"))
    return localCopy({ original: originalPhrase, accepts, random })
  }
  assert(promptText !== null, "a prompt or a copy is to be written")
  return localOriginal({ prompt: promptText, accepts, random })
}

/** By all its writer can see. */
function passes(text: string, { promptText, originalPhrase }: Wanted, standard: PhraseStandard): boolean {
  if (originalPhrase !== null) return checkCopy(text, { original: originalPhrase, otherCopy: null, prompt: "" }, standard).ok
  return checkPrompt(text, promptText ?? "", standard).ok
}
