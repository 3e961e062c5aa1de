import { createHash } from "node:crypto"
import type { Random } from "@/kernel/random"
import { invitationLength, invitationSigns, readInvitation } from "./invitation-spelling"

// A browser reads invitations too, and has no node:crypto.
export { readInvitation }

/** [LAN-20] How long an invitation waits to be redeemed, ms. */
export const invitationLifetimeMs = 60 * 60 * 1000

/** [LAN-20] A fresh invitation: 130 bits by chance. */
export function drawInvitation(random: Random): string {
  return Array.from({ length: invitationLength }, () => invitationSigns[random.int(0, invitationSigns.length - 1)]).join("")
}

/** [LAN-21] What the database keeps of an invitation. */
export function invitationHash(invitation: string): string {
  return createHash("sha256").update(`lan invitation ${invitation}`).digest("hex")
}

/** [LAN-22] The link one line in a terminal is made of. The secret stands behind `#`, which no browser sends to anybody. */
export function invitationLink(origin: string, invitation: string): string {
  return `${new URL("/lan", origin).href}#${invitation}`
}
