import { assert } from "@/kernel/assert"

/** How many copies a prompt takes [QF-E2]. */
export const copiesPerPrompt = 2

/** A prompt of the session, in its author's seat; of several by one author `ordinal` counts from 0. */
export type DealtPrompt = { readonly promptId: string; readonly authorId: string; readonly ordinal: number }

export type CopyAssignment = { readonly copierId: string; readonly promptId: string }

export type CopyDeal = {
  /** Who copies what, in the order in which each copier plays. */
  readonly assignments: readonly CopyAssignment[]
  /** Copies nobody in the session writes: the house does. */
  readonly houseCopies: readonly { readonly promptId: string; readonly count: number }[]
  /** Who copies each prompt that has to come from outside the session: one player or two; the house writes what is missing. */
  readonly outsidePrompts: readonly { readonly copierIds: readonly string[] }[]
}

/**
 * Deals the COPY phase [QF-S7] [QF-S8]: as a ring, so that each prompt gets its copies by different players, none of
 * them its author, and everybody has the same number to write.
 * @param copierIds everybody in the ring's order, drawn once: their seats must not follow from who joined when.
 * @param prompts what there is; some may be missing.
 */
export function dealCopies(copierIds: readonly string[], prompts: readonly DealtPrompt[], copiesPerPlayer: number): CopyDeal {
  assert(copierIds.length > copiesPerPrompt, `${copierIds.length} players cannot make a ring`)
  const ring = dealRing(copierIds, prompts, copiesPerPlayer)
  const assignments = [...ring, ...dealOpenSlots(copierIds, prompts, copiesPerPlayer, ring)]
  return {
    assignments: copierIds.flatMap((id) => assignments.filter(({ copierId }) => copierId === id)),
    houseCopies: prompts
      .map(({ promptId }) => ({ promptId, count: openSlots(promptId, assignments) }))
      .filter(({ count }) => count > 0),
    outsidePrompts: dealOutside(copierIds, (id) => copiesPerPlayer - loadOf(id, assignments)),
  }
}

/** First one copy of every prompt, then the second; each at its own distance round the ring. */
function dealRing(copierIds: readonly string[], prompts: readonly DealtPrompt[], copiesPerPlayer: number): CopyAssignment[] {
  const promptsPerAuthor = 1 + Math.max(-1, ...prompts.map(({ ordinal }) => ordinal))
  const laps = Array.from({ length: Math.min(copiesPerPlayer, copiesPerPrompt * promptsPerAuthor) }, (_, lap) => lap)
  return laps.flatMap((lap) => {
    const ordinal = lap % promptsPerAuthor
    const distance = distanceOf(ordinal, Math.floor(lap / promptsPerAuthor), copierIds.length)
    return copierIds.flatMap((copierId, seat) => {
      const authorId = copierIds[(seat + distance) % copierIds.length]
      const prompt = prompts.find((one) => one.authorId === authorId && one.ordinal === ordinal)
      return prompt === undefined ? [] : [{ copierId, promptId: prompt.promptId }]
    })
  })
}

/** 1 and 2 for everybody's first prompt; further ones go to others further round, as far as there are any. */
function distanceOf(ordinal: number, copy: number, playerCount: number): number {
  return 1 + ((copiesPerPrompt * ordinal + copy) % (playerCount - 1))
}

/** Whoever lost a copy because a prompt is missing takes one that is still open, if there is one. */
function dealOpenSlots(
  copierIds: readonly string[],
  prompts: readonly DealtPrompt[],
  copiesPerPlayer: number,
  dealt: readonly CopyAssignment[],
): CopyAssignment[] {
  const added: CopyAssignment[] = []
  for (const copierId of copierIds) {
    for (const { promptId, authorId } of prompts) {
      const all = [...dealt, ...added]
      if (loadOf(copierId, all) >= copiesPerPlayer) break
      const isCopying = all.some((one) => one.copierId === copierId && one.promptId === promptId)
      if (authorId !== copierId && !isCopying && openSlots(promptId, all) > 0) added.push({ copierId, promptId })
    }
  }
  return added
}

/** As few prompts from outside as do: two copiers for each, never the same player twice. */
function dealOutside(copierIds: readonly string[], missingOf: (copierId: string) => number): { copierIds: string[] }[] {
  const prompts: { copierIds: string[] }[] = []
  const missing = new Map(copierIds.map((id) => [id, missingOf(id)]))
  for (;;) {
    const neediest = [...missing].filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one)
    const pair = neediest.slice(0, copiesPerPrompt).map(([id]) => id)
    if (pair.length === 0) return prompts
    prompts.push({ copierIds: pair })
    for (const id of pair) missing.set(id, (missing.get(id) ?? 0) - 1)
  }
}

function openSlots(promptId: string, assignments: readonly CopyAssignment[]): number {
  return copiesPerPrompt - assignments.filter((one) => one.promptId === promptId).length
}

function loadOf(copierId: string, assignments: readonly CopyAssignment[]): number {
  return assignments.filter((one) => one.copierId === copierId).length
}
