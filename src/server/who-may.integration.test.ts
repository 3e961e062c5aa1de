import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as bettingCommands from "@/betting/commands"
import * as bettingQueries from "@/betting/queries"
import * as imposterCommands from "@/games/imposter/commands"
import * as imposterQueries from "@/games/imposter/queries"
import * as imposterSettingsCommands from "@/games/imposter/settings-commands"
import * as lobbyCommands from "@/games/quipflip/lobby-commands"
import * as sessionCommands from "@/games/quipflip/session-commands"
import { ownSeat, sessionList, sessionResults, sessionStatus } from "@/games/quipflip/session-queries"
import * as soloClockCommands from "@/games/quipflip/solo-clock-commands"
import * as soloCommands from "@/games/quipflip/solo-commands"
import * as soloFlagCommands from "@/games/quipflip/solo-flag-commands"
import * as soloQueries from "@/games/quipflip/solo-queries"
import * as racingCommands from "@/games/racing/commands"
import * as importCommands from "@/games/racing/import-commands"
import * as racingQueries from "@/games/racing/queries"
import * as settleCommands from "@/games/racing/settle-commands"
import type { Refusal } from "@/kernel/result"
import * as lanCommands from "@/lan/commands"
import * as lanPeerCommands from "@/lan/peer-commands"
import * as lanQueries from "@/lan/queries"
import type { Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"
import * as partyCommands from "@/party/commands"
import * as deletionCommands from "@/party/deletion-commands"
import { deletionDate } from "@/party/deletion-queries"
import * as partyQueries from "@/party/queries"
import { pcOf } from "@/testing/lan-pc"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { linkAtDoor } from "./door"
import { exportNight } from "./export-night"
import type { Claims } from "./identity"
import { nightFor } from "./night-view"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"

const { callGuest, changeSettings, createHostLink, deleteParty, endParty, grantCoins, kickGuest, readmitGuest, renameGuest, revokeHostLink } = partyCommands
const { hostLinks } = partyQueries

// Each module types its own input; here they are only knocked at, with whatever is in `samples`.
type AnyCommand = Command<Who, unknown, unknown, Refusal, never>
type AnyQuery = Query<Who, unknown, unknown, Refusal>

// A command and a query have the same shape: which module exports it tells them apart.
const { previewResultFile, ...onlyImports } = importCommands
const quipflip = [lobbyCommands, sessionCommands, soloCommands, soloFlagCommands, soloClockCommands]
const sessionQueries = { ownSeat, sessionList, sessionResults, sessionStatus }
const commands = doorsIn<AnyCommand>([bettingCommands, partyCommands, deletionCommands, racingCommands, settleCommands, onlyImports, imposterCommands, imposterSettingsCommands, lanCommands, lanPeerCommands, ...quipflip])
const queries = doorsIn<AnyQuery>([bettingQueries, partyQueries, racingQueries, imposterQueries, soloQueries, lanQueries, sessionQueries, { deletionDate, exportNight, previewResultFile }])

let house: House
let night: Night
let others: Night
let gameId: string
let lapId: string
/** An input each command would accept from its host: what is refused is the person, not the shape. */
let samples: Record<string, unknown>

beforeAll(async () => {
  house = await startHouse()
  night = await startParty({ house, guests: 4 })
  others = await startParty({ house, names: ["Zoe", "Yan"] })
  gameId = await night.openRace(["Ann", "Bo"])
  accepted(await night.bet("Cy", "Ann", 100))
  lapId = accepted(await night.lap("Ann", "90")).lapId
  accepted(await night.host(createHostLink, { kind: "TV", label: "Big screen" }))
  const linkId = accepted(await night.ask(night.hostClaims, hostLinks)).links[0]?.id
  const guestId = night.idOf("Di")
  const driverId = night.idOf("Bo")
  const { roundId } = accepted(await night.guest("Di", soloCommands.beginSoloRound, { type: "PROMPT" })).round
  const { sessionId, players } = accepted(await night.guest("Bo", lobbyCommands.createSession, {})).session
  const { networkId, peerId } = await pcOf(night, "Di")
  await pcOf(others, "Zoe")
  samples = {
    chooseDeletionDate: { deletesAt: null },
    deletePartyOnItsDate: {},
    openLan: {},
    createLanInvitation: {},
    changeLanSettings: { maxPeers: 9 },
    kickLanPeer: { peerId },
    readmitLanPeer: { peerId },
    closeLan: {},
    moveLanOn: {},
    redeemLanInvitation: { observedAddress: null },
    lanHeartbeat: { networkId, observedAddress: null },
    sendLanSignal: { networkId, to: peerId, sequence: 1, body: { kind: "path", path: "direct", attempt: 1 } },
    leaveLan: { networkId },
    returnToLan: { networkId, observedAddress: null },
    renewLanToken: { networkId },
    createSession: {},
    joinSession: { code: "ABCD2345" },
    joinSessionById: { sessionId },
    setReady: { sessionId },
    addAiPlayer: { sessionId },
    removeAiPlayer: { sessionId, participantId: players[0]?.participantId },
    changeSessionSettings: { sessionId, pace: "X2" },
    startSession: { sessionId },
    playAgain: { sessionId },
    beginSessionRound: { sessionId },
    submitSessionRound: { sessionId, roundId, phrase: "WOBBLY JELLY" },
    leaveSession: { sessionId },
    pingSession: { sessionId },
    skipPlayer: { sessionId, participantId: players[0]?.participantId },
    skipPhase: { sessionId },
    endSession: { sessionId },
    moveSessionOn: { sessionId },
    placeBet: { targetUserId: driverId, amount: 1 },
    joinParty: { name: "Eve" },
    renameGuest: { guestId, name: "Dee" },
    kickGuest: { guestId },
    readmitGuest: { guestId },
    callGuest: { guestId },
    lockDoor: { isDoorLocked: true },
    changeSettings: { stakeLimitCoins: 7 },
    endParty: {},
    grantCoins: { guestId, amount: 5 },
    createHostLink: { kind: "CO_HOST", label: "Eve" },
    revokeHostLink: { linkId },
    deleteParty: {},
    createRace: {},
    registerDriver: { driverId: guestId, gameId },
    addDriverWithoutPhone: { name: "Old Tom", gameId },
    removeDriver: { gameId, driverId },
    openBetting: { gameId },
    startRace: { gameId },
    submitLapTime: { driverId, timeText: "91", gameId },
    voidLap: { lapId, reason: "cut" },
    restoreLap: { lapId },
    setDnf: { gameId, driverId, isDnf: true },
    settleRace: { gameId },
    resettleRace: { gameId },
    voidRace: { gameId },
    startImposterRound: {},
    openImposterVote: {},
    callImposterVote: {},
    castImposterVote: { targetId: guestId },
    leaveImposterRound: {},
    guessImposterWord: { text: "anything" },
    revealImposterRound: {},
    callOffImposterRound: {},
    changeImposterSettings: { discussionMinutes: 3 },
    moveImposterRoundOn: {},
    stockImposterWords: { topic: "en anything", pairs: [] },
    importResultFile: { file: new Uint8Array([123, 125]), session: 0, drivers: [], gameId },
    beginSoloRound: { type: "PROMPT" },
    beginSecondCopy: { promptRoundId: roundId },
    submitSoloRound: { roundId, phrase: "WOBBLY JELLY" },
    abandonSoloRound: { roundId },
    flagPhrase: { roundId },
    decideFlag: { promptRoundId: roundId, isKept: true },
    moveSoloOn: {},
  }
})
afterAll(() => house.stop())

it("every command has a sample, so that none is left out below", () => {
  expect(Object.keys(samples).sort()).toEqual(commands.map((command) => command.name).sort())
})

describe("[PTY-8] a host command refuses everybody who is not the host of this party", () => {
  const hostOnly = commands.filter((command) => command.who === "host").map((command) => command.name)

  it.each(hostOnly)("%s", async (name) => {
    await expectUntouched(night, async () => {
      for (const [who, claims] of strangers()) {
        expect([who, refusedWith(await tryCommand(name, claims))]).toEqual([who, "host_only"])
      }
    })
  })

  const hostQueries = queries.filter((query) => query.who === "host").map((query) => query.name)
  it.each(hostQueries)("%s", async (name) => {
    for (const [who, claims] of strangers()) expect([who, refusedWith(await tryQuery(name, claims))]).toEqual([who, "host_only"])
  })

  it("the host's night is the host's, the TV's is not a guest's", async () => {
    const guest = night.claimsOf("Cy")
    expect(refusedWith(await runQuery(night.runtime, nightFor("host"), guest, {}))).toBe("host_only")
    expect(refusedWith(await runQuery(night.runtime, nightFor("tv"), guest, {}))).toBe("not_signed_in")
    expect(refusedWith(await runQuery(night.runtime, nightFor("guest"), night.hostClaims, {}))).toBe("not_signed_in")
  })

  it("[PTY-8] a host who plays acts as the guest in guest commands and as the host in host commands", async () => {
    const both: Claims = { ...night.hostClaims, ...night.claimsOf("Di") }
    const shown = accepted(await runQuery(night.runtime, nightFor("guest"), both, {})).night
    expect(shown?.me?.name).toBe("Di")
    expect(accepted(await runQuery(night.runtime, nightFor("host"), both, {})).night).toMatchObject({ me: null, myBets: [] })
  })
})

describe("commands and questions for guests refuse people without a seat", () => {
  const forGuests = commands.filter(({ who }) => who === "guest" || who === "player").map((command) => command.name)
  it.each(forGuests)("%s", async (name) => {
    const nobody: [string, Claims][] = [
      ["no claim", {}],
      ["the host", night.hostClaims],
      ["a newcomer", { newcomer: { partyId: night.party.id } }],
      ["a seat that does not exist", { guest: { partyId: night.party.id, guestId: randomUUID() } }],
      ["a seat of another party", { guest: { partyId: night.party.id, guestId: others.idOf("Zoe") } }],
      ["a party that does not exist", { guest: { partyId: randomUUID(), guestId: night.idOf("Ann") } }],
    ]
    await expectUntouched(night, async () => {
      for (const [who, claims] of nobody) {
        const expected = who === "a party that does not exist" ? "party_unknown" : "not_signed_in"
        expect([who, refusedWith(await tryCommand(name, claims))]).toEqual([who, expected])
      }
    })
  })

  const forTheClock = commands.filter((command) => command.who === "clock").map((command) => command.name)
  it.each(forTheClock)("[IMP-18] %s is for the house alone", async (name) => {
    await expectUntouched(night, async () => {
      for (const claims of [{}, night.hostClaims, night.claimsOf("Cy"), { newcomer: { partyId: night.party.id } }]) {
        expect(refusedWith(await tryCommand(name, claims))).toBe("not_signed_in")
      }
    })
  })

  it("[PTY-2] the party PIN makes a guest and nothing else", async () => {
    const newcomer: Claims = { newcomer: { partyId: night.party.id } }
    await expectUntouched(night, async () => {
      for (const command of commands.filter(({ who }) => who !== "newcomer")) {
        expect(["host_only", "not_signed_in", "lan_token_unknown"]).toContain(refusedWith(await tryCommand(command.name, newcomer)))
      }
      for (const query of queries) {
        expect(["host_only", "not_signed_in", "lan_token_unknown"]).toContain(refusedWith(await tryQuery(query.name, newcomer)))
      }
    })
  })

  it("[RAC-7] a driver without a phone has no seat to act from", async () => {
    const before = new Set(accepted(await night.ask(night.hostClaims, partyQueries.allGuests)).users.map(({ id }) => id))
    accepted(await night.host(racingCommands.addDriverWithoutPhone, { name: "Uncle", gameId }))
    const seat = accepted(await night.ask(night.hostClaims, partyQueries.allGuests)).users.find(({ id }) => !before.has(id))
    const claims: Claims = { guest: { partyId: night.party.id, guestId: seat?.id ?? "" } }
    expect(seat).toMatchObject({ isDriverSeat: true })
    expect(refusedWith(await tryCommand("placeBet", claims))).toBe("not_signed_in")
    expect(refusedWith(await night.host(grantCoins, { guestId: seat?.id, amount: 1 }))).toBe("guest_has_no_purse")
  })
})

describe("[LAN-31] commands and questions of PCs are for who shows a token of a living peer", () => {
  const forPcs = (who: Who) => who === "lanPeer" || who === "lanReturner" || who === "lanInvitee"
  const commandsOfPcs = commands.filter(({ who }) => forPcs(who)).map(({ name }) => name)
  const questionsOfPcs = queries.filter(({ who }) => forPcs(who)).map(({ name }) => name)

  it.each([...commandsOfPcs, ...questionsOfPcs])("%s", async (name) => {
    const shownAt = night.clock.now()
    const unknownToken = { lanPeer: { partyId: night.party.id, tokenHash: "0".repeat(64), shownAt } }
    const invitation = { partyId: night.party.id, invitationId: randomUUID(), publicKey: "" }
    await expectUntouched(night, async () => {
      for (const [who, claims] of [...strangers(), ["the host", night.hostClaims], ["a token of nobody", unknownToken], ["one that comes back", { lanReturner: unknownToken.lanPeer }], ["a line of nobody", { lanInvitee: invitation }]] as const) {
        const answer = commandsOfPcs.includes(name) ? await tryCommand(name, claims) : await tryQuery(name, claims, { networkId: "0".repeat(12) })
        expect([who, ["lan_token_unknown", "not_signed_in"].includes(refusedWith(answer))]).toEqual([who, true])
      }
    })
  })

  it("and a token opens nothing else", async () => {
    const { claims } = await pcOf(night, "Cy")
    await expectUntouched(night, async () => {
      for (const { name, who } of commands.filter(({ who }) => !forPcs(who))) {
        expect([name, who, ["host_only", "not_signed_in"].includes(refusedWith(await tryCommand(name, claims)))]).toEqual([name, who, true])
      }
      for (const { name } of queries.filter(({ who }) => !forPcs(who))) {
        expect([name, ["host_only", "not_signed_in"].includes(refusedWith(await tryQuery(name, claims)))]).toEqual([name, true])
      }
    })
  })
})

describe("a host finds nobody and nothing of another party", () => {
  it("every command that names something of the other party is refused and changes nothing", async () => {
    const unknown = new Set(["guest_unknown", "driver_unknown", "race_unknown", "lap_unknown", "link_unknown", "target_not_in_race", "not_flagged", "session_not_found", "lan_peer_unknown"])
    const naming = commands.filter(({ name, who }) => !["guest", "player", "clock", "lanPeer", "lanReturner", "lanInvitee"].includes(who) && name !== "importResultFile" && namesSomething(samples[name]))
    expect(naming.length).toBeGreaterThan(15)
    await expectUntouched(night, async () => {
      for (const { name } of naming) {
        const code = refusedWith(await tryCommand(name, others.hostClaims))
        expect([name, unknown.has(code)]).toEqual([name, true])
      }
    })
  })

  it("[RAC-33] an import names guests and races of its own party only", async () => {
    const { readFile } = await import("node:fs/promises")
    const file = new Uint8Array(await readFile("src/testing/fixtures/sim-results/acc-race.json"))
    const to = { kind: "GUEST", guestId: night.idOf("Ann") }
    await expectUntouched(night, async () => {
      const foreignGuest = { file, session: 0, drivers: [{ driver: 0, to }] }
      expect(refusedWith(await others.host(importCommands.importResultFile, foreignGuest))).toBe("driver_unknown")
      const foreignRace = { file, session: 0, drivers: [{ driver: 0, to: { kind: "NEW_SEAT" } }], gameId }
      expect(refusedWith(await others.host(importCommands.importResultFile, foreignRace))).toBe("race_unknown")
    })
  })

  it("questions show the own party alone", async () => {
    const theirs = JSON.stringify(await Promise.all(queries.filter(({ who }) => who !== "guest").map(({ name }) => tryQuery(name, others.hostClaims, {}))))
    const seen = theirs + JSON.stringify(await runQuery(night.runtime, nightFor("guest"), others.claimsOf("Zoe"), {}))
    expect(seen).toContain(others.idOf("Zoe"))
    for (const secret of [night.party.id, gameId, lapId, ...[...night.guests.values()].map(({ id }) => id)]) {
      expect(seen).not.toContain(secret)
    }
    expect(refusedWith(await others.ask(others.hostClaims, racingQueries.leaderboard, { gameId }))).toBe("race_unknown")
  })
})

describe("what a guest may do for themself only", () => {
  it("[RAC-7] [RAC-14] entering, leaving and timing somebody else is the host's", async () => {
    const someoneElse = night.idOf("Bo")
    accepted(await night.host(changeSettings, { isSelfTimingOn: true }))
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.guest("Cy", racingCommands.registerDriver, { driverId: someoneElse, gameId }))).toBe("only_the_host")
      expect(refusedWith(await night.guest("Cy", racingCommands.removeDriver, { driverId: someoneElse, gameId }))).toBe("only_the_host")
      const lap = { driverId: someoneElse, gameId, timeText: "10" }
      expect(refusedWith(await night.guest("Cy", racingCommands.submitLapTime, lap))).toBe("only_the_host")
    })
  })
})

