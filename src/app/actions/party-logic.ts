"use server"

import { placeBet } from "@/betting/commands"
import { userBets } from "@/betting/queries"
import {
  callImposterVote,
  callOffImposterRound,
  castImposterVote,
  guessImposterWord,
  leaveImposterRound,
  openImposterVote,
  revealImposterRound,
  startImposterRound,
} from "@/games/imposter/commands"
import { activeImposterRound } from "@/games/imposter/queries"
import { changeImposterSettings } from "@/games/imposter/settings-commands"
import { abandonSoloRound, beginSecondCopy, beginSoloRound, submitSoloRound } from "@/games/quipflip/solo-commands"
import { decideFlag, flagPhrase } from "@/games/quipflip/solo-flag-commands"
import { flaggedPhrases } from "@/games/quipflip/solo-queries"
import {
  addAiPlayer,
  changeSessionSettings,
  createSession,
  joinSession,
  joinSessionById,
  playAgain,
  removeAiPlayer,
  setReady,
  startSession,
} from "@/games/quipflip/lobby-commands"
import { beginSessionRound, endSession, leaveSession, pingSession, skipPhase, skipPlayer, submitSessionRound } from "@/games/quipflip/session-commands"
import {
  addDriverWithoutPhone,
  createRace,
  openBetting,
  registerDriver,
  removeDriver,
  restoreLap,
  setDnf,
  startRace,
  submitLapTime,
  voidLap,
} from "@/games/racing/commands"
import { leaderboard } from "@/games/racing/queries"
import { resettleRace, settleRace, voidRace } from "@/games/racing/settle-commands"
import type { Answer } from "@/kernel/answer"
import { ok, type Result } from "@/kernel/result"
import { changeLanSettings, closeLan, createLanInvitation, kickLanPeer, readmitLanPeer } from "@/lan/commands"
import { invitationLink } from "@/lan/invitations"
import { lanKicked } from "@/lan/queries"
import {
  callGuest,
  changeSettings,
  createHostLink,
  deleteParty,
  endParty,
  grantCoins,
  joinParty,
  kickGuest,
  lockDoor,
  readmitGuest,
  renameGuest,
  revokeHostLink,
} from "@/party/commands"
import { chooseDeletionDate } from "@/party/deletion-commands"
import { deletionDate } from "@/party/deletion-queries"
import { allGuests, currentGuest, eventLog, hostLinks, receipt } from "@/party/queries"
import type { OwnGuestView, TvView } from "@/party/view"
import { act, ask, doing, readRequestId } from "@/server/action"
import { guestAtDoor, hostAtDoor, linkAtDoor, newcomerAtDoor } from "@/server/door"
import { lanRelayLoad } from "@/server/lan-relay-load"
import { startNewParty } from "@/server/new-party"
import type { AppRefusal } from "@/server/refusal"
import { addressOfRequest, claimsOfRequest, dropClaim, originOfRequest, setClaim } from "@/server/request"
import { runCommand } from "@/server/run-command"

// Every export is a door anyone can knock at. `act` and `ask` carry the guard; the four doors below make the claims.

// ── The door ────────────────────────────────────────────────────────────────

/** A seat, a personal PIN and 1000 coins for whoever shows the party PIN. `requestId` makes a second send harmless. */
export async function joinPartyAction(name: string, partyPin?: number | string, requestId?: string): Promise<Answer<{ user: OwnGuestView }>> {
  return doing("joinParty", async (parts): Promise<Result<{ user: OwnGuestView }, AppRefusal>> => {
    const id = readRequestId(requestId)
    if (!id.ok) return id
    const party = await newcomerAtDoor(parts, await addressOfRequest(parts), partyPin)
    if (!party.ok) return party
    const partyId = party.value.id
    const caller = { claims: { newcomer: { partyId } }, ...(id.value ? { requestId: id.value } : {}) }
    const joined = await runCommand(parts, joinParty, caller, { name })
    if (joined.ok) await setClaim(parts, "guest", { partyId, guestId: joined.value.user.id })
    return joined
  })
}

