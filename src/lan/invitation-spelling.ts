/** Crockford's 32 signs, five bits each: no I, L, O or U, which are misread when typed off a screen. */
export const invitationSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
export const invitationLength = 26

const invitationPattern = new RegExp(`^[${invitationSigns}]{${invitationLength}}$`)

/** What was typed, in the one spelling that is hashed; null when it is no invitation. */
export function readInvitation(typed: string): string | null {
  const invitation = typed.trim().toUpperCase()
  return invitationPattern.test(invitation) ? invitation : null
}
