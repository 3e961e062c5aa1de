import { sql } from "drizzle-orm"
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from "drizzle-orm/pg-core"
import { parties, partyUsers } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })
const behaviours = ["endpoint_independent", "address_dependent", "address_and_port_dependent"] as const

/** The virtual LAN of a party. One lives at a time; an ended one is kept, so that its tokens are told that it ended. */
export const lanNetworks = pgTable(
  "lan_networks",
  {
    /** 12 hex digits. */
    id: text("id").primaryKey(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    maxPeers: integer("max_peers").notNull().default(64),
    /** Like a host's passcode; null when an invitation is enough. */
    passwordHash: text("password_hash"),
    /** Part of the channel's name. A kick counts it up, so that who was kicked hears nothing more. */
    channelEpoch: integer("channel_epoch").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
    endReason: text("end_reason", { enum: ["HOST_LEFT", "CLOSED", "EMPTY", "PARTY_ENDED"] }),
  },
  (t) => [
    uniqueIndex("lan_networks_one_living").on(t.partyId).where(sql`${t.endedAt} is null`),
    index("lan_networks_party").on(t.partyId),
    index("lan_networks_ended").on(t.endedAt).where(sql`${t.endedAt} is not null`),
    check("lan_networks_id_twelve_hex", sql`${t.id} ~ '^[0-9a-f]{12}$'`),
    check("lan_networks_size", sql`${t.maxPeers} between 2 and 65024`),
    check("lan_networks_ended_for_a_reason", sql`(${t.endedAt} is null) = (${t.endReason} is null)`),
  ],
)

/** A PC in a network. It speaks with a token that only its hash is kept of; who left is kept to be told why. */
export const lanPeers = pgTable(
  "lan_peers",
  {
    /** 16 hex digits. */
    id: text("id").primaryKey(),
    networkId: text("network_id").notNull().references(() => lanNetworks.id, { onDelete: "cascade" }),
    /** Whose PC it is; null for the host's. */
    guestId: uuid("guest_id").references(() => partyUsers.id, { onDelete: "cascade" }),
    isHost: boolean("is_host").notNull(),
    name: text("name").notNull(),
    /** X25519, base64: 44 characters. */
    publicKey: text("public_key").notNull(),
    virtualIp: text("virtual_ip").notNull(),
    /** `address:port`, as the PC learnt it from STUN. */
    endpoint: text("endpoint"),
    /** Where its requests come from, as the server saw it. */
    observedAddress: text("observed_address"),
    candidates: jsonb("candidates").notNull().default([]),
    probeNonce: text("probe_nonce"),
    /** What its router does, as two facts; null until it is known. `none`: nothing is translated. */
    natMapping: text("nat_mapping", { enum: ["none", ...behaviours] }),
    natFiltering: text("nat_filtering", { enum: behaviours }),
    /** How it reaches the others: by peer id, the type of the connection and its latency. */
    links: jsonb("links").notNull().default({}),
    /** The highest number of a signal it sent: a signal sent again is refused. */
    signalSequence: bigint("signal_sequence", { mode: "number" }).notNull().default(0),
    tokenHash: text("token_hash").notNull(),
    tokenExpiresAt: instant("token_expires_at").notNull(),
    /** The token before, good for a moment, for whom the answer with the new one did not reach. */
    formerTokenHash: text("former_token_hash"),
    formerTokenExpiresAt: instant("former_token_expires_at"),
    joinedAt: instant("joined_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    leftAt: instant("left_at"),
    leftReason: text("left_reason", { enum: ["LEFT", "KICKED", "SILENT", "ENDED"] }),
    /** When the host let back in whom the host had kicked. */
    readmittedAt: instant("readmitted_at"),
  },
  (t) => [
    uniqueIndex("lan_peers_address").on(t.networkId, t.virtualIp).where(sql`${t.leftAt} is null`),
    uniqueIndex("lan_peers_key").on(t.networkId, t.publicKey).where(sql`${t.leftAt} is null`),
    uniqueIndex("lan_peers_one_host").on(t.networkId).where(sql`${t.isHost} and ${t.leftAt} is null`),
    uniqueIndex("lan_peers_token").on(t.tokenHash),
    index("lan_peers_former_token").on(t.formerTokenHash).where(sql`${t.formerTokenHash} is not null`),
    index("lan_peers_network").on(t.networkId),
    index("lan_peers_guest").on(t.guestId),
    index("lan_peers_left").on(t.leftAt).where(sql`${t.leftAt} is not null`),
    index("lan_peers_last_seen").on(t.lastSeenAt).where(sql`${t.leftAt} is null`),
    check("lan_peers_id_sixteen_hex", sql`${t.id} ~ '^[0-9a-f]{16}$'`),
    check("lan_peers_host_or_guest", sql`${t.isHost} = (${t.guestId} is null)`),
    check("lan_peers_host_address", sql`${t.isHost} = (${t.virtualIp} = '10.66.0.1')`),
    check("lan_peers_left_for_a_reason", sql`(${t.leftAt} is null) = (${t.leftReason} is null)`),
  ],
)

/** One line to type on one PC. Kept as a hash, redeemed once, and only until it expires. */
export const lanInvitations = pgTable(
  "lan_invitations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    networkId: text("network_id").notNull().references(() => lanNetworks.id, { onDelete: "cascade" }),
    /** Whose PC it is for; null for the host's. */
    guestId: uuid("guest_id").references(() => partyUsers.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    redeemedAt: instant("redeemed_at"),
    redeemedById: text("redeemed_by_id").references((): AnyPgColumn => lanPeers.id, { onDelete: "cascade" }),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    uniqueIndex("lan_invitations_token").on(t.tokenHash),
    uniqueIndex("lan_invitations_one_peer").on(t.redeemedById),
    index("lan_invitations_network").on(t.networkId),
    index("lan_invitations_guest").on(t.guestId),
    check("lan_invitations_redeemed_by", sql`(${t.redeemedAt} is null) = (${t.redeemedById} is null)`),
  ],
)

/** What one PC tells another through the control plane: where it can be reached, and when to try. Lives for moments. */
export const lanSignals = pgTable(
  "lan_signals",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    networkId: text("network_id").notNull().references(() => lanNetworks.id, { onDelete: "cascade" }),
    fromPeerId: text("from_peer_id").notNull().references(() => lanPeers.id, { onDelete: "cascade" }),
    toPeerId: text("to_peer_id").notNull().references(() => lanPeers.id, { onDelete: "cascade" }),
    body: jsonb("body").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    index("lan_signals_to").on(t.toPeerId, t.id),
    index("lan_signals_from").on(t.fromPeerId),
    index("lan_signals_network").on(t.networkId),
    index("lan_signals_expiry").on(t.expiresAt),
  ],
)
