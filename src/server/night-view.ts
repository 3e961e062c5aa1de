import { z } from "zod"
import { betsOfGuest, marketsOf } from "@/betting/queries"
import type { Db, Tx } from "@/db/client"
import { newestRound } from "@/games/imposter/queries"
import { cardOf, roundViewOf } from "@/games/imposter/round-view"
import { settingsOf, settingsViewOf } from "@/games/imposter/settings-queries"
import { sessionsShown } from "@/games/quipflip/session-queries"
import { sessionsFor } from "@/games/quipflip/session-view"
import { raceViews, racesShown } from "@/games/racing/queries"
import { ok, type Result } from "@/kernel/result"
import { lanSummaryFor } from "@/lan/queries"
import type { NightView, Surface } from "@/live/night-view"
import type { GuestActor, HostActor, Party, TvActor } from "@/party/actor"
import { query } from "@/party/command"
import { eveningTableOf, guestsOf, latestCallTo, ownGuestView } from "@/party/queries"
import { partyViewOf } from "@/party/view"

type Facts = { db: Db | Tx; party: Party; actor: GuestActor | HostActor | TvActor; now: Date }
type Night = Promise<Result<{ version: number; night: NightView | null }, never>>

const nightInput = z.object({ knownVersion: z.coerce.number().int().optional() })

/**
 * The snapshot a screen starts from and comes back to: everything this viewer may see, from one picture of the database.
 * Null for a viewer who has this version: only commands change what is in it, and each changes the version.
 */
async function readNight(surface: Surface, { db, party, actor, now }: Facts, { knownVersion }: { knownVersion?: number }): Night {
  if (knownVersion === party.version) return ok({ version: party.version, night: null })
  const races = await racesShown(db, party.id)
  const isGuest = actor.kind === "guest"
  const guestId = isGuest ? actor.guest.id : null
  const round = await newestRound(db, party.id)
  return ok({
    version: party.version,
    night: {
      version: party.version,
      serverTime: now.toISOString(),
      party: partyViewOf(party),
      guests: await guestsOf(db, party.id),
      races: await raceViews(db, races),
      markets: await marketsOf(db, races.map((race) => race.id)),
      table: await eveningTableOf(db, party.id),
      me: isGuest ? await ownGuestView(db, actor.guest) : null,
      myBets: isGuest ? await betsOfGuest(db, actor.guest.id) : [],
      imposter: round && roundViewOf(round),
      card: isGuest && round ? cardOf(round, actor.guest.id) : null,
      imposterSettings: surface === "host" ? await settingsViewOf(db, await settingsOf(db, party.id), party.familyFilter) : null,
      ...sessionsFor(await sessionsShown(db, party.id, guestId), guestId),
      lan: await lanSummaryFor(db, party.id),
      call: isGuest ? await latestCallTo(db, actor.guest.id, now) : null,
    },
  })
}

/** The night as one surface sees it, so that a browser that is host and guest at once asks as one of them. */
export function nightFor(surface: Surface) {
  return query({ name: `${surface}Night`, who: surface, input: nightInput, run: (facts, input) => readNight(surface, facts, input) })
}