describe("people who were sent away", () => {
  it("[PTY-10] a kicked guest is out at once in every command and question, and back when the kick is undone", async () => {
    const party = await startParty({ house, guests: 2 })
    const gameId = await party.openRace(["Ann"])
    accepted(await party.kick("Bo"))
    const claims = party.claimsOf("Bo")
    await expectUntouched(party, async () => {
      for (const command of commands.filter(({ who }) => who === "guest" || who === "player" || who === "hostOrGuest")) {
        expect([command.name, refusedWith(await tryCommand(command.name, claims))]).toEqual([command.name, "kicked"])
      }
      for (const query of queries.filter(({ who }) => who === "guest" || who === "anyone")) {
        expect([query.name, refusedWith(await tryQuery(query.name, claims))]).toEqual([query.name, "kicked"])
      }
      expect(refusedWith(await runQuery(party.runtime, nightFor("guest"), claims, {}))).toBe("kicked")
    })
    accepted(await party.host(readmitGuest, { guestId: party.idOf("Bo") }))
    expect(accepted(await party.guest("Bo", bettingCommands.placeBet, { targetUserId: party.idOf("Ann"), amount: 1, gameId })).walletBalance).toBe(999)
  })

  it("[PTY-10] a guest kicked while twenty of their bets are on the way: what was taken is whole, the rest refused", async () => {
    const party = await startParty({ house, guests: 2 })
    await party.openRace(["Ann"])
    const taps = Array.from({ length: 20 }, () => party.bet("Bo", "Ann", 10))
    const kicked = party.kick("Bo")
    const late = Array.from({ length: 5 }, () => party.bet("Bo", "Ann", 10))
    const answers = await Promise.all([...taps, ...late])
    accepted(await kicked)
    expect(answers.slice(20).map(refusedWith)).toEqual(Array.from({ length: 5 }, () => "kicked"))
    expect(await party.purse("Bo")).toBe(1000 - 10 * answers.filter((answer) => answer.ok).length)
    await expectConserved(party)
  })

  it("[PTY-7] a co-host whose link was revoked is out at once; the host stays", async () => {
    const party = await startParty({ house, guests: 1 })
    const { token } = accepted(await party.host(createHostLink, { kind: "CO_HOST", label: "Bea" }))
    const link = accepted(await linkAtDoor(party.runtime, "10.0.0.9", token))
    const coHost: Claims = { host: { partyId: link.partyId, linkId: link.linkId } }
    accepted(await runCommand(party.runtime, callGuest, { claims: coHost }, { guestId: party.idOf("Ann") }))
    accepted(await party.host(revokeHostLink, { linkId: link.linkId }))
    expect(refusedWith(await runCommand(party.runtime, callGuest, { claims: coHost }, { guestId: party.idOf("Ann") }))).toBe("host_only")
    expect(refusedWith(await runQuery(party.runtime, nightFor("host"), coHost, {}))).toBe("host_only")
    expect(refusedWith(await party.host(revokeHostLink, { linkId: link.linkId }))).toBe("link_unknown")
    accepted(await party.host(renameGuest, { guestId: party.idOf("Ann"), name: "Anna" }))
  })

  it("[PTY-12] when the party has ended guests look and do not act; the host still settles", async () => {
    const party = await startParty({ house, guests: 2 })
    const gameId = await party.openRace(["Ann"])
    accepted(await party.bet("Bo", "Ann", 100))
    accepted(await party.lap("Ann", "90"))
    accepted(await party.host(endParty, {}))
    const claims = party.claimsOf("Bo")
    await expectUntouched(party, async () => {
      for (const command of commands.filter(({ who }) => who === "guest" || who === "player" || who === "hostOrGuest")) {
        expect([command.name, refusedWith(await tryCommand(command.name, claims))]).toEqual([command.name, "party_ended"])
      }
      expect(refusedWith(await party.knock("Late"))).toBe("party_ended")
    })
    expect(accepted(await runQuery(party.runtime, nightFor("guest"), claims, {})).night?.party.status).toBe("ENDED")
    accepted(await party.settle(gameId))
    expect(await party.purse("Bo")).toBe(1100)
    expect(accepted(await party.ask(party.hostClaims, exportNight)).bets).toHaveLength(1)
    accepted(await party.host(kickGuest, { guestId: party.idOf("Bo") }))
  })

  it("[PTY-16] a deleted party leaves nothing behind, and its people are told there is none", async () => {
    const party = await startParty({ house, guests: 2 })
    const beside = await night.version()
    const gameId = await party.openRace(["Ann"])
    accepted(await party.bet("Bo", "Ann", 100, "tap-0123456789abcdef"))
    accepted(await party.lap("Ann", "90"))
    accepted(await party.settle(gameId))
    accepted(await party.guest("Ann", lobbyCommands.createSession, {}))
    accepted(await party.guest("Bo", soloCommands.beginSoloRound, { type: "PROMPT" }))
    accepted(await party.host(createHostLink, { kind: "TV", label: "TV" }))
    await pcOf(party, "Bo")
    accepted(await party.host(deleteParty, {}))
    const { sql } = await import("drizzle-orm")
    const left = await party.runtime.db.execute<{ n: number }>(sql`
      select (select count(*) from parties where id = ${party.party.id}) + (select count(*) from party_users where party_id = ${party.party.id})
        + (select count(*) from party_events where party_id = ${party.party.id}) + (select count(*) from ledger_transfers where party_id = ${party.party.id})
        + (select count(*) from command_requests where party_id = ${party.party.id}) + (select count(*) from party_host_links where party_id = ${party.party.id})
        + (select count(*) from party_games where party_id = ${party.party.id}) + (select count(*) from betting_markets where party_id = ${party.party.id})
        + (select count(*) from party_sessions where party_id = ${party.party.id}) + (select count(*) from quipflip_rounds where party_id = ${party.party.id})
        + (select count(*) from lan_networks where party_id = ${party.party.id}) + (select count(*) from lan_peers where guest_id = ${party.idOf("Bo")})
        + (select count(*) from bets where bettor_id = ${party.idOf("Bo")}) as n`)
    expect(left.rows).toEqual([{ n: 0 }])
    expect(refusedWith(await party.bet("Bo", "Ann", 1))).toBe("party_unknown")
    expect(refusedWith(await party.host(endParty, {}))).toBe("party_unknown")
    expect(refusedWith(await runQuery(party.runtime, nightFor("guest"), party.claimsOf("Bo"), {}))).toBe("party_unknown")
    expect(await night.version()).toBe(beside)
  })
})