/** Back in the own seat on another phone. */
export async function loginWithPinAction(pinCode: number | string, partyPin?: number | string): Promise<Answer<{ user: OwnGuestView }>> {
  return doing("loginWithPin", async (parts): Promise<Result<{ user: OwnGuestView }, AppRefusal>> => {
    const back = await guestAtDoor(parts, await addressOfRequest(parts), { partyPin, personalPin: pinCode })
    if (!back.ok) return back
    await setClaim(parts, "guest", back.value.claim)
    return ok({ user: back.value.user })
  })
}

/** Gives the seat on this phone back; the guest stays in the party. */
export async function leaveThisPhoneAction(): Promise<Answer> {
  return doing("leaveThisPhone", async () => {
    await dropClaim("guest")
    return ok({})
  })
}

/** The host's passcode. `partyPin` picks the party where there are several. */
export async function hostLoginAction(passcode: string, partyPin?: number | string): Promise<Answer> {
  return doing("hostLogin", async (parts): Promise<Result<Record<string, never>, AppRefusal>> => {
    const host = await hostAtDoor(parts, await addressOfRequest(parts), { passcode, partyPin })
    if (!host.ok) return host
    await setClaim(parts, "host", host.value)
    return ok({})
  })
}

/** Opens a link: the host's works once, a co-host's and a TV's until revoked. Tells where it leads. */
export async function openLinkAction(token: string): Promise<Answer<{ goTo: string }>> {
  return doing("openLink", async (parts): Promise<Result<{ goTo: string }, AppRefusal>> => {
    const link = await linkAtDoor(parts, await addressOfRequest(parts), token)
    if (!link.ok) return link
    const { kind, partyId, linkId } = link.value
    await setClaim(parts, kind, { partyId, linkId })
    return ok({ goTo: kind === "tv" ? "/party/tv" : "/admin/race-control" })
  })
}

/** A party for whoever stands at the landing page, where the operator allows it [PTY-22]. Link and passcode are in this answer and nowhere else. */
export async function startPartyAction(
  name: string,
  operatorPasscode?: string,
): Promise<Answer<{ name: string; joinPin: number; hostLink: string; joinLink: string; passcode: string; deletesAt: string | null }>> {
  return doing("startParty", async (parts) => {
    const started = await startNewParty(parts, await addressOfRequest(parts), { name, passcode: operatorPasscode })
    if (!started.ok) return started
    const { hostToken, ...party } = started.value
    const origin = await originOfRequest(parts)
    return ok({ ...party, hostLink: `${origin}/admin/login#${hostToken}`, joinLink: `${origin}/party/join?pin=${party.joinPin}` })
  })
}

export async function hostLogoutAction(): Promise<Answer> {
  return doing("hostLogout", async () => {
    await dropClaim("host")
    return ok({})
  })
}

// ── Guests ──────────────────────────────────────────────────────────────────

/** The guest of this phone, or null. */
export async function getCurrentPartyUserAction(): Promise<OwnGuestView | null> {
  const answer = await ask(currentGuest, {})
  return answer.success ? answer.user : null
}

export async function getAllPartyUsersAction() {
  return ask(allGuests, {})
}

/** Each movement of the own purse with its cause, newest first. */
export async function getReceiptAction() {
  return ask(receipt, {})
}

export async function renameGuestAction(guestId: string, name: string) {
  return act(renameGuest, { guestId, name })
}

export async function kickGuestAction(guestId: string) {
  return act(kickGuest, { guestId })
}

export async function readmitGuestAction(guestId: string) {
  return act(readmitGuest, { guestId })
}

/** Buzzes one phone: "You drive next". */
export async function callGuestAction(guestId: string, message?: string) {
  return act(callGuest, { guestId, message })
}

export async function grantCoinsAction(guestId: string, amount: number, reason?: string, requestId?: string) {
  return act(grantCoins, { guestId, amount, reason }, requestId)
}

