import { wordDeck } from "@/ai/word-deck/word-deck"
import { partyImposterSettings } from "@/db/schema/imposter"
import { one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { passesFamilyFilter } from "@/party/family-filter"
import { imposterEvents } from "./events"
import { settingsInput, stockInput } from "./input"
import type { ImposterRefusal } from "./refusals"
import { settingsOf, settingsViewOf } from "./settings-queries"
import type { SettingsView } from "./view"
import { addToStock } from "./word-steps"

/** How the next rounds are played, and what about [IMP-3] [IMP-7] [IMP-8]. Writes only what was sent: the stock's clock is not ours. */
export const changeImposterSettings = command({
  name: "changeImposterSettings",
  who: "host",
  input: settingsInput,
  async run({ tx, party, now, emit }, wanted): Promise<Result<{ settings: SettingsView }, ImposterRefusal>> {
    const { category, theme, language } = wanted
    if (theme && !passesFamilyFilter(theme, party.familyFilter)) return refuse("theme_not_for_family")
    if (category && !wordDeck.some((part) => part.category === category)) return refuse("category_unknown")
    const isAnotherTopic = category !== undefined || theme !== undefined || language !== undefined
    const change = {
      ...wanted,
      ...(theme ? { category: null } : {}),
      ...(category ? { theme: null } : {}),
      ...(isAnotherTopic ? { fillDueAt: now, fillFailures: 0 } : {}),
    }
    const rows = await tx
      .insert(partyImposterSettings)
      .values({ ...change, partyId: party.id })
      .onConflictDoUpdate({ target: partyImposterSettings.partyId, set: { ...change, partyId: party.id } })
      .returning()
    const settings = await settingsViewOf(tx, one(rows), party.familyFilter)
    emit(imposterEvents.imposterSettingsChanged.to(party.id, { settings }))
    return ok({ settings })
  },
})

/** Takes in what a model wrote ahead [IMP-7]. */
export const stockImposterWords = command({
  name: "stockImposterWords",
  who: "clock",
  input: stockInput,
  async run(context, { topic, pairs }): Promise<Result<{ added: number }, never>> {
    const { tx, party, emit } = context
    const added = await addToStock(context, topic, pairs)
    emit(imposterEvents.imposterSettingsChanged.to(party.id, { settings: await settingsViewOf(tx, await settingsOf(tx, party.id), party.familyFilter) }))
    return ok({ added })
  },
})
