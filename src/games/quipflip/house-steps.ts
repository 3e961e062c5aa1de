import { sql } from "drizzle-orm"
import { fillerDeck } from "@/ai/filler-deck/filler-deck"
import type { FillerSet } from "@/ai/filler-deck/filler-set"
import { localCopy } from "@/ai/phrase-writer/local-copy"
import { quipflipRounds } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import { newId } from "@/kernel/ids"
import { shuffled } from "@/kernel/shuffled"
import { checkCopy } from "./phrase-rules"
import { phraseStandard } from "./phrase-standard-queries"
import { copiesPerPrompt } from "./ring"
import { phrasesetRoles } from "./roles"
import { copiesOf, paidRound, roundById, theHouse, type Round, type SessionFacts, type Task } from "./session-facts"
import { seenPrompts } from "./session-queries"
import { copiedTexts, endInSession, roundOf, sessionFee, withPlayed } from "./session-round-steps"
import type { Match } from "./session-steps"
import { feeTransfers } from "./transfers"

/** The house plays what is owed, marked as such: it pays for it and earns by it. A round that ran is settled as timed out [QF-S6]. */
export async function playForSeats(match: Match, facts: SessionFacts, owed: readonly Task[]): Promise<SessionFacts> {
  if (owed.length === 0) return facts
  let after = await timeOut(match, facts, owed)
  const fillers = await fillersFor(match, after, owed)
  const played: Played[] = []
  for (const task of owed) {
    const round = await playedByHouse(match, after, task, fillers)
    played.push({ round, task: { ...task, roundId: round.roundId, isByHouse: true, doneAt: match.now } })
    after = withPlayed(after, [round], [])
  }
  await storeRounds(match, after, played.map(({ round }) => round))
  await storeTasks(match, played.map(({ task }) => task))
  return withPlayed(after, [], played.map(({ task }) => task))
}

/** Copies nobody in the session was dealt are the house's [QF-S8]. */
export async function fillCopies(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const rounds: Round[] = []
  let after = facts
  for (const prompt of facts.rounds.filter(({ roundType, status }) => roundType === "PROMPT" && status === "SUBMITTED")) {
    while (copiesOf(after, prompt.roundId).length < copiesPerPrompt) {
      const copy = await houseCopy(match, after, houseTask(prompt.roundId))
      rounds.push(copy)
      after = withPlayed(after, [copy], [])
    }
  }
  await storeRounds(match, after, rounds)
  return after
}

type Played = { readonly round: Round; readonly task: Task }

function timeOut(match: Match, facts: SessionFacts, owed: readonly Task[]): Promise<SessionFacts> {
  const running = owed.flatMap(({ roundId }) => roundById(facts, roundId) ?? []).filter(({ status }) => status === "ACTIVE")
  return endInSession(match, facts, running, "TIMED_OUT")
}

/** The ready sets of which the house takes originals, if it has any to write. */
async function fillersFor(match: Match, facts: SessionFacts, owed: readonly Task[]): Promise<Iterator<FillerSet>> {
  const needsSome = owed.some(({ roundType }) => roundType === "PROMPT")
  return (needsSome ? await unusedFillers(match, facts) : []).values()
}

async function playedByHouse(match: Match, facts: SessionFacts, task: Task, fillers: Iterator<FillerSet>): Promise<Round> {
  if (task.roundType === "COPY") return houseCopy(match, facts, task)
  if (task.roundType === "PROMPT") return housePrompt(match, facts, task, fillers)
  const choice = phrasesetRoles[match.random.int(0, phrasesetRoles.length - 1)]
  assert(choice !== undefined, "three phrases to choose from")
  return { ...houseRound(match, facts, task), choice }
}

/** A ready original with its own prompt: it fits, and nobody waits for it. */
function housePrompt(match: Match, facts: SessionFacts, task: Task, fillers: Iterator<FillerSet>): Round {
  const { value, done } = fillers.next()
  const set = done ? anyFiller() : value
  return { ...houseRound(match, facts, { ...task, promptText: set.prompt }), phrase: set.original }
}

async function houseCopy(match: Match, facts: SessionFacts, task: Pick<Task, keyof ReturnType<typeof houseTask>>): Promise<Round> {
  const texts = copiedTexts(facts, task)
  const standard = await phraseStandard(match.party)
  const accepts = (phrase: string) => checkCopy(phrase, texts, standard).ok
  const ready = readyCopies(texts.original).find(accepts)
  const phrase = ready ?? (await localCopy({ original: texts.original, accepts, random: match.random }))
  assert(phrase !== null, `no phrase of the house passes beside ${texts.original}`)
  return { ...houseRound(match, facts, task), phrase }
}

function readyCopies(original: string): readonly string[] {
  return fillerDeck.find((set) => set.original === original)?.copies ?? []
}

function houseTask(promptRoundId: string) {
  return { roundType: "COPY" as const, promptText: null, promptRoundId, phrasesetId: null }
}

function houseRound(match: Match, facts: SessionFacts, task: Pick<Task, keyof ReturnType<typeof houseTask>>): Round {
  return {
    ...roundOf(match, facts, task),
    ...theHouse,
    status: "SUBMITTED",
    feeCoins: sessionFee(facts.session, task.roundType),
    lentCoins: 0,
    earnedCoins: 0,
    expiresAt: null,
    endedAt: match.now,
    phrase: null,
    isSecondCopy: false,
    choice: null,
    flaggedAt: null,
    flaggedById: null,
  }
}

/** Ready sets this party may see: in drawn order, those first that it has not seen yet. */
export async function unusedFillers({ tx, party, random }: Match, facts: SessionFacts): Promise<FillerSet[]> {
  const seen = await seenPrompts(tx, party.id)
  const here = new Set([...facts.rounds, ...facts.tasks].map(({ promptText }) => promptText))
  const allowed = fillerDeck.filter(({ isFamily, prompt }) => (party.familyFilter === "OFF" || isFamily) && !here.has(prompt))
  const drawn = shuffled(allowed, random)
  return [...drawn.filter(({ prompt }) => !seen.has(prompt)), ...drawn.filter(({ prompt }) => seen.has(prompt))]
}

function anyFiller(): FillerSet {
  const set = fillerDeck[0]
  assert(set !== undefined, "the filler deck is empty")
  return set
}

/** Writes rounds of the house, and charges it for them. */
export async function storeRounds({ tx, transfers }: Match, facts: SessionFacts, rounds: readonly Round[]): Promise<void> {
  if (rounds.length === 0) return
  await tx.insert(quipflipRounds).values([...rounds])
  transfers.push(...rounds.flatMap((round) => feeTransfers(paidRound(facts, round))))
}

async function storeTasks({ tx, now }: Match, tasks: readonly Task[]): Promise<void> {
  const rows = JSON.stringify(tasks.map(({ partyRoundId, roundId }) => ({ id: partyRoundId, round: roundId })))
  await tx.execute(sql`
    update party_rounds t set round_id = r.round, is_by_house = true, done_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, round uuid) where t.party_round_id = r.id`)
}

/** For rounds of the house that belong to no seat: a prompt of a set from the deck, its copies. */
export function deckRound(match: Match, facts: SessionFacts, part: Pick<Round, "roundType" | "promptText" | "phrase" | "promptRoundId" | "slot">): Round {
  const task = { roundType: part.roundType, promptText: part.promptText, promptRoundId: null, phrasesetId: null }
  return { ...houseRound(match, facts, task), ...part, roundId: newId() }
}
