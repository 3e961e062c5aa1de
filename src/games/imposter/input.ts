import { z } from "zod"

export const startInput = z.object({
  /** Who plays; all living guests when left out. */
  playerIds: z.array(z.uuid("Pick players of this party.")).max(1000).optional(),
})

export const targetInput = z.object({
  targetId: z.uuid("Pick a player."),
  /** Which vote it is for; the one that runs when left out. */
  vote: z.int().optional(),
})

/** What the host saw when ending it, so that a late tap ends nothing that came after; what runs when left out. */
export const revealInput = z.object({ status: z.enum(["VOTING", "REVEALED"]).optional(), vote: z.int().optional() })

export const guessInput = z.object({ text: z.string().trim().min(1, "Type the word.").max(60, "A word has 60 characters at most.") })

/** What is left out stays as it is; a category takes a theme's place and the other way round [IMP-7]. */
export const settingsInput = z
  .object({
    category: z.string().min(1).max(60).nullable().optional(),
    theme: z.string().trim().min(1, "Type a theme.").max(60, "A theme has 60 characters at most.").nullable().optional(),
    language: z.string().regex(/^[a-z]{2}$/, "Pick a language.").optional(),
    imposterCount: z.int("Type a number.").min(1, "At least one is the imposter.").max(10, "Ten imposters at most.").optional(),
    hasMisterWhite: z.boolean().optional(),
    discussionMinutes: z.int("Whole minutes, please.").min(1, "At least one minute.").max(60, "At most an hour.").optional(),
  })
  .refine(({ category, theme }) => !category || !theme, "Pick a category, or type a theme.")

/** What a model wrote, as `ai/` has checked it. */
export const stockInput = z.object({ topic: z.string(), pairs: z.array(z.object({ word: z.string(), hint: z.string() })) })