// ── The party ───────────────────────────────────────────────────────────────

export async function lockDoorAction(isDoorLocked: boolean) {
  return act(lockDoor, { isDoorLocked })
}

export async function changeSettingsAction(settings: {
  name?: string
  familyFilter?: "OFF" | "MILD" | "STRICT"
  isSelfTimingOn?: boolean
  isSelfBettingOn?: boolean
  stakeLimitCoins?: number
  tvView?: TvView | null
}) {
  return act(changeSettings, settings)
}

export async function endPartyAction() {
  return act(endParty, {})
}

/** Deletes the party and everything that belongs to it. There is no way back. */
export async function deletePartyAction() {
  return act(deleteParty, {})
}

/** When the party is deleted by itself; null for never [PTY-20]. */
export async function getDeletionDateAction() {
  return ask(deletionDate, {})
}

/** Another date for that, as an ISO instant, or null for never. */
export async function chooseDeletionDateAction(deletesAt: string | null) {
  return act(chooseDeletionDate, { deletesAt })
}

/** A link for a co-host or a TV. Its token is in this answer and nowhere else. */
export async function createHostLinkAction(kind: "CO_HOST" | "TV", label: string) {
  return act(createHostLink, { kind, label })
}

export async function revokeHostLinkAction(linkId: string) {
  return act(revokeHostLink, { linkId })
}

export async function getHostLinksAction() {
  return ask(hostLinks, {})
}

export async function getEventLogAction() {
  return ask(eventLog, {})
}

// ── Racing ──────────────────────────────────────────────────────────────────

export async function createRaceAction(title?: string, track?: string, requestId?: string) {
  return act(createRace, { title, track }, requestId)
}

/** A guest enters the race, or the host enters a guest. */
export async function registerDriverAction(driverId?: string, gameId?: string) {
  return act(registerDriver, { driverId, gameId })
}

export async function addDriverWithoutPhoneAction(name: string, gameId?: string, requestId?: string) {
  return act(addDriverWithoutPhone, { name, gameId }, requestId)
}

export async function removeDriverAction(gameId: string, driverId: string) {
  return act(removeDriver, { gameId, driverId })
}

export async function openBettingAction(gameId: string, oddsMode?: "FIXED" | "PARIMUTUEL") {
  return act(openBetting, { gameId, oddsMode })
}

export async function startRaceAction(gameId: string) {
  return act(startRace, { gameId })
}

/** A lap as people type it: "1:24.500" or "84.5". The host names the driver; a driver who times the own laps need not. */
export async function submitLapTimeAction(
  timeString: string,
  carModel?: string,
  track?: string,
  driverId?: string,
  gameId?: string,
  requestId?: string,
) {
  return act(submitLapTime, { timeText: timeString, carModel, track, driverId, gameId }, requestId)
}

export async function getSimRacingLeaderboardAction(gameId?: string) {
  return ask(leaderboard, { gameId })
}

export async function voidLapAction(lapId: string, reason: string) {
  return act(voidLap, { lapId, reason })
}

export async function restoreLapAction(lapId: string) {
  return act(restoreLap, { lapId })
}

export async function setDnfAction(gameId: string, driverId: string, isDnf: boolean) {
  return act(setDnf, { gameId, driverId, isDnf })
}

/** Calls the race off; every stake goes back. */
export async function voidRaceAction(gameId: string) {
  return act(voidRace, { gameId })
}

// ── Betting ─────────────────────────────────────────────────────────────────

export async function placeBetAction(targetUserId: string, amount: number, gameId?: string, requestId?: string) {
  return act(placeBet, { targetUserId, amount, gameId }, requestId)
}

/** The chequered flag: pays the winner's backers. */
export async function settleBetsAction(gameId: string) {
  return act(settleRace, { gameId })
}

/** Settles a finished race anew after a correction. */
export async function resettleBetsAction(gameId: string) {
  return act(resettleRace, { gameId })
}

