import type { Db } from "@/db/client"
import type { Random } from "@/kernel/random"
import { newestOpenParty } from "@/party/queries"
import { createOneTimeLink, createParty } from "@/server/create-party"
import { isPasscode } from "@/kernel/passcode"

export type OpenParty = {
  readonly name: string
  readonly joinPin: number
  readonly isNew: boolean
  /** For a link that makes one browser the host, once. */
  readonly hostToken: string
  /** Undefined when the party was made with another passcode than this folder keeps: better none than a wrong one. */
  readonly passcode: string | undefined
}

/** Goes on with the party that was opened last, or opens one [PTY-1]; either way with a fresh link for the host [PTY-7]. */
export async function openParty(
  db: Db,
  facts: { name: string; passcode: string; now: Date; random: Random },
): Promise<OpenParty> {
  const found = await newestOpenParty(db)
  const party = found ?? (await createParty(db, facts))
  const [hostToken, isKnown] = await Promise.all([
    createOneTimeLink(db, { partyId: party.id, now: facts.now, random: facts.random }),
    isPasscode(facts.passcode, party.hostPasscodeHash),
  ])
  return {
    name: party.name,
    joinPin: party.joinPin,
    isNew: !found,
    hostToken,
    passcode: isKnown ? facts.passcode : undefined,
  }
}
