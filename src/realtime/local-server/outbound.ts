import type { Member, Roster } from "./presence"

/** An encoded text frame. One buffer is shared by every socket it goes to (PSH-55). */
export type Frame = Buffer

export type SubscriptionErrorType = "AuthError" | "LimitReached"

export function connectionEstablished(socketId: string, activityTimeoutSeconds: number): Frame {
  return systemFrame("pusher:connection_established", { socket_id: socketId, activity_timeout: activityTimeoutSeconds })
}

export const pong: Frame = systemFrame("pusher:pong", {})

/** The only system event whose data is an object rather than JSON text, as the hosted service does it (PSH-10). */
export function protocolError(code: number | null, message: string): Frame {
  return encode({ event: "pusher:error", data: { code, message } })
}

export function signinSuccess(userDataText: string): Frame {
  return systemFrame("pusher:signin_success", { user_data: userDataText })
}

export function subscriptionSucceeded(channel: string, roster: Roster | null): Frame {
  return systemFrame("pusher_internal:subscription_succeeded", roster ? { presence: roster } : {}, channel)
}

export function subscriptionError(
  channel: string,
  refusal: { type: SubscriptionErrorType; error: string; status: number },
): Frame {
  return systemFrame("pusher:subscription_error", refusal, channel)
}

export function memberAdded(channel: string, member: Member): Frame {
  const data = { user_id: member.userId, user_info: member.userInfo }
  return systemFrame("pusher_internal:member_added", data, channel)
}

export function memberRemoved(channel: string, member: Member): Frame {
  return systemFrame("pusher_internal:member_removed", { user_id: member.userId }, channel)
}

export function cacheMiss(channel: string): Frame {
  return encode({ event: "pusher:cache_miss", channel })
}

/** An event somebody published; `data` keeps its JSON type, absent stays absent. */
export function publishedEvent(event: string, channel: string, data: unknown, userId?: string | number): Frame {
  return encode({ event, channel, data, user_id: userId })
}

function systemFrame(event: string, data: object, channel?: string): Frame {
  return encode({ event, channel, data: JSON.stringify(data) })
}

function encode(frame: object): Frame {
  return Buffer.from(JSON.stringify(frame))
}
