import { z } from "zod"

const guestId = z.uuid("That guest does not exist.")

export const joinInput = z.object({ name: z.string("Type a name.").max(400, "That name is too long.") })
export const renameGuestInput = z.object({ guestId, name: z.string("Type a name.").max(400, "That name is too long.") })
export const guestInput = z.object({ guestId })
export const callGuestInput = z.object({ guestId, message: z.string().trim().max(80, "The message can have 80 characters.").default("You drive next") })
export const doorInput = z.object({ isDoorLocked: z.boolean() })
export const partyName = z.string().trim().min(1, "The party needs a name.").max(60, "The party's name can have 60 characters.")
export const settingsInput = z
  .object({
    name: partyName,
    familyFilter: z.enum(["OFF", "MILD", "STRICT"]),
    isSelfTimingOn: z.boolean(),
    isSelfBettingOn: z.boolean(),
    stakeLimitCoins: z
      .int("The stake limit is a whole number of coins.")
      .min(1, "The stake limit is at least 1 coin.")
      .max(1_000_000, "The stake limit is at most 1 000 000 coins."),
    tvView: z.enum(["invite", "race", "imposter", "quipflip", "table"]).nullable(),
  })
  .partial()
export const grantInput = z.object({
  guestId,
  amount: z
    .int("Grant a whole number of coins.")
    .min(1, "Grant at least 1 coin.")
    .max(100_000, "Grant at most 100 000 coins at once."),
  reason: z.string().trim().max(80, "The reason can have 80 characters.").default(""),
})
export const hostLinkInput = z.object({
  kind: z.enum(["CO_HOST", "TV"]),
  label: z.string().trim().min(1, "Say who the link is for.").max(40, "The label can have 40 characters."),
})
export const revokeHostLinkInput = z.object({ linkId: z.uuid() })
/** An instant with its zone, or null for never. */
export const deletionInput = z.object({ deletesAt: z.iso.datetime({ offset: true, error: "That is no date." }).nullable() })
export const nothing = z.object({})