export async function getUserBetsAction() {
  return ask(userBets, {})
}

// ── Imposter ────────────────────────────────────────────────────────────────

/** Deals the cards: to everybody, or to the players picked. */
export async function startImposterRoundAction(playerIds?: string[], requestId?: string) {
  return act(startImposterRound, { playerIds }, requestId)
}

/** The round as everybody sees it, with the own card. */
export async function getActiveImposterRoundAction() {
  return ask(activeImposterRound, {})
}

/** The host opens the vote. */
export async function openImposterVoteAction(requestId?: string) {
  return act(openImposterVote, {}, requestId)
}

/** A guest calls for the vote. */
export async function callImposterVoteAction(requestId?: string) {
  return act(callImposterVote, {}, requestId)
}

/** Names somebody in the vote with this number. */
export async function castImposterVoteAction(targetId: string, vote?: number, requestId?: string) {
  return act(castImposterVote, { targetId, vote }, requestId)
}

export async function leaveImposterRoundAction() {
  return act(leaveImposterRound, {})
}

/** The caught imposter's one guess. */
export async function guessImposterWordAction(text: string, requestId?: string) {
  return act(guessImposterWord, { text }, requestId)
}

/** The host counts the votes that are there, or ends the guess: whichever was `seen`. */
export async function revealImposterRoundAction(seen: { status?: string; vote?: number }, requestId?: string) {
  return act(revealImposterRound, seen, requestId)
}

export async function callOffImposterRoundAction() {
  return act(callOffImposterRound, {})
}

export async function changeImposterSettingsAction(settings: {
  category?: string | null
  theme?: string | null
  language?: string
  imposterCount?: number
  hasMisterWhite?: boolean
  discussionMinutes?: number
}) {
  return act(changeImposterSettings, settings)
}

// ── Quipflip alone ──────────────────────────────────────────────────────────

/** Writes, copies or votes on what waits, for its fee. */
export async function beginSoloRoundAction(type: "PROMPT" | "COPY" | "VOTE", requestId?: string) {
  return act(beginSoloRound, { type }, requestId)
}

/** Buys the other copy of a phrase this guest has copied. */
export async function beginSecondCopyAction(promptRoundId: string, requestId?: string) {
  return act(beginSecondCopy, { promptRoundId }, requestId)
}

/** The phrase written, or the one of the three a vote is for. */
export async function submitSoloRoundAction(roundId: string, phrase: string, requestId?: string) {
  return act(submitSoloRound, { roundId, phrase }, requestId)
}

export async function abandonSoloRoundAction(roundId: string, requestId?: string) {
  return act(abandonSoloRound, { roundId }, requestId)
}

/** Hands the phrase one was to copy to the host, who decides whether it is shown. */
export async function flagPhraseAction(roundId: string, requestId?: string) {
  return act(flagPhrase, { roundId }, requestId)
}

/** The host keeps a flagged phrase or removes it. */
export async function decideFlagAction(promptRoundId: string, isKept: boolean, requestId?: string) {
  return act(decideFlag, { promptRoundId, isKept }, requestId)
}

/** The phrases that wait for the host's word. */
export async function flaggedPhrasesAction() {
  return ask(flaggedPhrases, {})
}

// ── Quipflip together ───────────────────────────────────────────────────────

type SessionSettings = { promptsPerPlayer?: number; copiesPerPlayer?: number; votesPerPlayer?: number; pace?: "X1" | "X1_5" | "X2" | "OFF" }

/** Opens a lobby, whose host is who opens it. */
export async function createSessionAction(settings: SessionSettings & { minPlayers?: number; maxPlayers?: number } = {}, requestId?: string) {
  return act(createSession, settings, requestId)
}

/** Sits down by the lobby's code, as it was typed. Also the way back for who left a running session. */
export async function joinSessionAction(code: string, requestId?: string) {
  return act(joinSession, { code }, requestId)
}

