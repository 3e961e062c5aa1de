import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { readInvitation } from "@/lan/invitations"

/** Where the party is and what opens its network. */
export type PartyLink = {
  /** Without a slash at the end. */
  readonly party: string
  readonly invitation: string
}

export type LinkRefusal = Refusal<"link_missing" | "link_no_address" | "link_not_http" | "link_other_page" | "link_no_invitation" | "link_no_line">

/** [LANA-1] Reads `<party>/lan#<invitation>`; every other text is refused by what is wrong with it. */
export function readLink(text: string | undefined): Result<PartyLink, LinkRefusal> {
  const typed = text?.trim() ?? ""
  if (typed === "") return refuse("link_missing")
  if (!URL.canParse(typed)) return refuse("link_no_address")
  const { protocol, origin, pathname, hash, username, password, search } = new URL(typed)
  if (protocol !== "http:" && protocol !== "https:") return refuse("link_not_http")
  if (username !== "" || password !== "" || search !== "" || !/^\/lan\/?$/.test(pathname)) return refuse("link_other_page")
  if (hash.length <= 1) return refuse("link_no_invitation")
  const invitation = readInvitation(hash.slice(1))
  return invitation ? ok({ party: origin, invitation }) : refuse("link_no_line")
}
