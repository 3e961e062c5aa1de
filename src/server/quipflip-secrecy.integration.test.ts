import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { joinSession } from "@/games/quipflip/lobby-commands"
import { sessionTold } from "@/games/quipflip/rest-view"
import { sessionSheet } from "@/games/quipflip/rest-queries"
import { beginSessionRound, leaveSession, pingSession, skipPlayer, submitSessionRound } from "@/games/quipflip/session-commands"
import { ownSeat, sessionList, sessionResults, sessionStatus } from "@/games/quipflip/session-queries"
import { soloDesk } from "@/games/quipflip/solo-queries"
import type { OpenRoundView } from "@/games/quipflip/view"
import { allGuests, eventLog, receipt } from "@/party/queries"
import { channelOf, partyTopics } from "@/realtime/channels"
import { startQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { phraseFor } from "@/testing/quipflip-phrase"
import { placeOf, witnessOf, type Witness } from "@/testing/quipflip-witness"
import { seededRandom } from "@/kernel/random"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { moveSessionsOn, playAiSeats } from "./due-sessions"
import { exportNight } from "./export-night"
import { createLog } from "./log"
import { nightFor } from "./night-view"

const names = ["Ann", "Bo", "Cy", "Di"]
const onlookers = ["Xan"]
const listeners = [...names, ...onlookers, "host", "tv", "log of events"]

type Choice = "ORIGINAL" | "COPY_1"
/** Everything that reached one person, in order, up to the last moment before the results. */
type Match = { night: Night; house: House; table: QuipflipTable; heard: Record<string, string[]>; allowed: Map<string, Set<string>>; witness: Witness; lines: string[] }

let honest: Match
let swapped: Match
beforeAll(async () => {
  honest = await play("ORIGINAL")
  swapped = await play("COPY_1")
}, 120_000)
afterAll(async () => {
  for (const match of [honest, swapped]) await match.house.stop()
})

/** A match of four guests and an AI player in which all guests vote for this phrase; everybody looks at everything all the time. */
async function play(choice: Choice): Promise<Match> {
  const lines: string[] = []
  const house = await startHouse({ random: seededRandom(99), parts: { log: createLog("trace", { write: (line) => void lines.push(line) }) } })
  const night = await startParty({ house, names: [...names, ...onlookers] })
  const first = night.published.length
  const table = await startQuipflip(night, { players: names, ai: 1, quotas: { copiesPerPlayer: 3, votesPerPlayer: 2 } })
  const { sessionId } = table
  const heard: Match["heard"] = Object.fromEntries(listeners.map((who) => [who, []]))
  const allowed = new Map(listeners.map((who) => [who, new Set<string>()]))
  const hears = (who: string, what: unknown) => heard[who]?.push(JSON.stringify(what))

  async function everybodyLooks(): Promise<void> {
    for (const name of [...names, ...onlookers]) {
      const claims = night.claimsOf(name)
      hears(name, await night.ask(claims, nightFor("guest")))
      hears(name, await night.ask(claims, ownSeat))
      hears(name, await night.ask(claims, soloDesk))
      hears(name, await night.ask(claims, receipt))
      hears(name, await night.ask(claims, allGuests))
      hears(name, await night.ask(claims, sessionStatus, { sessionId }))
      hears(name, await night.ask(claims, sessionResults, { sessionId }))
      hears(name, await night.ask(claims, sessionList, { status: "IN_PROGRESS" }))
      hears(name, sessionTold(accepted(await night.ask(claims, sessionSheet, { sessionId })).sheet))
    }
    hears("host", await night.ask(night.hostClaims, nightFor("host")))
    hears("host", await night.ask(night.hostClaims, exportNight))
    hears("host", await night.ask(night.hostClaims, eventLog))
    hears("host", await night.ask(night.hostClaims, sessionStatus, { sessionId }))
    hears("host", await night.ask(night.hostClaims, sessionResults, { sessionId }))
    hears("tv", await night.ask(night.hostClaims, nightFor("tv")))
  }

  /** What somebody is told whose round it is: that they may know. */
  function shown(name: string, { promptText, originalPhrase, phrases }: OpenRoundView): void {
    for (const text of [promptText, originalPhrase, ...(phrases ?? [])]) if (text !== null) allowed.get(name)?.add(text)
  }

  async function playRound(name: string): Promise<void> {
    const begun = await night.guest(name, beginSessionRound, { sessionId })
    hears(name, begun)
    if (!begun.ok || !begun.value.seat.round) return
    const { round } = begun.value.seat
    shown(name, round)
    const intruder = names[(names.indexOf(name) + 1) % names.length] ?? ""
    hears(intruder, await night.guest(intruder, submitSessionRound, { sessionId, roundId: round.roundId, phrase: "PURPLE ELEPHANT" }))
    hears("Xan", await night.guest("Xan", submitSessionRound, { sessionId, roundId: round.roundId, phrase: "PURPLE ELEPHANT" }))
    await everybodyLooks()
    const refused: string[] = []
    for (let attempt = 0; attempt < 30; attempt++) {
      const phrase = round.phrases ? await phraseWith(choice, round) : await phraseFor(round, night.runtime.random, refused)
      const sent = await night.guest(name, submitSessionRound, { sessionId, roundId: round.roundId, phrase })
      hears(name, sent)
      allowed.get(name)?.add(phrase)
      night.clock.advance(1)
      if (sent.ok) return
      refused.push(phrase)
    }
  }

  /** The test knows what nobody at the table does. */
  async function phraseWith(wanted: Choice, { roundId }: OpenRoundView): Promise<string> {
    const { rounds, sets } = await witnessOf(night, sessionId)
    const set = sets.find(({ phrasesetId }) => phrasesetId === rounds.find((round) => round.roundId === roundId)?.phrasesetId)
    const written = wanted === "ORIGINAL" ? set?.promptRoundId : set?.copy1RoundId
    return rounds.find((round) => round.roundId === written)?.phrase ?? ""
  }

  await everybodyLooks()
  for (const phase of ["PROMPT", "COPY", "VOTE"]) {
    // The AI plays in its time, so that it never is what everybody waits for; nor does the host skip anybody at the end.
    night.clock.advance(70_000)
    while ((await table.status()).players.some(({ isAi, dealt, done }) => isAi && done < dealt)) await playAiSeats(night.runtime)
    await moveSessionsOn(night.runtime)
    if (phase === "COPY") {
      hears("Di", await night.guest("Di", leaveSession, { sessionId }))
      await everybodyLooks()
      hears("Di", await night.guest("Di", joinSession, { code: table.code }))
    }
    if (phase === "PROMPT") hears("Ann", await night.guest("Ann", skipPlayer, { sessionId, participantId: (await table.status()).players[3]?.participantId }))
    hears("Ann", await night.guest("Ann", pingSession, { sessionId }))
    for (;;) {
      const { players, phase: now } = await table.status()
      const waiting = players.filter(({ isAi, dealt, done }) => !isAi && done < dealt)
      const isLast = phase === "VOTE" && waiting.reduce((sum, { dealt, done }) => sum + dealt - done, 0) === 1
      if (now !== phase || waiting.length === 0 || isLast) break
      for (const { name } of waiting.slice(0, 1)) await playRound(name)
    }
    await everybodyLooks()
  }
  expect((await table.status()).phase).toBe("VOTE")

  const delivered = new Map(night.published.slice(first).map((event) => [event.id, event]))
  for (const event of [...delivered.values()].toSorted((one, other) => one.id - other.id)) {
    for (const who of listenersOf(night, event.channel)) hears(who, event)
  }
  hears("log of events", (await night.events()).map((event) => ({ ...event, publishedAt: null })))
  return { night, house, table, heard, allowed, lines, witness: await witnessOf(night, sessionId) }
}

function listenersOf(night: Night, channel: string): string[] {
  const partyId = night.party.id
  if (partyTopics.some((topic) => channel === channelOf({ kind: "party", topic, partyId }))) return [...names, ...onlookers, "host", "tv"]
  if (channel === channelOf({ kind: "host", partyId })) return ["host"]
  return [...names, ...onlookers].filter((name) => channel === channelOf({ kind: "guest", guestId: night.idOf(name) }))
}

/** Whose seat a round was dealt to, by name; the house's and the AI player's are nobody's. */
function ownerOf({ night, witness }: Match, roundId: string): string | null {
  const seat = witness.seats.find(({ participantId }) => participantId === placeOf(witness, roundId))
  return [...night.guests.values()].find(({ id }) => id === seat?.playerId)?.name ?? null
}

const textsOf = ({ rounds, tasks }: Witness) => [...new Set([...rounds.flatMap(({ phrase, promptText }) => [phrase, promptText]), ...tasks.map(({ promptText }) => promptText)])].filter((text) => text !== null)

describe("[QF-S13] before the results", () => {
  it("nobody has heard a phrase or a prompt but in rounds of their own; host, TV, onlookers and logs none", () => {
    const { heard, allowed, witness, lines } = honest
    const texts = textsOf(witness)
    expect(texts.length).toBeGreaterThan(25)
    for (const who of listeners) {
      const all = heard[who]?.join("\n") ?? ""
      expect(all.length).toBeGreaterThan(1_000)
      const leaked = texts.filter((text) => all.includes(JSON.stringify(text).slice(1, -1)) && !allowed.get(who)?.has(text))
      expect([who, leaked]).toEqual([who, []])
    }
    expect(texts.filter((text) => lines.join("\n").includes(text))).toEqual([])
    // What they may know did reach them: the comparison can fail.
    for (const name of names) expect(texts.filter((text) => heard[name]?.join("\n").includes(JSON.stringify(text))).length).toBeGreaterThan(5)
  })

  it("[QF-E2] no copier has heard the prompt of what they copied, nor the other copy, before the vote shows both", () => {
    const { heard, witness, night } = honest
    for (const { participantId, promptRoundId } of witness.tasks.filter(({ phase }) => phase === "COPY")) {
      const seat = witness.seats.find((one) => one.participantId === participantId)
      const name = [...night.guests.values()].find(({ id }) => id === seat?.playerId)?.name
      const prompt = witness.rounds.find(({ roundId }) => roundId === promptRoundId)
      if (name) expect([name, heard[name]?.join("\n").includes(JSON.stringify(prompt?.promptText))]).toEqual([name, false])
    }
  })

  it("nobody has the id of another's round, nor of any set: what was dealt to whom cannot be put together", () => {
    const { heard, witness } = honest
    for (const who of listeners) {
      const all = heard[who]?.join("\n") ?? ""
      const foreign = witness.rounds.filter(({ roundId, playerId }) => all.includes(roundId) && !(playerId !== null && ownerOf(honest, roundId) === who))
      // Of an own round that was left behind there is no task any more.
      const unknown = foreign.filter(({ playerId }) => playerId === null || honest.night.guests.get(who)?.id !== playerId)
      expect([who, unknown.map(({ roundType }) => roundType)]).toEqual([who, []])
      expect([who, witness.sets.filter(({ phrasesetId }) => all.includes(phrasesetId)).length]).toEqual([who, 0])
      expect([who, witness.tasks.filter(({ partyRoundId }) => all.includes(partyRoundId)).length]).toEqual([who, 0])
    }
  })

  it("no field tells a part, a choice, a writer, a prize or a result", () => {
    for (const who of listeners) {
      expect([who, honest.heard[who]?.find((text) => /ORIGINAL|COPY_[12]|"choice"|"writer"|"isByHouse"|"votesRight"|"earnedCoins"|"netCoins"|"poolCoins"|house_cover/.test(text.replaceAll('"originalPhrase"', "")))]).toEqual([who, undefined])
    }
  })

  it("whether votes were right makes no difference to anything anybody has received, nor to any purse", () => {
    for (const who of listeners) {
      const [one, other] = [impersonal(honest, who), impersonal(swapped, who)]
      expect([who, one.find((text, index) => text !== other[index])]).toEqual([who, undefined])
      expect(other).toHaveLength(one.length)
    }
    expect(honest.witness.guests.map(({ name, walletBalance, vaultBalance }) => [name, walletBalance, vaultBalance])).toEqual(
      swapped.witness.guests.map(({ name, walletBalance, vaultBalance }) => [name, walletBalance, vaultBalance]),
    )
    const choices = ({ rounds }: Witness) => rounds.flatMap(({ choice, aiParticipantId }) => (choice && aiParticipantId === null ? [choice] : []))
    expect(new Set(choices(honest.witness))).toEqual(new Set(["ORIGINAL"]))
    expect(new Set(choices(swapped.witness))).toEqual(new Set(["COPY_1"]))
  })

  it("and then all is told at once", async () => {
    const { night, table } = honest
    for (const name of names) await table.playAll(name)
    for (const name of names) {
      const { results } = accepted(await night.ask(night.claimsOf(name), sessionResults, { sessionId: table.sessionId }))
      expect(JSON.stringify(results)).toMatch(/ORIGINAL/)
    }
  })
})

/** The same evening on another day: ids become their place of appearance, and which set a voter was dealt is drawn anew. */
function impersonal({ heard }: Match, who: string): string[] {
  const places = new Map<string, string>()
  const placeOfId = (text: string) => places.get(text) ?? places.set(text, `#${places.size}`).get(text) ?? text
  return (heard[who] ?? []).map((text) =>
    text
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, placeOfId)
      .replace(/"transfers":\[[^\]]*\]/g, inAnyOrder)
      .replace(/"phrases":\[[^\]]*\]/g, '"phrases":0')
      .replace(/"(promptText|originalPhrase)":"[^"]*"/g, '"$1":0')
      .replace(/"code":"[A-Z]{4}\d{4}"|"party_code":"[A-Z]{4}\d{4}"/g, '"code":0')
      .replace(/"(pinCode|joinPin|version|previous|id)":\d+/g, '"$1":0'),
  )
}

/** Those of one instant come in the order of their ids. */
function inAnyOrder(transfers: string): string {
  return [...transfers.matchAll(/"amount":\d+,"category":"\w+"/g)].map(([what]) => what).toSorted().join()
}
