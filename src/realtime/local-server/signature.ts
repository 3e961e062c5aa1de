import { createHash, createHmac, timingSafeEqual } from "node:crypto"

/** The app a server serves. Knowing the key lets one knock; knowing the secret lets one speak for the party. */
export type AppCredentials = { readonly appId: string; readonly key: string; readonly secret: string }

/** HMAC-SHA256 of `text` as 64 lower-case hex digits. */
export function sign(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex")
}

/** Lower-case hex md5 of a body, as publishers send it. */
export function md5Hex(body: Buffer): string {
  return createHash("md5").update(body).digest("hex")
}

/** Compares two texts in a time that tells nothing about where they differ (PSH-22). */
export function isSameText(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What is signed to let one socket into one channel; `channelData` counts with its exact bytes (PSH-23). */
export function channelText(socketId: string, channel: string, channelData: string | null): string {
  return channelData === null ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`
}

/** What is signed to let one socket sign in as a person (PSH-12). */
export function userText(socketId: string, userDataText: string): string {
  return `${socketId}::user::${userDataText}`
}

/** What is signed of an HTTP call: decoded parameters in the order of their lower-cased names, without the signature (PSH-40). */
export function httpText(method: string, path: string, query: readonly (readonly [string, string])[]): string {
  const signed = query.filter(([name]) => name !== "auth_signature")
  const sorted = signed.toSorted(([a], [b]) => compare(a.toLowerCase(), b.toLowerCase()))
  return [method, path, sorted.map(([name, value]) => `${name}=${value}`).join("&")].join("\n")
}

/** Whether `auth` is `<key>:<signature of text>` of this app (PSH-22). */
export function isSignedBy(app: AppCredentials, auth: string, text: string): boolean {
  const colon = auth.lastIndexOf(":")
  if (colon < 0) return false
  const isOurKey = isSameText(auth.slice(0, colon), app.key)
  const isOurSignature = isSameText(auth.slice(colon + 1), sign(app.secret, text))
  return isOurKey && isOurSignature
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
