import "server-only"
import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from "@asteasolutions/zod-to-openapi"
import { z } from "zod"
import { signInKinds } from "@/realtime/sign-in"
import { databaseOutages, type DatabaseOutage } from "./database-outage"
import { joinBody } from "./join-body"
import type { RefusalCode } from "./refusal"
import { refusalStatus } from "./refusal-status"
import type { RestRoute } from "./rest-endpoint"
import { lanRest } from "./rest-lan"
import { quipflipRest } from "./rest-quipflip"
import { realtimeDoor } from "./rest-realtime"

const nothing = z.object({})

const joinRoute: RestRoute = {
  method: "post",
  path: "/api/v1/join",
  summary: "Joins the party: a seat, 1000 coins and the bearer token all other doors ask for",
  params: nothing,
  input: joinBody,
  answer: z
    .object({
      success: z.literal(true),
      user: z.object({
        id: z.uuid(),
        name: z.string(),
        pinCode: z.int().describe("The guest's own: it opens the seat on a phone."),
        avatarUrl: z.string().nullable(),
        walletBalance: z.int(),
        vaultBalance: z.int(),
        owedCoins: z.int(),
        createdAt: z.iso.datetime(),
      }),
      token: z.string(),
    })
    .meta({ id: "Joined" }),
  errors: ["input_invalid", "wrong_pin", "too_many_guesses", "too_many_arrivals", "party_unknown", "party_ended", "party_busy", "door_locked", "name_empty", "name_too_long", "name_taken", "name_not_for_family", "no_pin_left", "party_full"],
  isOpen: true,
  hasRequestId: true,
}

const channelRoute: RestRoute = {
  method: "post",
  path: "/api/pusher/auth",
  summary: "Signs a private channel for a socket; 403 for a channel that is not the caller's",
  params: nothing,
  input: z.object({ socket_id: z.string(), channel_name: z.string() }),
  bodyType: "application/x-www-form-urlencoded",
  answer: z
    .object({ auth: z.string(), channel_data: z.string().optional().describe("Goes into the subscription as it is: it is signed too.") })
    .meta({ id: "ChannelSignature" }),
  errors: [],
}

const userRoute: RestRoute = {
  method: "post",
  path: "/api/pusher/user-auth",
  summary: "Signs a socket in on hosted Pusher, so that a kick ends it; 403 for nobody we know",
  params: nothing,
  input: z.object({
    socket_id: z.string(),
    as: z.enum(signInKinds).optional().describe("What the line is for, where the caller is both; it ends with that. Otherwise the guest's."),
  }),
  bodyType: "application/x-www-form-urlencoded",
  answer: z.object({ auth: z.string(), user_data: z.string() }).meta({ id: "UserSignature" }),
  errors: [],
}

const documentRoute: RestRoute = {
  method: "get",
  path: "/api/v1/openapi.json",
  summary: "This document",
  params: nothing,
  input: nothing,
  answer: z.looseObject({ openapi: z.string() }),
  errors: [],
  isOpen: true,
}

/** Every route the document shows: those of Quipflip and of the virtual LAN, and the way to them. */
export const restRoutes: readonly RestRoute[] = [documentRoute, joinRoute, realtimeDoor, channelRoute, userRoute, ...Object.values(quipflipRest), ...Object.values(lanRest)]

const bearer = "bearer"

/** The API as an OpenAPI 3.1 document, made of the shapes that its doors read by. */
export function restDocument() {
  const registry = new OpenAPIRegistry()
  registry.registerComponent("securitySchemes", bearer, { type: "http", scheme: "bearer", description: "The `token` that POST /api/v1/join answers; for a PC in the LAN, the one of POST /api/v1/lan/join." })
  for (const route of restRoutes) registry.registerPath(pathOf(route))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Party OS",
      version: "1",
      license: { name: "MIT", identifier: "MIT" },
      description: "Quipflip and the virtual LAN for programs. Every answer is JSON with `success`; a refusal has a `code` for programs and an `error` for people. Coins are integers, instants ISO 8601 in UTC.",
    },
    servers: [{ url: "/" }],
  })
}

function pathOf(route: RestRoute): Parameters<OpenAPIRegistry["registerPath"]>[0] {
  const { method, path, summary, params, input, isOpen = false, bodyType = "application/json" } = route
  const isEmpty = Object.keys(input.shape).length === 0
  const content = { [bodyType]: { schema: input } }
  return {
    method,
    path,
    summary,
    operationId: operationIdOf(route),
    security: isOpen ? [] : [{ [bearer]: [] }],
    request: {
      ...(Object.keys(params.shape).length === 0 ? {} : { params }),
      ...(method === "get" && !isEmpty ? { query: input } : {}),
      ...(method === "post" && !isEmpty ? { body: { content, required: !input.safeParse({}).success } } : {}),
      ...(route.hasRequestId ? { headers: z.object({ "Idempotency-Key": requestId }) } : {}),
    },
    responses: { 200: { description: "Done.", content: { "application/json": { schema: route.answer } } }, ...refusalsOf(route) },
  }
}

const requestId = z
  .string()
  .regex(/^[!-~]{16,64}$/)
  .optional()
  .describe("Any text nobody can guess; sent again, it acts once and gets the first answer.")

/** postApiV1QfPartySessionIdReady */
function operationIdOf({ method, path }: RestRoute): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "")
  return [method, ...words.map((word) => word[0]?.toUpperCase() + word.slice(1))].join("")
}

function refusalsOf({ path, errors }: RestRoute): Record<string, ResponseConfig> {
  if (path === channelRoute.path) return signingRefusals("This channel is not the caller's.")
  if (path === userRoute.path) return signingRefusals("Nobody we know.")
  if (errors.length === 0) return {}
  const statuses = [...new Set([...errors.map(statusOf), 503])].sort()
  const refusals = statuses.map((status) => {
    const known = errors.filter((code) => statusOf(code) === status)
    const codes = status === 503 ? [...known, ...databaseOutages] : known
    const response = refusalResponse(codes.join(", "), refusalShape(codes))
    return [status, status === 429 || status === 503 ? { ...response, headers: retryAfter } : response] as const
  })
  return { ...Object.fromEntries(refusals), 500: bugResponse() }
}

/** What the doors answer that the socket's own library asks, besides a signature. */
function signingRefusals(no: string): Record<string, ResponseConfig> {
  const away = { ...refusalResponse(databaseOutages.join(", "), refusalShape(databaseOutages)), headers: retryAfter }
  return { 403: refusalResponse(no, z.object({ error: z.string() })), 500: bugResponse(), 503: away }
}

const bugResponse = () => refusalResponse("A bug of ours; the log knows it by this id.", bugShape)

const statusOf = (code: RefusalCode) => refusalStatus({ code })

function refusalResponse(description: string, schema: z.ZodType): ResponseConfig {
  return { description, content: { "application/json": { schema } } }
}

/** What a refusal with one of these codes looks like. */
export function refusalShape(codes: readonly (RefusalCode | DatabaseOutage)[]) {
  return z.object({ success: z.literal(false), code: z.enum(codes), error: z.string() })
}

const bugShape = z.object({ success: z.literal(false), code: z.literal("internal"), errorId: z.string(), error: z.string() }).meta({ id: "Bug" })

const retryAfter = z.object({ "Retry-After": z.string().optional().describe("Seconds.") })
