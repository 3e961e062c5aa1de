import "server-only"
import { z } from "zod"
import { ok, type Result } from "@/kernel/result"
import {
  changeLanSettings,
  closeLan,
  createLanInvitation,
  kickLanPeer,
  openLan,
  readmitLanPeer,
} from "@/lan/commands"
import { readEndpoint } from "@/lan/candidates"
import { heartbeatBody, inviteInput, lanPeerInput, lanSettingsInput, networkPath, openNetworkInput, redeemBody, returnBody, signalInputBody, signalsQuery } from "@/lan/input"
import { invitationLink } from "@/lan/invitations"
import { lanHeartbeat, leaveLan, redeemLanInvitation, renewLanToken, returnToLan, sendLanSignal } from "@/lan/peer-commands"
import { partyInfo, peerInfo } from "@/lan/peer-view"
import { endpointSchema, relayWebSocketPath } from "@/lan/protocol"
import { lanChannels, lanKicked, lanPairs, lanPeerList, lanSignalsFor, lanStatus, lanSummary } from "@/lan/queries"
import { relayLoadShape } from "@/lan/relay/load-shape"
import { relaySecretOf, relayTicketInfo, relayTicketsFor } from "@/lan/relay-tickets"
import { summaryShape } from "@/lan/rest-shapes"
import { signalView } from "@/lan/signals"
import { embeddedRelay } from "./embedded-relay"
import { inviteeAtDoor, keyChallenge } from "./lan-door"
import { lanRelayLoad } from "./lan-relay-load"
import type { AppRefusal, RefusalCode } from "./refusal"
import { addressOfRequest, originOfRequest } from "./request"
import { restDoor, type RestDoor } from "./rest-endpoint"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"

const lan = "/api/v1/lan"
const network = `${lan}/{networkId}`
const none = z.object({})
const success = z.literal(true)
const version = z.int()
const done = z.object({ success, version }).meta({ id: "LanDone" })

// Of phones and the host.
const looking: readonly RefusalCode[] = ["input_invalid", "not_signed_in", "kicked", "party_unknown"]
const acting: readonly RefusalCode[] = [...looking, "party_ended", "party_busy"]
const hosting: readonly RefusalCode[] = ["input_invalid", "host_only", "party_unknown", "party_busy", "lan_no_network"]
// Of PCs.
const asPeer: readonly RefusalCode[] = [
  "input_invalid",
  "party_unknown",
  "lan_token_unknown",
  "lan_token_expired",
  "lan_kicked",
  "kicked",
  "lan_silent",
  "lan_network_ended",
  "lan_network_unknown",
]
const actingAsPeer: readonly RefusalCode[] = [...asPeer, "party_ended", "party_busy"]

const open = restDoor({
  method: "post",
  path: `${lan}/networks`,
  summary: "Begins the party's virtual LAN, or finds it",
  params: none,
  input: openNetworkInput,
  answer: z.object({ success, lan: summaryShape, version }).meta({ id: "LanOpened" }),
  errors: acting,
  hasRequestId: true,
  work: ({ parts, caller }) => runCommand(parts, openLan, caller, {}),
})

const summary = restDoor({
  method: "get",
  path: `${lan}/networks`,
  summary: "The party's virtual LAN as everybody sees it: who is in, how, with what latency",
  params: none,
  input: none,
  answer: z.object({ success, lan: summaryShape.nullable() }).meta({ id: "LanSummary" }),
  errors: looking,
  work: ({ parts, caller }) => runQuery(parts, lanSummary, caller.claims, {}),
})

const invite = restDoor({
  method: "post",
  path: `${lan}/invitations`,
  summary: "One line for one PC of the caller; an older line of theirs that is not used yet stops working",
  params: none,
  input: inviteInput,
  answer: z
    .object({
      success,
      network_id: z.string(),
      invitation: z.string(),
      link: z.string().describe("npm run lan -- join <link>"),
      expires_at: z.iso.datetime(),
      version,
    })
    .meta({ id: "LanInvitation" }),
  errors: [...acting, "lan_barred", "lan_too_many_pcs", "lan_host_here"],
  work: async ({ parts, caller }) => {
    const made = await runCommand(parts, createLanInvitation, caller, {})
    if (!made.ok) return made
    const { networkId, invitation, expiresAt } = made.value
    const link = invitationLink(await originOfRequest(parts), invitation)
    return ok({ network_id: networkId, invitation, link, expires_at: expiresAt, version: made.value.version })
  },
})

