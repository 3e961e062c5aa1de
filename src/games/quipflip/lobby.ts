import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { SessionStatus } from "./phases"

/** Who sits in a lobby. */
export type LobbySeat = { readonly playerId: string; readonly isHuman: boolean; readonly isReady: boolean; readonly joinedAt: Date }

type Lobby = {
  readonly status: SessionStatus
  readonly hostId: string
  readonly minPlayers: number
  readonly maxPlayers: number
  readonly seats: readonly LobbySeat[]
}

export type JoinRefusal = Refusal<"already_joined" | "session_already_started" | "session_full">

/** May this player, human or AI, take a seat? Who sits there already is told so first, also after the start [QF-S2] [QF-N8]. */
export function decideJoin({ status, maxPlayers, seats }: Lobby, playerId: string): Result<true, JoinRefusal> {
  if (seats.some((seat) => seat.playerId === playerId)) return refuse("already_joined")
  if (status !== "OPEN") return refuse("session_already_started")
  return seats.length >= maxPlayers ? refuse("session_full") : ok(true)
}

export type StartRefusal = Refusal<"session_already_started" | "not_host" | "not_enough_players">

/** May this player start the session now? By starting the host is ready [QF-S2] [QF-N8]. */
export function decideStart({ status, hostId, minPlayers, seats }: Lobby, playerId: string): Result<true, StartRefusal> {
  if (playerId !== hostId) return refuse("not_host")
  if (status !== "OPEN") return refuse("session_already_started")
  const ready = seats.filter((seat) => seat.isReady || seat.playerId === hostId).length
  return ready < minPlayers ? refuse("not_enough_players", { missing: minPlayers - ready }) : ok(true)
}

/** Who is host after somebody left a lobby: the same, else the human who joined first; null when no human is left [QF-S2]. */
export function hostAmong(seats: readonly LobbySeat[], hostId: string): string | null {
  const humans = seats.filter(({ isHuman }) => isHuman)
  if (humans.some(({ playerId }) => playerId === hostId)) return hostId
  const [first] = humans.sort((one, other) => one.joinedAt.getTime() - other.joinedAt.getTime())
  return first?.playerId ?? null
}

/** Milliseconds, and sessions in them [QF-S17]. */
const openingSpanMs = 60 * 60_000
const mostOpenings = 5

/** Whether a player has opened too many sessions to open another [QF-S17]. */
export function hasOpenedTooMany(openedAt: readonly Date[], now: Date): boolean {
  return openedAt.filter((at) => now.getTime() - at.getTime() < openingSpanMs).length >= mostOpenings
}
