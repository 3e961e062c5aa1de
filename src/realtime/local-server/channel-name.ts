import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** A channel name that was read: who may enter follows from its prefix (PSH-16). */
export type ChannelName = {
  readonly text: string
  readonly access: "public" | "private" | "presence"
  /** Remembers its last event for those who come later (PSH-28). */
  readonly isCache: boolean
}

export type BadChannelName = Refusal<"bad_channel_name" | "channel_name_too_long">

const allowed = /^[A-Za-z0-9_\-=@,.;]+$/
const cachePrefix = /^(?:private-encrypted-|private-|presence-)?cache-/
const serverToUserPrefix = "#server-to-user-"
const maxServerToUserIdLength = 200

/** Reads a channel name of at most `maxLength` characters (PSH-15, PSH-16). `#…` names are not channels in this sense. */
export function parseChannelName(text: string, maxLength: number): Result<ChannelName, BadChannelName> {
  if (text.length > maxLength) return refuse("channel_name_too_long", { maxLength })
  if (!allowed.test(text)) return refuse("bad_channel_name")
  return ok({ text, access: accessOf(text), isCache: cachePrefix.test(text) })
}

/** The person a `#server-to-user-<id>` name addresses, or null when the name is of another kind (PSH-29). */
export function addresseeOf(text: string): string | null {
  if (!text.startsWith(serverToUserPrefix)) return null
  const userId = text.slice(serverToUserPrefix.length)
  return userId.length > 0 && userId.length <= maxServerToUserIdLength ? userId : null
}

function accessOf(text: string): ChannelName["access"] {
  if (text.startsWith("presence-")) return "presence"
  return text.startsWith("private-") ? "private" : "public"
}
