import { z } from "zod"
import { betsOfGuest, marketsOf } from "@/betting/queries"
import type { Db, Tx } from "@/db/client"
import { newestRound } from "@/games/imposter/queries"
import { cardOf, roundViewOf } from "@/games/imposter/round-view"
import { settingsOf, settingsViewOf } from "@/games/imposter/settings-queries"
import { sessionsOfGuest, sessionsOfParty } from "@/games/quipflip/session-queries"
import { seatOf, sessionViewOf, withOwnSessions } from "@/games/quipflip/session-view"
import { raceViews, racesShown } from "@/games/racing/queries"
import { ok, type Result } from "@/kernel/result"
import { lanSummaryFor } from "@/lan/queries"
import type { NightView, Surface } from "@/live/night-view"
import type { Party } from "@/party/actor"
import { query, type QueryContext } from "@/party/command"
import { eveningTableOf, guestsOf, latestCallTo, ownGuestView } from "@/party/queries"
import { partyViewOf } from "@/party/view"

type Night = Promise<Result<{ version: number; night: NightView | null }, never>>

const nightInput = z.object({ knownVersion: z.coerce.number().int().optional() })

/**
 * The snapshot a screen starts from and comes back to: everything this viewer may see, from one picture of the database.
 * Null for a viewer who has this version: only commands change what is in it, and each changes the version.
 */
async function readNight(surface: Surface, { db, party, actor, now, shared }: QueryContext<Surface>, { knownVersion }: { knownVersion?: number }): Night {
  if (knownVersion === party.version) return ok({ version: party.version, night: null })
  const { round, sessions, ...alike } = await shared("night", () => readAlike(db, party))
  const guest = actor.kind === "guest" ? actor.guest : null
  const ownSessions = guest ? await sessionsOfGuest(db, party.id, guest.id) : []
  return ok({
    version: party.version,
    night: {
      ...alike,
      version: party.version,
      serverTime: now.toISOString(),
      party: partyViewOf(party),
      me: guest && (await ownGuestView(db, guest)),
      myBets: guest ? await betsOfGuest(db, guest.id) : [],
      imposter: round && roundViewOf(round),
      card: guest && round ? cardOf(round, guest.id) : null,
      imposterSettings: surface === "host" ? await settingsViewOf(db, await settingsOf(db, party.id), party.familyFilter) : null,
      sessions: withOwnSessions(sessions, ownSessions.map(sessionViewOf)),
      seat: guest && seatOf(ownSessions, guest.id),
      call: guest && (await latestCallTo(db, guest.id, now)),
    },
  })
}

/** What is the same on every screen, and the round that cards are dealt from. */
async function readAlike(db: Db | Tx, { id }: Party) {
  const races = await racesShown(db, id)
  return {
    guests: await guestsOf(db, id),
    races: await raceViews(db, races),
    markets: await marketsOf(db, races.map((race) => race.id)),
    table: await eveningTableOf(db, id),
    round: await newestRound(db, id),
    sessions: (await sessionsOfParty(db, id)).map(sessionViewOf),
    lan: await lanSummaryFor(db, id),
  }
}

/** The night as one surface sees it, so that a browser that is host and guest at once asks as one of them. */
export function nightFor(surface: Surface) {
  return query({ name: `${surface}Night`, who: surface, input: nightInput, run: (facts, input) => readNight(surface, facts, input) })
}
