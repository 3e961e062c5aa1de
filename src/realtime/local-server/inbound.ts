import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

const frame = z.object({ event: z.string().min(1), channel: z.string().optional(), data: z.unknown().optional() })

/** One message from a client, its `data` not yet looked at. */
export type InboundFrame = z.infer<typeof frame>

export const subscribeData = z.object({
  channel: z.string(),
  auth: z.string().nullish(),
  channel_data: z.string().nullish(),
})
export type SubscribeData = z.infer<typeof subscribeData>

export const unsubscribeData = z.object({ channel: z.string() })

export const signinData = z.object({ auth: z.string(), user_data: z.string() })
export type SigninData = z.infer<typeof signinData>

/** What the party's server signed about a member of a presence channel. */
export const channelData = z.object({
  user_id: z.union([z.string().min(1), z.number()]),
  user_info: z.unknown().optional(),
})

/** What the party's server signed about a person signing in. */
export const userData = z.object({ id: z.string().min(1), user_info: z.unknown().optional() })
export type UserData = z.infer<typeof userData>

export type BadFrame = Refusal<"bad_json" | "bad_shape">

/** Reads one text frame: any text gives a frame or a refusal, never an exception (PSH-9). */
export function decodeFrame(text: string): Result<InboundFrame, BadFrame> {
  return decodeJson(frame, text)
}

/** Reads `data`, which a client may send as a value or as that value's JSON text (PSH-10). */
export function decodeData<T>(schema: z.ZodType<T>, data: unknown): Result<T, BadFrame> {
  return typeof data === "string" ? decodeJson(schema, data) : check(schema, data)
}

/** Reads JSON text of a known shape. */
export function decodeJson<T>(schema: z.ZodType<T>, text: string): Result<T, BadFrame> {
  const json = parseJson(text)
  return json.ok ? check(schema, json.value) : json
}

function check<T>(schema: z.ZodType<T>, value: unknown): Result<T, Refusal<"bad_shape">> {
  const parsed = schema.safeParse(value)
  return parsed.success ? ok(parsed.data) : refuse("bad_shape")
}

function parseJson(text: string): Result<unknown, Refusal<"bad_json">> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return refuse("bad_json")
  }
}