export async function joinSessionByIdAction(sessionId: string, requestId?: string) {
  return act(joinSessionById, { sessionId }, requestId)
}

export async function leaveSessionAction(sessionId: string) {
  return act(leaveSession, { sessionId })
}

export async function setReadyAction(sessionId: string, isReady: boolean) {
  return act(setReady, { sessionId, isReady })
}

/** Buzzes the phones of those a session waits for. */
export async function pingSessionAction(sessionId: string) {
  return act(pingSession, { sessionId })
}

export async function addAiPlayerAction(sessionId: string) {
  return act(addAiPlayer, { sessionId })
}

export async function removeAiPlayerAction(sessionId: string, participantId: string) {
  return act(removeAiPlayer, { sessionId, participantId })
}

export async function changeSessionAction(sessionId: string, settings: SessionSettings) {
  return act(changeSessionSettings, { ...settings, sessionId })
}

export async function startSessionAction(sessionId: string) {
  return act(startSession, { sessionId })
}

/** Begins what is to be played next, and charges for it. Asking twice gives the same round. */
export async function beginSessionRoundAction(sessionId: string, lifecycleVersion?: number, requestId?: string) {
  return act(beginSessionRound, { sessionId, lifecycleVersion }, requestId)
}

/** A phrase for the round; a vote sends the phrase it is for. */
export async function submitSessionRoundAction(
  submission: { sessionId: string; roundId: string; phrase: string; lifecycleVersion?: number },
  requestId?: string,
) {
  return act(submitSessionRound, submission, requestId)
}

/** The same people in a new lobby. */
export async function playAgainAction(sessionId: string, requestId?: string) {
  return act(playAgain, { sessionId }, requestId)
}

/** The house plays what this player owes in the phase. */
export async function skipPlayerAction(sessionId: string, participantId: string, lifecycleVersion?: number) {
  return act(skipPlayer, { sessionId, participantId, lifecycleVersion })
}

export async function skipPhaseAction(sessionId: string, lifecycleVersion?: number) {
  return act(skipPhase, { sessionId, lifecycleVersion })
}

/** Gives the session up: fees come back. */
export async function endSessionAction(sessionId: string) {
  return act(endSession, { sessionId })
}

// ── The virtual LAN ─────────────────────────────────────────────────────────

/**
 * One line for one PC of whoever asks: its link and when it runs out (ISO). A tap's id is not taken: an answer with a secret in
 * it is remembered nowhere [LAN-21]. Sent twice, the second line takes the place of the first [LAN-24].
 */
export async function createLanInvitationAction(): Promise<Answer<{ link: string; expiresAt: string; networkId: string }>> {
  return doing("createLanInvitation", async (parts): Promise<Result<{ link: string; expiresAt: string; networkId: string }, AppRefusal>> => {
    const made = await runCommand(parts, createLanInvitation, { claims: await claimsOfRequest(parts) }, {})
    if (!made.ok) return made
    const { invitation, expiresAt, networkId } = made.value
    return ok({ link: invitationLink(await originOfRequest(parts), invitation), expiresAt, networkId })
  })
}

/** Name, size and password of the network; a password of null takes it off [LAN-5] [LAN-6]. */
export async function changeLanSettingsAction(settings: { name?: string; maxPeers?: number; password?: string | null }) {
  return act(changeLanSettings, settings)
}

export async function kickLanPeerAction(peerId: string) {
  return act(kickLanPeer, { peerId })
}

export async function readmitLanPeerAction(peerId: string) {
  return act(readmitLanPeer, { peerId })
}

/** Whom the host took out of the network, and may let back in. */
export async function lanKickedAction() {
  return ask(lanKicked, {})
}

export async function closeLanAction() {
  return act(closeLan, {})
}

/** What the relay carries for this party's network [LAN-91]. */
export async function lanRelayLoadAction() {
  return doing("lanRelayLoad", async (parts) => lanRelayLoad(parts, await claimsOfRequest(parts)))
}