const settings = restDoor({
  method: "post",
  path: `${lan}/settings`,
  summary: "Name, size and password of the network (host)",
  params: none,
  input: lanSettingsInput,
  answer: done,
  errors: hosting,
  hasRequestId: true,
  work: ({ parts, caller, input }) => runCommand(parts, changeLanSettings, caller, input),
})

const kick = restDoor({
  method: "post",
  path: `${lan}/kick`,
  summary: "Takes a PC out, and bars its guest and its key (host)",
  params: none,
  input: lanPeerInput,
  answer: done,
  errors: [...hosting, "lan_peer_unknown", "lan_host_stays"],
  hasRequestId: true,
  work: ({ parts, caller, input }) => runCommand(parts, kickLanPeer, caller, input),
})

const readmit = restDoor({
  method: "post",
  path: `${lan}/readmit`,
  summary: "Lets somebody back in who was kicked (host)",
  params: none,
  input: lanPeerInput,
  answer: done,
  errors: [...hosting, "lan_peer_unknown"],
  hasRequestId: true,
  work: ({ parts, caller, input }) => runCommand(parts, readmitLanPeer, caller, input),
})

const kicked = restDoor({
  method: "get",
  path: `${lan}/kicked`,
  summary: "Who was kicked and may be let back in (host)",
  params: none,
  input: none,
  answer: z
    .object({ success, kicked: z.array(z.object({ peerId: z.string(), guestId: z.string().nullable(), name: z.string() })) })
    .meta({ id: "LanKicked" }),
  errors: ["input_invalid", "host_only", "party_unknown"],
  work: ({ parts, caller }) => runQuery(parts, lanKicked, caller.claims, {}),
})

const close = restDoor({
  method: "post",
  path: `${lan}/close`,
  summary: "Ends the network for everybody (host)",
  params: none,
  input: none,
  answer: done,
  errors: hosting,
  hasRequestId: true,
  work: ({ parts, caller }) => runCommand(parts, closeLan, caller, {}),
})

const challenge = restDoor({
  method: "get",
  path: `${lan}/challenge`,
  summary: "A nonce to prove with that a key is one's own: HMAC-SHA-256 under HKDF of the X25519 secret shared with this server",
  params: none,
  input: none,
  answer: z
    .object({
      success,
      server_public_key: z.string(),
      nonce: z.string(),
      expires_at: z.iso.datetime(),
      stun: z.array(endpointSchema).describe("Where to learn by STUN how the own router shows this PC, the first to be asked first; empty without a server."),
    })
    .meta({ id: "LanChallenge" }),
  errors: ["input_invalid"],
  isOpen: true,
  work: async ({ parts }) => ok({ ...keyChallenge(parts), stun: parts.env.LAN_STUN?.split(",").map(readEndpoint) ?? [] }),
})

const join = restDoor({
  method: "post",
  path: `${lan}/join`,
  summary: "Redeems an invitation: an address in the network, and the bearer token of this PC",
  params: none,
  input: redeemBody,
  answer: z
    .object({
      success,
      token: z.string(),
      token_expires_at: z.iso.datetime(),
      network: partyInfo,
      peer: peerInfo,
      heartbeat_ms: z.int(),
      version,
    })
    .meta({ id: "LanJoined" }),
  errors: [
    "input_invalid",
    "not_signed_in",
    "party_unknown",
    "party_ended",
    "party_busy",
    "kicked",
    "too_many_guesses",
    "name_empty",
    "name_too_long",
    "name_not_for_family",
    "lan_invitation_unknown",
    "lan_invitation_used",
    "lan_invitation_expired",
    "lan_password_needed",
    "lan_wrong_password",
    "lan_key_not_proven",
    "lan_key_taken",
    "lan_network_ended",
    "lan_full",
    "lan_addresses_exhausted",
    "lan_too_many_pcs",
    "lan_host_here",
    "lan_barred",
  ],
  isOpen: true,
  work: async ({ parts, input }): Promise<Result<JoinAnswer, AppRefusal>> => {
    const { name, endpoint, candidates, probe_nonce, nat } = input
    const address = await addressOfRequest(parts)
    const invitee = await inviteeAtDoor(parts, address, input)
    if (!invitee.ok) return invitee
    const said = { name, endpoint, candidates, probe_nonce, nat, observedAddress: seenAddress(address) }
    return runCommand(parts, redeemLanInvitation, { claims: { lanInvitee: invitee.value } }, said)
  },
})

