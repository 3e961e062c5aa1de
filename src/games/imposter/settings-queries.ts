import { eq } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { partyImposterSettings } from "@/db/schema/imposter"
import type { FamilyFilter } from "@/party/family-filter"
import { deckLanguage } from "./topic"
import type { SettingsView } from "./view"
import { readyPairs } from "./word-queries"

export type Settings = typeof partyImposterSettings.$inferSelect

/** How the next round is played; what the host never set is at its default. */
export async function settingsOf(db: Db | Tx, partyId: string): Promise<Settings> {
  const rows = await db.select().from(partyImposterSettings).where(eq(partyImposterSettings.partyId, partyId))
  return (
    rows[0] ?? {
      partyId,
      category: null,
      theme: null,
      language: deckLanguage,
      imposterCount: 1,
      hasMisterWhite: false,
      discussionMinutes: 5,
      fillDueAt: null,
      fillFailures: 0,
    }
  )
}

/** The settings as race control shows them, with how many pairs are ready for the topic. */
export async function settingsViewOf(db: Db | Tx, settings: Settings, filter: FamilyFilter): Promise<SettingsView> {
  const { category, theme, language, imposterCount, hasMisterWhite, discussionMinutes } = settings
  return { category, theme, language, imposterCount, hasMisterWhite, discussionMinutes, pairsReady: (await readyPairs(db, settings, filter)).length }
}
