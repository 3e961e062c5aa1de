import { sql } from "drizzle-orm"
import type { Db } from "@/db/client"
import { parties, partyHostLinks } from "@/db/schema/party"
import { assert } from "@/kernel/assert"
import { hashPasscode } from "@/kernel/passcode"
import type { Random } from "@/kernel/random"
import type { Party } from "@/party/actor"
import { drawLinkToken, linkTokenHash } from "@/party/host-link"

const linkLifetimeMs = 24 * 60 * 60 * 1000
const drawsAtMost = 20

/**
 * A new open party with a party PIN that no other open party has [PTY-1]. Its passcode is stored as a hash only. It is kept
 * until somebody deletes it, or until `deletesAt` [PTY-20].
 */
export async function createParty(
  db: Db,
  facts: { name: string; passcode: string; now: Date; random: Random; deletesAt?: Date | null },
): Promise<Party> {
  const hostPasscodeHash = await hashPasscode(facts.passcode)
  for (let attempt = 0; ; attempt++) {
    const joinPin = facts.random.int(100_000, 999_999)
    // Not left to fail, which would end the transaction that it may be in.
    const [party] = await db
      .insert(parties)
      .values({ name: facts.name, joinPin, hostPasscodeHash, createdAt: facts.now, deletesAt: facts.deletesAt ?? null })
      .onConflictDoNothing({ target: parties.joinPin, where: sql`status = 'OPEN'` })
      .returning()
    if (party) return party
    assert(attempt < drawsAtMost, "a free party PIN is found within 20 draws")
  }
}

/** The token of a link that makes one browser the host, once, within a day [PTY-7]. */
export async function createOneTimeLink(
  db: Db,
  facts: { partyId: string; now: Date; random: Random },
): Promise<string> {
  const token = drawLinkToken("ONE_TIME", facts.random)
  await db.insert(partyHostLinks).values({
    partyId: facts.partyId,
    kind: "ONE_TIME",
    label: "Printed at start",
    tokenHash: linkTokenHash(token),
    createdAt: facts.now,
    expiresAt: new Date(facts.now.getTime() + linkLifetimeMs),
  })
  return token
}

/** A passcode a person can read off a screen: eight letters and digits in two groups (40 bits, rate-limited). */
export function drawPasscode(random: Random): string {
  const token = drawLinkToken("TV", random)
  return `${token.slice(0, 4)}-${token.slice(4, 8)}`
}
