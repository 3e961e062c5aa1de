import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { CommandContext, PreparationContext } from "@/party/command"
import type { Outside } from "@/party/outside"
import type { PhraseRefusal } from "./phrase-refusals"
import { type CopiedTexts, checkCopy } from "./phrase-rules"
import { phraseStandard } from "./phrase-standard-queries"
import { meansTheSame } from "./same-meaning"

/** The texts a copy was held against in meaning; null where the rules of words decide alone [QF-P12]. */
export type HeldAgainst = readonly string[] | null

/** Of a prompt and a vote, and of what is refused for another reason anyway: the reason is given under the lock. */
export const heldAgainstNothing: HeldAgainst = []

/** Without a model there is nothing to prepare. */
export function withoutMeaning({ meaning }: Outside): { readonly prepared: HeldAgainst } | null {
  return meaning === null ? { prepared: null } : null
}

type TypedCopy = { readonly typed: string; readonly texts: CopiedTexts; readonly expiresAt: Date | null }

/**
 * Holds a copy against the original and the other copy in meaning. No model is asked about what the rules of words refuse,
 * nor in the grace, which is for what is on its way [QF-N7]. Where none answers, the rules of words decide, and a line in the
 * log says so [QF-P12].
 */
export async function holdAgainst(
  { party, now, outside }: Pick<PreparationContext<"player">, "party" | "now" | "outside">,
  { typed, texts, expiresAt }: TypedCopy,
): Promise<Result<HeldAgainst, PhraseRefusal>> {
  const { meaning, log } = outside
  if (meaning === null) return ok(null)
  const phrase = checkCopy(typed, texts, await phraseStandard(party))
  if (!phrase.ok) return ok(heldAgainstNothing)
  const others = othersIn(texts)
  const isInTime = expiresAt === null || now.getTime() < expiresAt.getTime()
  const cosines: Result<readonly number[], Refusal> = isInTime ? await meaning(phrase.value, others) : refuse("no_time_left")
  if (cosines.ok) return meansTheSame(cosines.value) ? refuse("phrase_same_meaning") : ok(others)
  log.warn({ party: party.id, code: cosines.refusal.code }, "nobody could tell what a copy means: the rules of words decided alone")
  return ok(null)
}

/** The other copy may have come in while the model thought: then this one is held against that as well. */
export function demandHeldAgainst({ prepared, prepareAgain }: Pick<CommandContext<"player", HeldAgainst>, "prepared" | "prepareAgain">, texts: CopiedTexts): void {
  if (prepared !== null && othersIn(texts).some((text) => !prepared.includes(text))) prepareAgain()
}

function othersIn({ original, otherCopy }: CopiedTexts): string[] {
  return otherCopy === null ? [original] : [original, otherCopy]
}
