import { expect } from "vitest"
import { sessionResults } from "@/games/quipflip/session-queries"
import { accepted, type Night } from "./start-party"
import type { QuipflipTable } from "./quipflip-table"
import { balancesOf, ledgerNets, placeOf, playerOf, roundsOfSet, voteCounts, witnessOf, type Witness } from "./quipflip-witness"

/** Nothing of a session that is over waits for anybody: no round runs, no pot of it holds a coin, everybody may sit down elsewhere. */
export async function expectNothingOpen(night: Night, sessionId: string): Promise<void> {
  const witness = await witnessOf(night, sessionId)
  expect(["COMPLETED", "ABANDONED"]).toContain(witness.session.status)
  expect(witness.session).toMatchObject({ dueAt: null, phaseExpiresAt: null })
  const own = witness.rounds.filter((round) => round.sessionId === sessionId)
  expect(own.filter(({ status }) => status === "ACTIVE")).toEqual([])
  const balances = balancesOf(witness)
  expect(own.filter(({ roundId }) => (balances.get(`pot:${roundId}`) ?? 0) !== 0)).toEqual([])
  expect(witness.seats.every(({ status }) => status === "COMPLETED")).toBe(true)
  expect(witness.sets.every(({ status }) => status === "FINALIZED")).toBe(true)
}

/** Of a session that was played to its end: everybody got what was promised, nobody what is theirs, and the results are the ledger's. */
export async function expectFairSession(night: Night, { sessionId }: Pick<QuipflipTable, "sessionId">): Promise<void> {
  const witness = await witnessOf(night, sessionId)
  if (witness.session.status !== "COMPLETED") return
  expectAllPlayed(witness)
  expectNobodyMeetsOwn(witness)
  expectCleanFillers(witness)
  const { results } = accepted(await night.ask(night.hostClaims, sessionResults, { sessionId }))
  expectResults(witness, results)
}

type Results = Extract<Awaited<ReturnType<(typeof sessionResults)["run"]>>, { ok: true }>["value"]["results"]

function expectAllPlayed({ session, seats, tasks, rounds, sets }: Witness): void {
  expect(tasks.filter(({ doneAt, roundId }) => doneAt === null || roundId === null)).toEqual([])
  for (const { participantId, isAi } of seats) {
    const dealt = (phase: string) => tasks.filter((task) => task.participantId === participantId && task.phase === phase).length
    expect([dealt("PROMPT"), dealt("COPY")]).toEqual([session.promptsPerPlayer, session.copiesPerPlayer])
    if (isAi) expect(dealt("VOTE")).toBeLessThanOrEqual(session.votesPerPlayer)
    else expect(dealt("VOTE")).toBe(session.votesPerPlayer)
  }
  const prompts = tasks.filter(({ phase }) => phase === "PROMPT").map(({ roundId }) => roundId)
  expect(prompts.filter((id) => sets.every(({ promptRoundId }) => promptRoundId !== id))).toEqual([])
  for (const set of sets) {
    const phrases = [set.promptRoundId, set.copy1RoundId, set.copy2RoundId].map((id) => rounds.find(({ roundId }) => roundId === id))
    expect(phrases.map((round) => round?.status)).toEqual(["SUBMITTED", "SUBMITTED", "SUBMITTED"])
    expect(new Set(phrases.map((round) => round?.phrase)).size).toBe(3)
  }
}

function expectNobodyMeetsOwn(witness: Witness): void {
  const { tasks, sets } = witness
  for (const { participantId, promptRoundId, phrasesetId } of tasks) {
    if (promptRoundId !== null) expect(placeOf(witness, promptRoundId)).not.toBe(participantId)
    const set = sets.find((one) => one.phrasesetId === phrasesetId)
    if (!set) continue
    const writers = [set.promptRoundId, set.copy1RoundId, set.copy2RoundId].map((id) => placeOf(witness, id))
    expect(writers).not.toContain(participantId)
  }
  const copies = tasks.filter(({ phase }) => phase === "COPY").map(({ participantId, promptRoundId }) => `${participantId} ${promptRoundId}`)
  const votes = tasks.filter(({ phase }) => phase === "VOTE").map(({ participantId, phrasesetId }) => `${participantId} ${phrasesetId}`)
  expect(new Set([...copies, ...votes]).size).toBe(copies.length + votes.length)
}

