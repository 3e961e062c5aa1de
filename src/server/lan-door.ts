import { randomBytes } from "node:crypto"
import { eq } from "drizzle-orm"
import type { z } from "zod"
import { lanInvitations, lanNetworks } from "@/db/schema/lan"
import { isPasscode } from "@/kernel/passcode"
import { ok, refuse, type Result } from "@/kernel/result"
import type { redeemBody } from "@/lan/input"
import { invitationHash, readInvitation } from "@/lan/invitations"
import { isFreshNonce, isKeyProven, makeNonce, nonceLifetimeMs, serverKeyOf } from "@/lan/key-proof"
import type { LanRefusal } from "@/lan/refusals"
import type { Claims } from "./identity"
import type { TooManyGuesses } from "./guess-limits"
import { patiently } from "./patience"
import type { Runtime } from "./runtime"

/** What a PC has to answer to prove its key [LAN-23]. Nothing is kept of it. */
export function keyChallenge({ env, clock }: Runtime): { server_public_key: string; nonce: string; expires_at: string } {
  const now = clock.now()
  return {
    server_public_key: serverKeyOf(env.SESSION_SECRET).publicKey,
    nonce: makeNonce(env.SESSION_SECRET, now, randomBytes(16)),
    expires_at: new Date(now.getTime() + nonceLifetimeMs).toISOString(),
  }
}

type Shown = Pick<z.infer<typeof redeemBody>, "invitation" | "password" | "public_key" | "nonce" | "proof">

/**
 * The claim of a PC that showed an invitation, the network's password and that the key is its own [LAN-6] [LAN-20] [LAN-23].
 * Wrong guesses are counted by address, and those at a password by network.
 */
export function inviteeAtDoor(runtime: Runtime, address: string, shown: Shown): Promise<Result<Invitee, LanRefusal | TooManyGuesses>> {
  return patiently(() => inviteeOf(runtime, address, shown))
}

type Invitee = NonNullable<Claims["lanInvitee"]>

async function inviteeOf(runtime: Runtime, address: string, shown: Shown): Promise<Result<Invitee, LanRefusal | TooManyGuesses>> {
  const found = await invitationAtDoor(runtime, address, shown.invitation)
  if (!found.ok) return found
  const { invitation, invitationId, partyId, networkId, passwordHash } = found.value
  // Before the password, which costs more to look at.
  if (!hasProvenKey(runtime, invitation, shown)) return refuse("lan_key_not_proven")
  if (passwordHash !== null) {
    const password = await passwordAtDoor(runtime, { address, door: `lan:${networkId}` }, shown.password, passwordHash)
    if (!password.ok) return password
  }
  return ok({ partyId, invitationId, publicKey: shown.public_key })
}

async function invitationAtDoor({ db, guesses }: Runtime, address: string, typed: string) {
  const guess = { address, door: null }
  const invitation = readInvitation(typed)
  const rows = invitation
    ? await db
        .select({
          invitationId: lanInvitations.id,
          networkId: lanNetworks.id,
          partyId: lanNetworks.partyId,
          passwordHash: lanNetworks.passwordHash,
        })
        .from(lanInvitations)
        .innerJoin(lanNetworks, eq(lanNetworks.id, lanInvitations.networkId))
        .where(eq(lanInvitations.tokenHash, invitationHash(invitation)))
    : []
  const found = rows[0]
  // Checked after looking, as with the party PIN: the right one among a thousand guesses waits too.
  const allowed = found ? await guesses.check(guess) : await guesses.take(guess)
  if (!allowed.ok) return allowed
  return invitation && found ? ok({ invitation, ...found }) : refuse("lan_invitation_unknown")
}

function hasProvenKey({ env, clock }: Runtime, invitation: string, { nonce, proof, public_key: publicKey }: Shown): boolean {
  const secret = env.SESSION_SECRET
  if (!isFreshNonce(secret, nonce, clock.now())) return false
  return isKeyProven(serverKeyOf(secret).privateKey, { nonce, invitation, publicKey }, proof)
}

async function passwordAtDoor(
  { guesses }: Runtime,
  guess: { address: string; door: string },
  password: string | undefined,
  hash: string,
): Promise<Result<true, LanRefusal | TooManyGuesses>> {
  if (password === undefined) return refuse("lan_password_needed")
  const allowed = await guesses.take(guess)
  if (!allowed.ok) return allowed
  if (!(await isPasscode(password, hash))) return refuse("lan_wrong_password")
  await guesses.giveBack(guess)
  return ok(true)
}
