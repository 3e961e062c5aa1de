import { refuse, type Refusal, type Result, ok } from "@/kernel/result"
import { Channel } from "./channel"
import { authorizeEntry, bearerOf, type EntryRefusal } from "./channel-authorization"
import { addresseeOf, parseChannelName, type BadChannelName, type ChannelName } from "./channel-name"
import { closeCode, errorCode } from "./codes"
import type { Connection } from "./connection"
import type { Hub } from "./hub"
import type { SubscribeData } from "./inbound"
import {
  cacheMiss,
  memberAdded,
  memberRemoved,
  protocolError,
  subscriptionError,
  subscriptionSucceeded,
  type SubscriptionErrorType,
} from "./outbound"
import type { Member } from "./presence"

type SubscriptionRefusal =
  | BadChannelName
  | EntryRefusal
  | Refusal<"not_addressee" | "too_many_subscriptions" | "channel_full" | "user_ended">

type Answer = { type: SubscriptionErrorType; error: string; status: number }

const answers: Record<SubscriptionRefusal["code"], Answer> = {
  bad_channel_name: {
    type: "AuthError",
    error: "A channel name consists of letters, digits and _-=@,.;",
    status: closeCode.unauthorized,
  },
  channel_name_too_long: { type: "LimitReached", error: "The channel name is too long", status: closeCode.unauthorized },
  not_signed: { type: "AuthError", error: "The subscription is not signed for this socket", status: closeCode.unauthorized },
  bad_channel_data: { type: "AuthError", error: "channel_data carries no usable user_id", status: closeCode.unauthorized },
  not_signed_in: {
    type: "AuthError",
    error: "A presence channel needs channel_data or a signed-in user",
    status: closeCode.unauthorized,
  },
  not_addressee: { type: "AuthError", error: "Only the user addressed may listen", status: closeCode.unauthorized },
  member_too_large: { type: "LimitReached", error: "The member's data is too large", status: errorCode.tooMuch },
  too_many_subscriptions: {
    type: "LimitReached",
    error: "This connection holds too many subscriptions",
    status: closeCode.overCapacity,
  },
  user_ended: { type: "AuthError", error: "The user's connections were ended", status: closeCode.unauthorized },
  channel_full: { type: "LimitReached", error: "The presence channel is full", status: closeCode.overCapacity },
}

/** Lets a socket into a channel, or tells it why not; the connection stays open either way (PSH-18 – PSH-29). */
export function subscribe(hub: Hub, connection: Connection, request: SubscribeData): void {
  if (connection.subscriptions.has(request.channel)) {
    connection.send(protocolError(null, `Existing subscription to channel ${request.channel}`))
    return
  }
  const entered = enter(hub, connection, request)
  if (!entered.ok) connection.send(subscriptionError(request.channel, answers[entered.refusal.code]))
}

/** Takes a socket out of a channel at its own wish; silent when that works (PSH-20). */
export function unsubscribe(hub: Hub, connection: Connection, channel: string): void {
  if (leave(hub, connection, channel)) return
  connection.send(protocolError(null, `No current subscription to channel ${channel}, or subscription in progress`))
}

/** Takes a socket out of everything, because it is gone (PSH-25, PSH-37). */
export function leaveAll(hub: Hub, connection: Connection): void {
  for (const channel of connection.subscriptions) leave(hub, connection, channel)
}

function enter(hub: Hub, connection: Connection, request: SubscribeData): Result<null, SubscriptionRefusal> {
  if (connection.subscriptions.size >= hub.limits.maxSubscriptionsPerConnection) return refuse("too_many_subscriptions")
  const addressee = addresseeOf(request.channel)
  if (addressee !== null) return enterOwnUserChannel(connection, request.channel, addressee)

  const name = parseChannelName(request.channel, hub.limits.maxSubscribedNameLength)
  if (!name.ok) return name
  const { app, limits } = hub
  const entry = { app, limits, socketId: connection.socketId, user: connection.user, name: name.value, request }
  const member = authorizeEntry(entry)
  if (!member.ok) return member
  const bearer = name.value.access === "public" ? null : bearerOf(request)
  if (bearer !== null && hub.endedUsers.includes(bearer, connection.number)) return refuse("user_ended")
  if (member.value && isFull(hub, name.value, member.value)) return refuse("channel_full")

  if (bearer !== null) {
    connection.bears.add(bearer)
    hub.bearers.add(bearer, connection)
  }
  join(hub, connection, name.value, member.value)
  return ok(null)
}

// The user channel has no subscribers to keep: its events go to all sockets of the user, subscribed or not (PSH-29).
function enterOwnUserChannel(connection: Connection, channel: string, addressee: string): Result<null, SubscriptionRefusal> {
  if (connection.user?.id !== addressee) return refuse("not_addressee")
  connection.subscriptions.add(channel)
  connection.send(subscriptionSucceeded(channel, null))
  return ok(null)
}

function isFull(hub: Hub, name: ChannelName, member: Member): boolean {
  const presence = hub.channels.get(name.text)?.presence
  if (!presence || presence.has(member.userId)) return false
  return presence.count >= hub.limits.maxPresenceMembers
}

function join(hub: Hub, connection: Connection, name: ChannelName, member: Member | null): void {
  const channel = hub.channels.get(name.text) ?? new Channel(name)
  hub.channels.set(name.text, channel)
  channel.subscribers.add(connection)
  connection.subscriptions.add(name.text)
  const isNewMember = member !== null && channel.presence?.join(connection.socketId, member)

  connection.send(subscriptionSucceeded(name.text, channel.presence?.roster() ?? null))
  if (name.isCache) connection.send(hub.cache.get(name.text, hub.now())?.frame ?? cacheMiss(name.text))
  if (isNewMember) channel.broadcast(memberAdded(name.text, member), connection.socketId)
}

function leave(hub: Hub, connection: Connection, channelText: string): boolean {
  if (!connection.subscriptions.delete(channelText)) return false
  const channel = hub.channels.get(channelText)
  if (!channel) return true
  channel.subscribers.delete(connection)
  if (channel.subscribers.size === 0) hub.channels.delete(channelText)

  const goneMember = channel.presence?.leave(connection.socketId)
  if (goneMember) channel.broadcast(memberRemoved(channelText, goneMember), null)
  return true
}
