import { z } from "zod"
import { phraseLength } from "./phrase-shape"
import { playerRange, quotaRange } from "./phases"

const quota = (range: { readonly min: number; readonly max: number }) =>
  z.int("A whole number, please.").min(range.min, `At least ${range.min}.`).max(range.max, `At most ${range.max}.`)

const players = quota(playerRange)

/** What is left out is the usual [QF-N8] or stays as it is. */
const sessionSettingsInput = z.object({
  promptsPerPlayer: quota(quotaRange.PROMPT).optional(),
  copiesPerPlayer: quota(quotaRange.COPY).optional(),
  votesPerPlayer: quota(quotaRange.VOTE).optional(),
  pace: z.enum(["X1", "X1_5", "X2", "OFF"]).optional(),
})

export const createSessionInput = sessionSettingsInput
  .extend({ minPlayers: players.default(playerRange.min), maxPlayers: players.default(playerRange.max) })
  .refine(({ minPlayers, maxPlayers }) => minPlayers <= maxPlayers, "At least as many players must fit in as are needed.")

const sessionId = z.uuid("That session does not exist.")
/** The phase the sender saw; checked when it is there [QF-S3]. */
const lifecycleVersion = z.int().optional()

export const sessionInput = z.object({ sessionId })
/** As it was typed: any case, blanks anywhere [QF-S1]. */
export const joinSessionInput = z.object({ code: z.string("Type the code.").max(40, "A code has eight characters.") })
export const readyInput = z.object({ sessionId, isReady: z.boolean().default(true) })
export const changeSessionInput = sessionSettingsInput.extend({ sessionId })
export const removeAiInput = z.object({ sessionId, participantId: z.uuid("That player is not here.") })
export const skipPlayerInput = z.object({ sessionId, participantId: z.uuid("That player is not here."), lifecycleVersion })
export const skipPhaseInput = z.object({ sessionId, lifecycleVersion })

/** Longer than any phrase, so that rule QF-P2 can say what is too long; much longer is no phrase at all. */
const typedPhrase = z.string("Type a phrase.").max(phraseLength.most * 4, "A phrase has 100 characters at most.")

export const beginSessionRoundInput = z.object({ sessionId, type: z.enum(["PROMPT", "COPY", "VOTE"]).optional(), lifecycleVersion })
/** A vote sends the phrase it is for. */
export const submitSessionRoundInput = z.object({
  sessionId,
  roundId: z.uuid("That round does not exist."),
  phrase: typedPhrase,
  lifecycleVersion,
})

export const beginSoloRoundInput = z.object({ type: z.enum(["PROMPT", "COPY", "VOTE"]) })
export const secondCopyInput = z.object({ promptRoundId: z.uuid("That prompt does not exist.") })
export const submitSoloRoundInput = z.object({ roundId: z.uuid("That round does not exist."), phrase: typedPhrase })
export const soloRoundInput = z.object({ roundId: z.uuid("That round does not exist.") })
/** The host's word on a phrase somebody flagged. */
export const flagInput = z.object({ promptRoundId: z.uuid("That prompt does not exist."), isKept: z.boolean() })
