import { z } from "zod"
import type { Random } from "@/kernel/random"
import { followChannel, pollOnly, type Patience } from "./news"
import { joinSession, openSession, playSession, startWhenReady, type Player, type Results, type Session } from "./play-session"
import { restClient, type Fetch } from "./rest-client"

export type BotWishes = {
  /** Without a slash at the end. */
  readonly url: string
  readonly pin: string
  readonly name: string
  readonly thinkMs: number
  readonly patience: Patience
  /** False: never opens a WebSocket. */
  readonly hasSocket: boolean
}

export type Surroundings = { readonly fetch: Fetch; readonly pause: (ms: number) => Promise<void>; readonly random: Random }

/** A bot that has a seat at the party. */
export type Guest = {
  readonly name: string
  open(settings: { aiPlayers: number }): Promise<Session>
  join(code: string): Promise<Session>
  /** Waits for the others first, when the session is its own. @returns null when the session was given up */
  play(session: Session, players: number): Promise<Results | null>
  /** How many events the WebSocket brought. */
  heard(): number
  leave(): void
}

const joined = z.object({ user: z.object({ id: z.string(), name: z.string() }), token: z.string() })

/** Joins the party as any phone would, by its PIN, and follows it. */
async function beGuest({ url, pin, name, thinkMs, patience, hasSocket }: BotWishes, { fetch, pause, random }: Surroundings): Promise<Guest> {
  const { user, token } = await restClient({ url, fetch, pause }).post("/api/v1/join", { name, partyPin: pin }, joined)
  const rest = restClient({ url, token, fetch, pause })
  const news = hasSocket ? await followChannel({ url, token, rest, patience }) : pollOnly(patience)
  const player: Player = { rest, playerId: user.id, random, news, thinkMs, pause }
  return {
    name: user.name,
    open: (settings) => openSession(player, settings),
    join: (code) => joinSession(player, code),
    async play(session, players) {
      if (session.host_player_id === user.id) await startWhenReady(player, session.session_id, players)
      return playSession(player, session.session_id)
    },
    heard: news.heard,
    leave: news.stop,
  }
}

export type Table = { readonly bots: number; readonly players: number; readonly aiPlayers: number; readonly code: string | null }

/** Bots that play one session together: with a code in somebody's, without one in the first one's own. */
export async function playTogether(wishes: BotWishes, { bots, players, aiPlayers, code }: Table, surroundings: Surroundings): Promise<{ results: Results | null; session: Session; heard: number }> {
  const names = Array.from({ length: bots }, (_, index) => (bots === 1 ? wishes.name : `${wishes.name} ${index + 1}`))
  const guests = await Promise.all(names.map((name) => beGuest({ ...wishes, name }, surroundings)))
  const [first, ...others] = guests
  if (!first) throw new Error("At least one bot has to play.")
  try {
    const session = code === null ? await first.open({ aiPlayers }) : await first.join(code)
    await Promise.all(others.map((guest) => guest.join(session.party_code)))
    const [results] = await Promise.all(guests.map((guest) => guest.play(session, players)))
    return { results: results ?? null, session, heard: guests.reduce((sum, guest) => sum + guest.heard(), 0) }
  } finally {
    for (const guest of guests) guest.leave()
  }
}
