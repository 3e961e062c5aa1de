import { type AiTask, claimAiTasks } from "@/games/quipflip/ai-steps"
import { beginSessionRound, moveSessionOn, submitSessionRound } from "@/games/quipflip/session-commands"
import { dueSessions } from "@/games/quipflip/session-queries"
import type { OpenRoundView } from "@/games/quipflip/view"
import { phrasesFor } from "./ai-phrases"
import { runCommand, type Caller } from "./run-command"
import type { Runtime } from "./runtime"

/** Moves on every session whose time has come [QF-S11] [QF-S16]. The command looks again, under the party's lock. */
export async function moveSessionsOn(runtime: Runtime): Promise<void> {
  const due = await dueSessions(runtime.db, runtime.clock.now())
  await Promise.all(
    due.map(({ partyId, sessionId }) => runCommand(runtime, moveSessionOn, { claims: { clock: { partyId } } }, { sessionId })),
  )
}

/** Plays what is due in seats the AI plays: the seats side by side, each seat's rounds one after another. */
export async function playAiSeats(runtime: Runtime): Promise<void> {
  await playDue(runtime, null)
}

/** The same for one session. @returns how many rounds were submitted. */
export function playAiSeatsOf(runtime: Runtime, sessionId: string): Promise<number> {
  return playDue(runtime, sessionId)
}

async function playDue(runtime: Runtime, sessionId: string | null): Promise<number> {
  let submitted = 0
  while (!runtime.closing.aborted) {
    const tasks = await claimAiTasks(runtime.db, runtime.clock.now(), sessionId)
    if (tasks.length === 0) break
    const played = await Promise.all(tasks.map((task) => playTask(runtime, task)))
    submitted += played.filter(Boolean).length
  }
  return submitted
}

/** By the commands people use. Whatever is refused on the way, the house plays at the end of the phase [QF-S12]. @returns whether it was submitted. */
async function playTask(runtime: Runtime, { partyId, sessionId, participantId, lifecycleVersion }: AiTask): Promise<boolean> {
  const caller: Caller = { claims: { ai: { partyId, participantId } } }
  const begun = await runCommand(runtime, beginSessionRound, caller, { sessionId, lifecycleVersion })
  if (!begun.ok || begun.value.seat.round === null) return false
  const { round } = begun.value.seat
  for await (const phrase of wordsFor(runtime, partyId, round)) {
    const submitted = await runCommand(runtime, submitSessionRound, caller, { sessionId, roundId: round.roundId, phrase, lifecycleVersion })
    if (submitted.ok || !submitted.refusal.code.startsWith("phrase_")) return submitted.ok
  }
  return false
}

/** A vote is a guess: whoever votes here has not looked at the answer. */
function wordsFor(runtime: Runtime, partyId: string, round: OpenRoundView): AsyncIterable<string> | string[] {
  if (round.phrases === null) return phrasesFor(runtime, partyId, round)
  return round.phrases.slice(runtime.random.int(0, round.phrases.length - 1)).slice(0, 1)
}
