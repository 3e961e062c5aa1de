import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { ChannelName } from "./channel-name"
import { channelData, decodeJson, type SubscribeData, type UserData } from "./inbound"
import type { LocalPusherLimits } from "./limits"
import type { Member } from "./presence"
import { channelText, isSignedBy, type AppCredentials } from "./signature"

export type Entry = {
  readonly app: AppCredentials
  readonly limits: LocalPusherLimits
  readonly socketId: string
  /** Who the socket is signed in as, if anybody. */
  readonly user: UserData | null
  readonly name: ChannelName
  readonly request: Pick<SubscribeData, "auth" | "channel_data">
}

export type EntryRefusal = Refusal<"not_signed" | "bad_channel_data" | "not_signed_in" | "member_too_large">

/** Whether a socket may enter a channel, and as whom: null outside presence channels (PSH-21, PSH-23, PSH-24). */
export function authorizeEntry(entry: Entry): Result<Member | null, EntryRefusal> {
  if (entry.name.access === "public") return ok(null)
  if (!isSigned(entry)) return refuse("not_signed")
  return entry.name.access === "presence" ? readMember(entry) : ok(null)
}

/** In whose name a signed subscription is: null when its `channel_data` names nobody, or there is none (PSH-59). */
export function bearerOf({ channel_data: text }: Entry["request"]): string | null {
  const data = text == null ? null : decodeJson(channelData, text)
  return data?.ok ? String(data.value.user_id) : null
}

function isSigned({ app, socketId, name, request }: Entry): boolean {
  return isSignedBy(app, request.auth ?? "", channelText(socketId, name.text, request.channel_data ?? null))
}

function readMember(entry: Entry): Result<Member, EntryRefusal> {
  const member = entry.request.channel_data == null ? signedInMember(entry.user) : signedMember(entry.request.channel_data)
  return member.ok ? fits(member.value, entry.limits) : member
}

function signedMember(text: string): Result<Member, Refusal<"bad_channel_data">> {
  const data = decodeJson(channelData, text)
  if (!data.ok) return refuse("bad_channel_data")
  return ok({ userId: data.value.user_id, userInfo: data.value.user_info })
}

function signedInMember(user: UserData | null): Result<Member, Refusal<"not_signed_in">> {
  return user ? ok({ userId: user.id, userInfo: user.user_info }) : refuse("not_signed_in")
}

function fits(member: Member, limits: LocalPusherLimits): Result<Member, Refusal<"member_too_large">> {
  const infoBytes = Buffer.byteLength(JSON.stringify(member.userInfo ?? null))
  const isTooLarge = infoBytes > limits.maxUserInfoBytes || String(member.userId).length > limits.maxUserIdLength
  return isTooLarge ? refuse("member_too_large") : ok(member)
}
