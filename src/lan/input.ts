import { z } from "zod"
import { isPublicKey } from "./key-proof"
import { natBehaviourSchema } from "./nat-behaviour"
import { candidatesSchema, connectionTypes, endpointSchema, probeNonceSchema } from "./protocol"
import { signalBodyInput } from "./signals"

// What a PC sends has the seeds' names, with underscores; what a phone sends is written like the rest of the app.

// An id that is none finds nothing, like one that is unknown: neither says what an id looks like.
const networkId = z.string().max(64)
const peerId = z.string().max(64)

const publicKeyInput = z.string().refine(isPublicKey, "That is no X25519 public key: 32 bytes as base64.")

export const openNetworkInput = z.object({})
export const inviteInput = z.object({})
export const lanSettingsInput = z
  .object({
    name: z.string().trim().min(1, "The network needs a name.").max(60, "The network's name can have 60 characters."),
    maxPeers: z.int("The limit is a whole number.").min(2, "At least 2 PCs.").max(65_024, "At most 65 024 PCs."),
    password: z.string().min(6, "A password has at least 6 characters.").max(100, "A password has at most 100 characters.").nullable(),
  })
  .partial()
export const lanPeerInput = z.object({ peerId })

/** The server saw where the request came from; a client's own word for it is never passed on. */
const observedAddress = z.string().max(64).nullable()

const whereabouts = {
  endpoint: endpointSchema.nullable().optional(),
  candidates: candidatesSchema.optional(),
  probe_nonce: probeNonceSchema.optional(),
  nat: natBehaviourSchema.optional(),
}

export const redeemBody = z.object({
  invitation: z.string().max(64),
  public_key: publicKeyInput,
  nonce: z.string().max(100),
  proof: z.string().max(100),
  name: z.string().max(400).optional().describe("The PC's name; without it, its guest's."),
  password: z.string().max(100).optional(),
  ...whereabouts,
})
export const redeemInput = z.object({ name: redeemBody.shape.name, observedAddress, ...whereabouts })
export type RedeemInput = z.infer<typeof redeemInput>

export const returnBody = z.object(whereabouts)
export const returnInput = returnBody.extend({ networkId, observedAddress })

/** More than a minute is a mistake. */
const latencyMs = z.number().min(0).max(60_000)

export const heartbeatBody = z.object({
  ...whereabouts,
  links: z
    .array(z.object({ peer_id: peerId, connection_type: z.enum(connectionTypes), latency_ms: latencyMs.nullable() }))
    .max(256)
    .optional()
    .describe("How this PC reaches the others now. Those left out are as they were."),
})
export const heartbeatInput = heartbeatBody.extend({ networkId, observedAddress })
export type HeartbeatInput = z.infer<typeof heartbeatInput>

export const networkPath = z.object({ networkId })
export const networkInput = networkPath

export const signalInputBody = z.object({
  to: peerId,
  sequence: z.int().min(1).describe("Higher than that of the signal before: a signal sent again is refused."),
  body: signalBodyInput,
})
export const signalInput = signalInputBody.extend({ networkId })

export const signalsQuery = z.object({ after: z.coerce.number().int().min(0).default(0).describe("The id of the last signal that arrived.") })
export const signalsInput = signalsQuery.extend({ networkId })
