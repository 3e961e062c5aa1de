import { z } from "zod"

/** What a program sends to join a party; the name's own rules are `joinParty`'s. */
export const joinBody = z.object({
  name: z.string("Type a name."),
  partyPin: z.union([z.number(), z.string()]).describe("Six digits: on the TV and in the window where the party was started."),
})
