import { createHash, timingSafeEqual } from "node:crypto"
import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { deletionDateFor } from "@/party/deletion-date"
import { partyName } from "@/party/input"
import { createOneTimeLink, createParty, drawPasscode } from "./create-party"
import type { TooManyGuesses } from "./guess-limits"
import type { TooManyParties } from "./new-party-limits"
import { patiently, type Patience } from "./patience"
import { parseInput, type DoorRefusal } from "./run-command"
import type { Runtime } from "./runtime"

export type NewPartyRefusal = Refusal<"new_parties_off" | "wrong_operator_passcode"> | TooManyParties

/** What its host is shown once: nothing of it can be read again. */
export type NewParty = {
  readonly name: string
  readonly joinPin: number
  /** For a link that makes one browser the host, once, within a day [PTY-7]. */
  readonly hostToken: string
  readonly passcode: string
  /** ISO instant; null for never [PTY-20]. */
  readonly deletesAt: string | null
}

const newPartyInput = z.object({ name: partyName, passcode: z.string().max(200).default("") })

/** A party for whoever stands at the landing page, when the operator allows it [PTY-22]. */
export async function startNewParty(
  runtime: Runtime,
  address: string,
  raw: unknown,
): Promise<Result<NewParty, NewPartyRefusal | TooManyGuesses | DoorRefusal>> {
  if (!runtime.env.ALLOW_NEW_PARTIES) return refuse("new_parties_off")
  const input = parseInput(newPartyInput, raw)
  if (!input.ok) return input
  return patiently(async (patience) => {
    const known = await provesOperator(runtime, address, input.value.passcode)
    if (!known.ok) return known
    const allowed = await runtime.newParties.take(address)
    return allowed.ok ? ok(await started(runtime, input.value.name, patience)) : allowed
  })
}

/** The party and its host's link, or neither: nobody would know either of a party whose starter was told no [PTY-23]. */
async function started({ env, db, clock, random, log }: Runtime, name: string, patience: Patience): Promise<NewParty> {
  const now = clock.now()
  const passcode = drawPasscode(random)
  const deletesAt = deletionDateFor(now, env.PARTY_LIFETIME_DAYS)
  const { party, hostToken } = await db.transaction(async (tx) => {
    const party = await createParty(tx, { name, passcode, now, random, deletesAt })
    const hostToken = await createOneTimeLink(tx, { partyId: party.id, now, random })
    patience.check()
    return { party, hostToken }
  })
  log.info({ party: party.id }, "a party was started from the landing page")
  return { name: party.name, joinPin: party.joinPin, hostToken, passcode, deletesAt: deletesAt?.toISOString() ?? null }
}

async function provesOperator(
  { env, guesses }: Runtime,
  address: string,
  passcode: string,
): Promise<Result<true, NewPartyRefusal | TooManyGuesses>> {
  if (env.NEW_PARTY_PASSCODE === undefined) return ok(true)
  const guess = { address, door: "operator" }
  const allowed = await guesses.take(guess)
  if (!allowed.ok) return allowed
  if (!timingSafeEqual(digest(passcode.trim()), digest(env.NEW_PARTY_PASSCODE))) return refuse("wrong_operator_passcode")
  await guesses.giveBack(guess)
  return ok(true)
}

// Of one length, whatever was typed.
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
