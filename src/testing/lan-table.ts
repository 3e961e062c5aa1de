import { generateKeyPairSync } from "node:crypto"
import { proveKey, publicKeyOf } from "@/lan/key-proof"
import type { PartyInfo, PeerInfo } from "@/lan/peer-view"
import { sealClaim } from "@/server/identity"
import { restFetch } from "./rest-fetch"
import { testSecret, type Night } from "./start-party"

type Json = Record<string, unknown>
export type Reply = { readonly status: number; readonly body: Json & { code?: string } }

/** A PC that has not joined yet: its key, and the address that the server sees it come from. */
export type Pc = { readonly privateKey: Buffer; readonly publicKey: string; readonly from: string }

/** A PC in a network, and the doors it knocks at with its token. */
export type Joined = Pc & {
  readonly token: string
  readonly peer: PeerInfo
  readonly network: PartyInfo
  /** `path` behind the network's own address; `networkId` another network's. */
  get(path: string, networkId?: string): Promise<Reply>
  post(path: string, body?: Json, networkId?: string): Promise<Reply>
}

export function newPc(from = "203.0.113.10"): Pc {
  const der = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "der" })
  const privateKey = der.subarray(-32)
  return { privateKey, publicKey: publicKeyOf(privateKey), from }
}

/** The virtual LAN at a test party, by its doors for machines. A test that uses it mocks `next/headers` and `next/server`. */
export async function lanTable(night: Night) {
  const send = await restFetch()
  const seals = new Map<string, string>()

  async function ask(method: "GET" | "POST", path: string, { bearer, from = "203.0.113.10", body }: { bearer?: string | undefined; from?: string; body?: Json | undefined }): Promise<Reply> {
    const headers: Record<string, string> = { "x-forwarded-for": from, host: "party.test:3000" }
    if (bearer) headers.authorization = `Bearer ${bearer}`
    if (method === "POST") headers["content-type"] = "application/json"
    const response = await send(`http://party.test:3000/api/v1/lan/${path}`, { method, headers, ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}) })
    return { status: response.status, body: (await response.json()) as Json }
  }

  /** The bearer token of a guest by name, or the host's. */
  async function sealOf(who: string): Promise<string> {
    const known = seals.get(who)
    if (known) return known
    const partyId = night.party.id
    const seal =
      who === "host" ? await sealClaim("host", { partyId, linkId: null }, testSecret) : await sealClaim("guest", { partyId, guestId: night.idOf(who) }, testSecret)
    seals.set(who, seal)
    return seal
  }

  const as = async (who: string, method: "GET" | "POST", path: string, body?: Json) => ask(method, path, { bearer: await sealOf(who), body })

  async function invite(who: string): Promise<string> {
    return String(done(await as(who, "POST", "invitations")).invitation)
  }

  async function knock(pc: Pc, invitation: string, more: Json = {}): Promise<Reply> {
    const { server_public_key, nonce } = done(await ask("GET", "challenge", { from: pc.from }))
    const proof = proveKey(pc.privateKey, String(server_public_key), { nonce: String(nonce), invitation, publicKey: pc.publicKey })
    return ask("POST", "join", { from: pc.from, body: { invitation, public_key: pc.publicKey, nonce, proof, ...more } })
  }

  function joinedBy(pc: Pc, body: Json): Joined {
    const { token, network, peer } = body as { token: string; network: PartyInfo; peer: PeerInfo }
    const at = (networkId: string | undefined, path: string) => `${networkId ?? network.id}/${path}`
    return {
      ...pc,
      ...{ token, network, peer },
      get: (path, networkId) => ask("GET", at(networkId, path), { bearer: token, from: pc.from }),
      post: (path, more, networkId) => ask("POST", at(networkId, path), { bearer: token, from: pc.from, body: more }),
    }
  }

  return {
    ask,
    as,
    invite,
    knock,
    joinedBy,
    /** A PC of this guest, or the host's, in the network. */
    async join(who: string, more: Json = {}, pc: Pc = newPc()): Promise<Joined> {
      return joinedBy(pc, done(await knock(pc, await invite(who), more)))
    },
  }
}

/** The answer to what must not be refused. */
export function done({ status, body }: Reply): Json {
  if (status !== 200) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body
}

/** What was refused, as `status code`. */
export function no({ status, body }: Reply): string {
  if (status === 200) throw new Error(`accepted: ${JSON.stringify(body)}`)
  return `${status} ${body.code}`
}
