import { betsOfGuest, marketsOf } from "@/betting/queries"
import type { Db, Tx } from "@/db/client"
import { raceViews, racesShown } from "@/games/racing/queries"
import { ok, type Result } from "@/kernel/result"
import type { NightView, Surface } from "@/live/night-view"
import type { GuestActor, HostActor, Party, TvActor } from "@/party/actor"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { eveningTableOf, guestsOf, ownGuestView } from "@/party/queries"
import { partyViewOf } from "@/party/view"

type Facts = { db: Db | Tx; party: Party; actor: GuestActor | HostActor | TvActor; now: Date }
type Night = Promise<Result<{ night: NightView }, never>>

/** The snapshot a screen starts from and comes back to: everything this viewer may see, from one picture of the database. */
async function readNight({ db, party, actor, now }: Facts): Night {
  const races = await racesShown(db, party.id)
  const isGuest = actor.kind === "guest"
  return ok({
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
    },
  })
}

/** The night as one surface sees it, so that a browser that is host and guest at once asks as one of them. */
export function nightFor(surface: Surface) {
  return query({ name: `${surface}Night`, who: surface, input: nothing, run: readNight })
}