/** Who sits here has neither written in a filler nor voted on it before it came. */
function expectCleanFillers(witness: Witness): void {
  for (const set of witness.sets.filter(({ phrasesetId }) => witness.fillerIds.includes(phrasesetId))) {
    expect(roundsOfSet(witness, set, "writer").filter((round) => playerOf(witness, round) !== null)).toEqual([])
    const early = roundsOfSet(witness, set, "voter").filter(({ roundId }) => placeOf(witness, roundId) === null)
    expect(early.filter((round) => playerOf(witness, round) !== null)).toEqual([])
  }
}

/** The results against a slow calculation from the ledger and the single votes. */
function expectResults(witness: Witness, results: Results): void {
  const nets = ledgerNets(witness)
  const told = results.players.map(({ participantId, earnedCoins, spentCoins, netCoins, rank }) => ({ participantId, earned: earnedCoins, spent: spentCoins, net: netCoins, rank }))
  const expected = nets.map((one) => ({ ...one, rank: 1 + nets.filter(({ net }) => net > one.net).length }))
  const byId = (one: { participantId: string }, other: { participantId: string }) => (one.participantId < other.participantId ? -1 : 1)
  expect(told.toSorted(byId)).toEqual(expected.toSorted(byId))
  expect(results.players.map(({ rank }) => rank)).toEqual(results.players.map(({ rank }) => rank).toSorted((one, other) => one - other))

  const counts = voteCounts(witness)
  for (const player of results.players) {
    const { originalVotes: original, copyVotes: copy, votesCast: cast, votesRight: right } = player
    expect({ original, copy, cast, right }).toEqual(counts.get(player.participantId))
  }
  const best = (points: (count: { original: number; copy: number; cast: number; right: number }) => number) => {
    const most = Math.max(...[...counts.values()].map(points))
    return most <= 0 ? [] : [...counts].filter(([, count]) => points(count) === most).map(([id]) => id).toSorted()
  }
  const sharpness = ({ cast, right }: { cast: number; right: number }) => (right === 0 ? 0 : right / cast + right / 1_000_000)
  const { bestWriterIds, topImpostorIds, sharpestVoterIds } = results.awards
  expect(bestWriterIds.toSorted()).toEqual(best(({ original }) => original))
  expect(topImpostorIds.toSorted()).toEqual(best(({ copy }) => copy))
  expect(sharpestVoterIds.toSorted()).toEqual(best(sharpness))

  expect(results.sets.map(({ phrasesetId }) => phrasesetId).toSorted()).toEqual(witness.sets.map(({ phrasesetId }) => phrasesetId).toSorted())
  for (const shown of results.sets) expectRevealed(witness, shown)
}

function expectRevealed(witness: Witness, shown: Results["sets"][number]): void {
  const set = witness.sets.find(({ phrasesetId }) => phrasesetId === shown.phrasesetId)
  if (!set) throw new Error("a set of another session")
  const written = roundsOfSet(witness, set, "writer")
  expect(shown.phrases.map(({ phrase }) => phrase)).toEqual(written.map(({ phrase }) => phrase))
  expect(shown.phrases.map(({ writer }) => writer?.participantId ?? null)).toEqual(written.map(({ roundId }) => placeOf(witness, roundId)))
  const prizeOf = (roundId: string) =>
    witness.transfers
      .filter(({ idempotencyKey }) => [`quipflip:${roundId}:prize`, `quipflip:${roundId}:vault`].includes(idempotencyKey))
      .reduce((sum, { amount }) => sum + amount, 0)
  expect(shown.phrases.map(({ coins }) => coins)).toEqual(written.map(({ roundId }) => prizeOf(roundId)))
  const votes = roundsOfSet(witness, set, "voter").filter(({ roundId }) => placeOf(witness, roundId) !== null)
  expect(shown.phrases.flatMap(({ voters }) => voters).length).toBe(votes.length)
}