type JoinAnswer = {
  token: string
  token_expires_at: string
  network: z.infer<typeof partyInfo>
  peer: z.infer<typeof peerInfo>
  heartbeat_ms: number
  version: number
}

const seenAddress = (address: string) => (address.length <= 64 ? address : null)

const status = restDoor({
  method: "get",
  path: `${network}/status`,
  summary: "The network as this PC sees it",
  params: networkPath,
  input: none,
  answer: z.object({ success, network: partyInfo, peer: peerInfo, now: z.iso.datetime() }).meta({ id: "LanStatus" }),
  errors: asPeer,
  work: ({ parts, caller, input }) => runQuery(parts, lanStatus, caller.claims, input),
})

const peers = restDoor({
  method: "get",
  path: `${network}/peers`,
  summary: "The other PCs of the network, by address",
  params: networkPath,
  input: none,
  answer: z.object({ success, peers: z.array(peerInfo) }).meta({ id: "LanPeers" }),
  errors: asPeer,
  work: ({ parts, caller, input }) => runQuery(parts, lanPeerList, caller.claims, input),
})

const heartbeat = restDoor({
  method: "post",
  path: `${network}/heartbeat`,
  summary: "This PC is there: where it can be reached, and how it reaches the others",
  params: networkPath,
  input: heartbeatBody,
  answer: z
    .object({
      success,
      now: z.iso.datetime(),
      heartbeat_ms: z.int(),
      channel_epoch: z.int(),
      token_expires_at: z.iso.datetime(),
      peer_ids: z.array(z.string()),
      version,
    })
    .meta({ id: "LanHeartbeat" }),
  errors: actingAsPeer,
  work: async ({ parts, caller, input }) =>
    runCommand(parts, lanHeartbeat, caller, { ...input, observedAddress: seenAddress(await addressOfRequest(parts)) }),
})

const comeBack = restDoor({
  method: "post",
  path: `${network}/return`,
  summary: "Comes back after a sleep: a PC that was taken out for its silence, by the token it has",
  params: networkPath,
  input: returnBody,
  answer: z.object({ success, network: partyInfo, peer: peerInfo, heartbeat_ms: z.int(), version }).meta({ id: "LanReturned" }),
  errors: [
    ...actingAsPeer.filter((code) => code !== "lan_silent"),
    "lan_key_taken",
    "lan_full",
    "lan_addresses_exhausted",
    "lan_too_many_pcs",
    "lan_host_here",
    "lan_barred",
  ],
  work: async ({ parts, caller, input }) => {
    const { lanPeer } = caller.claims
    const claims = lanPeer ? { lanReturner: lanPeer } : {}
    return runCommand(parts, returnToLan, { claims }, { ...input, observedAddress: seenAddress(await addressOfRequest(parts)) })
  },
})

const signal = restDoor({
  method: "post",
  path: `${network}/signals`,
  summary: "Tells one other PC of the network where to find this one, or when to try",
  params: networkPath,
  input: signalInputBody,
  answer: z.object({ success, id: z.int(), now: z.iso.datetime(), version }).meta({ id: "LanSignalSent" }),
  errors: [...actingAsPeer, "lan_peer_unknown", "lan_signal_to_self", "lan_signal_replayed", "lan_signals_full"],
  hasRequestId: true,
  work: ({ parts, caller, input }) => runCommand(parts, sendLanSignal, caller, input),
})

const signals = restDoor({
  method: "get",
  path: `${network}/signals`,
  summary: "What the others told this PC after a signal it knows, oldest first",
  params: networkPath,
  input: signalsQuery,
  answer: z.object({ success, signals: z.array(signalView) }).meta({ id: "LanSignals" }),
  errors: asPeer,
  work: ({ parts, caller, input }) => runQuery(parts, lanSignalsFor, caller.claims, input),
})