function strangers(): [string, Claims][] {
  const partyId = night.party.id
  return [
    ["nobody", {}],
    ["a guest", night.claimsOf("Cy")],
    ["a newcomer", { newcomer: { partyId } }],
    ["a TV", { tv: { partyId, linkId: randomUUID() } }],
    ["a co-host by a link that does not exist", { host: { partyId, linkId: randomUUID() } }],
    ["a guest with such a link", { ...night.claimsOf("Cy"), host: { partyId, linkId: randomUUID() } }],
  ]
}

function tryCommand(name: string, claims: Claims) {
  const command = commands.find((known) => known.name === name)
  if (!command) throw new Error(`no command is called ${name}`)
  return runCommand(night.runtime, command, { claims }, samples[name])
}

function tryQuery(name: string, claims: Claims, input: unknown = { file: new Uint8Array([123, 125]), sessionId: randomUUID() }) {
  const query = queries.find((known) => known.name === name)
  if (!query) throw new Error(`no query is called ${name}`)
  return runQuery(night.runtime, query, claims, input)
}

function namesSomething(input: unknown): boolean {
  return Object.values(input as object).some((value) => typeof value === "string" && /^([0-9a-f-]{36}|[0-9a-f]{16})$/.test(value))
}

function doorsIn<T>(modules: readonly object[]): T[] {
  return modules.flatMap((module) => Object.values(module).filter(isDoor) as T[])
}

function isDoor(value: unknown): boolean {
  return typeof value === "object" && value !== null && "run" in value && "who" in value && "input" in value
}
