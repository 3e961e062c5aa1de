import type { Reveal } from "../view"

type Named = { readonly targetId: string; readonly voterIds: readonly string[] }

/** The votes by who was named, most first; who was named earlier goes first among equals. */
export function tallyOf(votes: Reveal["votes"]): Named[] {
  const voters = new Map<string, string[]>()
  for (const { voterId, targetId } of votes) voters.set(targetId, [...(voters.get(targetId) ?? []), voterId])
  return [...voters].map(([targetId, voterIds]) => ({ targetId, voterIds })).toSorted((a, b) => b.voterIds.length - a.voterIds.length)
}

type Paid = { readonly amount: number; readonly guestIds: readonly string[] }

/** Who got how many coins, by amount, most first. */
export function paidTogether(coins: Reveal["coins"]): Paid[] {
  const amounts = [...new Set(coins.map((paid) => paid.coins))].toSorted((a, b) => b - a)
  return amounts.map((amount) => ({ amount, guestIds: coins.filter((paid) => paid.coins === amount).map(({ guestId }) => guestId) }))
}
