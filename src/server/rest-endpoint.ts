import "server-only"
import { z } from "zod"
import { ok, type Result } from "@/kernel/result"
import { readRequestId } from "./action"
import { readJson, responding } from "./endpoint"
import { readBody } from "./read-body"
import type { AppRefusal, RefusalCode } from "./refusal"
import { claimsOfRequest } from "./request"
import { parseInput, type Caller } from "./run-command"
import type { Runtime } from "./runtime"

/** What the document says of a door. */
export type RestRoute = {
  readonly method: "get" | "post"
  /** With `{name}` for what is in the address. */
  readonly path: string
  readonly summary: string
  /** What is in the address. */
  readonly params: z.ZodObject
  /** The body of a post, the query string of a get. */
  readonly input: z.ZodObject
  /** The media type of the body. */
  readonly bodyType?: "application/json" | "application/x-www-form-urlencoded"
  readonly answer: z.ZodType
  /** Every refusal this door may say. */
  readonly errors: readonly RefusalCode[]
  /** Whether the caller has to show a bearer token (or a cookie). */
  readonly isOpen?: boolean
  /** Whether a second send with the same `Idempotency-Key` acts once. */
  readonly hasRequestId?: boolean
}

export type RestDoor = RestRoute & {
  /** What Next calls; `context` brings what is in the address, and nothing where nothing is in it. */
  readonly handle: (request: Request, context: { params: Promise<Record<string, string> | undefined> }) => Promise<Response>
}

/** Who asks at which process, with what. */
export type RestJob<Input> = { readonly parts: Runtime; readonly caller: Caller; readonly input: Input }

type Definition<P extends z.ZodObject, B extends z.ZodObject, S extends z.ZodType<{ success: true }>, Value extends object> = RestRoute & {
  readonly params: P
  readonly input: B
  readonly answer: S
  readonly work: (job: RestJob<z.infer<P> & z.infer<B>>) => Promise<Result<Value, AppRefusal>>
}

/** A door for machines with names of its own: reads by the shapes that the document shows, and does its work by commands and queries. */
export function restDoor<P extends z.ZodObject, B extends z.ZodObject, S extends z.ZodType<{ success: true }>, Value extends Unmarked<z.infer<S>>>({
  work,
  ...route
}: Definition<P, B, S, Value>): RestDoor {
  return {
    ...route,
    handle: (request, context) =>
      responding(route.path, async (parts) => {
        const raw = route.method === "get" ? ok(Object.fromEntries(new URL(request.url).searchParams)) : await readOptionalJson(request)
        if (!raw.ok) return raw
        const params = parseInput(route.params, (await context.params) ?? {})
        if (!params.ok) return params
        const input = parseInput(route.input, raw.value)
        if (!input.ok) return input
        const requestId = readRequestId(request.headers.get("idempotency-key"))
        if (!requestId.ok) return requestId
        const caller = { claims: await claimsOfRequest(parts), ...(requestId.value ? { requestId: requestId.value } : {}) }
        return work({ parts, caller, input: { ...input.value, ...params.value } as z.infer<P> & z.infer<B> })
      }),
  }
}

/** An answer without the `success` that every door adds. */
type Unmarked<Answer> = Answer extends unknown ? Omit<Answer, "success"> : never

/** No body at all is an empty one for who shows a token: a foreign page can send neither the token nor JSON. */
async function readOptionalJson(request: Request): Promise<Result<unknown, AppRefusal>> {
  const { headers } = request
  if (headers.has("content-type") || !headers.has("authorization")) return readJson(request)
  const body = await readBody(request, 1)
  return body?.byteLength === 0 ? ok({}) : readJson(request)
}
