import { createInterface } from "node:readline"
import { addAiPlayer, playAgain, removeAiPlayer, setReady } from "@/games/quipflip/lobby-commands"
import { beginSessionRound, submitSessionRound } from "@/games/quipflip/session-commands"
import type { OpenRoundView, SessionView } from "@/games/quipflip/view"
import { seededRandom } from "@/kernel/random"
import { readEnv } from "@/server/env"
import { createLog } from "@/server/log"
import { runCommand } from "@/server/run-command"
import { createRuntime, type Runtime } from "@/server/runtime"
import { phraseFor } from "./quipflip-phrase"

/**
 * A process of its own that plays a session as fast as it can for everybody at once, until it is killed: started by
 * `quipflip-crash.ts`, told by one line on its input what to play, and telling by one line each what was accepted.
 */
export type Orders = {
  readonly partyId: string
  readonly sessionId: string
  readonly guestIds: readonly string[]
  readonly nowMs: number
}

export type Accepted = { readonly did: string; readonly guestId: string; readonly roundId?: string }

const tell = (line: Accepted) => void process.stdout.write(`${JSON.stringify(line)}\n`)

async function play({ partyId, sessionId, guestIds, nowMs }: Orders): Promise<void> {
  const startedAt = Date.now()
  const runtime = createRuntime(readEnv(process.env), {
    clock: { now: () => new Date(nowMs + Date.now() - startedAt) },
    log: createLog("silent"),
    random: seededRandom(nowMs % 1_000_003),
    publisher: { publish: () => undefined, send: async () => undefined, settled: async () => undefined },
  })
  await Promise.all(guestIds.map((guestId, place) => playFor({ runtime, partyId, sessionId, guestId, isHost: place === 0 })))
}

type Seat = { runtime: Runtime; partyId: string; sessionId: string; guestId: string; isHost: boolean }

/** Round after round; where there is none, what a lobby or a session that is over has to offer. */
async function playFor(seat: Seat): Promise<void> {
  const { runtime, partyId, sessionId, guestId } = seat
  const caller = { claims: { guest: { partyId, guestId } } }
  for (let turn = 0; ; turn++) {
    const begun = await runCommand(runtime, beginSessionRound, caller, { sessionId })
    if (begun.ok && begun.value.seat.round) {
      tell({ did: "begin", guestId, roundId: begun.value.seat.round.roundId })
      await submit(seat, begun.value.seat.round)
    } else if (!begun.ok && begun.refusal.code === "session_not_started") await fidget(seat, turn)
    else if (!begun.ok && begun.refusal.code === "session_over") await again(seat)
  }
}

async function submit({ runtime, partyId, sessionId, guestId }: Seat, round: OpenRoundView): Promise<void> {
  const refused: string[] = []
  for (let attempt = 0; attempt < 20; attempt++) {
    const phrase = await phraseFor(round, runtime.random, refused)
    const sent = await runCommand(runtime, submitSessionRound, { claims: { guest: { partyId, guestId } } }, { sessionId, roundId: round.roundId, phrase })
    if (sent.ok) return tell({ did: "submit", guestId, roundId: round.roundId })
    refused.push(phrase)
  }
}

async function fidget({ runtime, partyId, sessionId, guestId, isHost }: Seat, turn: number): Promise<void> {
  const caller = { claims: { guest: { partyId, guestId } } }
  const done = await runCommand(runtime, setReady, caller, { sessionId, isReady: turn % 2 === 0 })
  if (done.ok) tell({ did: "ready", guestId })
  if (!isHost) return
  const added = await runCommand(runtime, addAiPlayer, caller, { sessionId })
  if (added.ok) tell({ did: "ai", guestId })
  const robot = added.ok ? added.value.session.players.find(({ isAi }: SessionView["players"][number]) => isAi) : undefined
  if (robot) await runCommand(runtime, removeAiPlayer, caller, { sessionId, participantId: robot.participantId })
}

async function again({ runtime, partyId, sessionId, guestId }: Seat): Promise<void> {
  const done = await runCommand(runtime, playAgain, { claims: { guest: { partyId, guestId } } }, { sessionId })
  if (done.ok) tell({ did: "again", guestId })
}

for await (const line of createInterface(process.stdin)) await play(JSON.parse(line) as Orders)
