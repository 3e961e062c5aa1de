import type { RoundView } from "@/games/imposter/view"
import type { SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import { pageMs, type Programme, type Watched } from "./candidate"
import { isForEverybody, isRoundRunning, isSessionRunning } from "./played-now"

/** What else is on, in a strip under the programme. */
export type Beside =
  | { readonly kind: "race"; readonly race: RaceView }
  | { readonly kind: "imposter"; readonly round: RoundView }
  | { readonly kind: "quipflip"; readonly session: SessionView }

/** A lobby is offered so long after it was opened, in ms. */
const lobbyOfferedMs = 3_600_000

/** What else is on; of several things one after the other. Between games only a lobby is worth a strip. */
export function besideOf(programme: Programme, { night, nowMs }: Pick<Watched, "night" | "nowMs">): Beside | null {
  const { races, imposter, sessions } = night
  const { kind } = programme
  if (kind === "table" || kind === "ended") return null
  const all: Beside[] = []
  if (kind === "imposter" || kind === "quipflip") {
    const race = races.find(({ status }) => status === "LIVE") ?? races.find(isForEverybody)
    if (race) all.push({ kind: "race", race })
  }
  if (kind !== "imposter" && kind !== "invitation" && isRoundRunning(imposter)) all.push({ kind: "imposter", round: imposter })
  const others = sessions.filter(({ sessionId }) => kind !== "quipflip" || sessionId !== programme.session.sessionId)
  if (kind !== "invitation") all.push(...others.filter(isSessionRunning).map(sessionBeside))
  all.push(...others.filter((session) => isOffered(session, nowMs)).map(sessionBeside))
  return all[Math.floor(nowMs / pageMs) % Math.max(1, all.length)] ?? null
}

function isOffered({ status, createdAt }: SessionView, nowMs: number): boolean {
  return status === "OPEN" && nowMs - Date.parse(createdAt) < lobbyOfferedMs
}

function sessionBeside(session: SessionView): Beside {
  return { kind: "quipflip", session }
}