const leave = restDoor({
  method: "post",
  path: `${network}/leave`,
  summary: "This PC goes; when it is the host's, the network ends",
  params: networkPath,
  input: none,
  answer: done,
  errors: actingAsPeer,
  work: ({ parts, caller, input }) => runCommand(parts, leaveLan, caller, input),
})

const renew = restDoor({
  method: "post",
  path: `${network}/token`,
  summary: "A new token; the old one is good for two more minutes",
  params: networkPath,
  input: none,
  answer: z.object({ success, token: z.string(), token_expires_at: z.iso.datetime(), version }).meta({ id: "LanToken" }),
  errors: actingAsPeer,
  work: ({ parts, caller, input }) => runCommand(parts, renewLanToken, caller, input),
})

const channels = restDoor({
  method: "get",
  path: `${network}/realtime`,
  summary: "Where this PC hears of changes, by the Pusher protocol",
  params: networkPath,
  input: none,
  answer: z
    .object({
      success,
      key: z.string(),
      cluster: z.string().nullable().describe("Null when the party runs its own server, at this host and port."),
      auth_endpoint: z.string(),
      channels: z.object({ network: z.string(), peer: z.string() }),
    })
    .meta({ id: "LanRealtime" }),
  errors: asPeer,
  work: async ({ parts, caller, input }) => {
    const found = await runQuery(parts, lanChannels, caller.claims, input)
    if (!found.ok) return found
    const { PUSHER_KEY, PUSHER_CLUSTER, PUSHER_IS_LOCAL } = parts.env
    return ok({ key: PUSHER_KEY, cluster: PUSHER_IS_LOCAL ? null : (PUSHER_CLUSTER ?? null), auth_endpoint: "/api/pusher/auth", ...found.value })
  },
})

const relay = restDoor({
  method: "get",
  path: `${network}/relay`,
  summary: "Where the relay is, and a ticket for each of the others: what a PC uses until there is a direct path",
  params: networkPath,
  input: none,
  answer: z
    .object({
      success,
      relay: endpointSchema.nullable().describe("Null when the party has no relay."),
      relay_url: z.string().nullable().describe("The path on this server that takes the same frames by WebSocket, where UDP does not pass; null when there is none."),
      tickets: z.array(relayTicketInfo),
      now: z.iso.datetime(),
    })
    .meta({ id: "LanRelay" }),
  errors: asPeer,
  work: async ({ parts, caller, input }) => {
    const pairs = await runQuery(parts, lanPairs, caller.claims, input)
    if (!pairs.ok) return pairs
    const { SESSION_SECRET, LAN_RELAY, LAN_RELAY_SECRET } = parts.env
    const now = parts.clock.now()
    const tickets = LAN_RELAY ? relayTicketsFor(relaySecretOf(LAN_RELAY_SECRET ?? SESSION_SECRET), pairs.value, now) : []
    const relay_url = LAN_RELAY && embeddedRelay() ? relayWebSocketPath : null
    return ok({ relay: LAN_RELAY ? readEndpoint(LAN_RELAY) : null, relay_url, tickets, now: now.toISOString() })
  },
})

const relayLoad = restDoor({
  method: "get",
  path: `${lan}/relay-load`,
  summary: "What the relay carries for this network, and what it dropped (host)",
  params: none,
  input: none,
  answer: relayLoadShape.extend({ success }).meta({ id: "LanRelayLoad" }),
  errors: ["input_invalid", "host_only", "party_unknown"],
  work: ({ parts, caller }) => lanRelayLoad(parts, caller.claims),
})

/** The doors of the virtual LAN, each the handler of one route file under src/app/api/v1/lan. */
export const lanRest = {
  open,
  summary,
  invite,
  settings,
  kick,
  readmit,
  kicked,
  close,
  challenge,
  join,
  status,
  peers,
  heartbeat,
  comeBack,
  signal,
  signals,
  leave,
  renew,
  channels,
  relay,
  relayLoad,
} satisfies Record<string, RestDoor>
