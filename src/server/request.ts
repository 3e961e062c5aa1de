import "server-only"
import { cookies, headers } from "next/headers"
import { clientAddress } from "@/kernel/client-address"
import { claimSeconds, claimsOf, cookieNames, lanClaimsOf, sealClaim, type ClaimKind, type Claims } from "./identity"
import type { Runtime } from "./runtime"

/** Who the browser of this request says it is. */
export async function claimsOfRequest({ openSeal, clock }: Runtime): Promise<Claims> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const bearer = /^Bearer (\S+)$/i.exec(head.get("authorization") ?? "")?.[1]
  return lanClaimsOf(bearer, clock.now()) ?? claimsOf((name) => jar.get(name)?.value, bearer, openSeal)
}

/**
 * The address a request comes from, by which guesses are counted. At home the server in front of us writes this header; behind
 * TRUST_PROXY proxies that each add to it, what the client wrote stands before theirs.
 */
export async function addressOfRequest({ env }: Runtime): Promise<string> {
  const forwarded = (await headers()).get("x-forwarded-for") ?? undefined
  // Without a proxy Next writes the header itself, from the line, when it is not there.
  return clientAddress({ forwarded, seen: undefined, trustedProxies: Math.max(1, env.TRUST_PROXY) })
}

/** Where people reach us: as the party was started, else as this request did. */
export async function originOfRequest({ env }: Runtime): Promise<string> {
  if (env.PARTY_URL) return new URL(env.PARTY_URL).origin
  const host = (await headers()).get("host")
  return `${(await isSecure()) ? "https" : "http"}://${host ?? "localhost"}`
}

/** Whether the browser came over https, so that its cookies must never travel without. */
async function isSecure(): Promise<boolean> {
  return (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim() === "https"
}

/**
 * Hands the browser its claim, sealed [PTY-5], and takes back what it was in another party: a command that host and guest
 * may both give would otherwise be about last week's [PTY-18].
 */
export async function setClaim<K extends ClaimKind>(
  { env, openSeal }: Runtime,
  kind: K,
  claim: NonNullable<Claims[K]>,
): Promise<void> {
  const jar = await cookies()
  const held = await claimsOf((name) => jar.get(name)?.value, undefined, openSeal)
  for (const other of ["guest", "host", "tv"] as const) {
    if (held[other] && held[other].partyId !== claim.partyId) jar.delete(cookieNames[other])
  }
  jar.set(cookieNames[kind], await sealClaim(kind, claim, env.SESSION_SECRET), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: claimSeconds,
    secure: await isSecure(),
  })
}

export async function dropClaim(kind: ClaimKind): Promise<void> {
  const jar = await cookies()
  jar.delete(cookieNames[kind])
}
