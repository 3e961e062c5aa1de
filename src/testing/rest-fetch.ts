import { readdirSync } from "node:fs"
import path from "node:path"
import { expect } from "vitest"
import { refusalShape, restRoutes } from "@/server/rest-document"
import type { RestRoute } from "@/server/rest-endpoint"
import { withHeaders } from "./rest-headers"

type Handler = (request: Request, context: { params: Promise<Record<string, string> | undefined> }) => Promise<Response>

const api = path.resolve(import.meta.dirname, "../app/api/v1")

/** The route files under src/app/api/v1/`folder`, by the path that they answer, as "get /api/v1/…/{sessionId}". */
export async function routeFiles(folder: string): Promise<Map<string, Handler>> {
  const handlers = new Map<string, Handler>()
  for (const file of readdirSync(path.join(api, folder), { recursive: true, encoding: "utf8" })) {
    if (path.basename(file) !== "route.ts") continue
    const address = path.join("/api/v1", folder, path.dirname(file)).replaceAll("[", "{").replaceAll("]", "}")
    const module = (await import(path.join(api, folder, file))) as Record<string, Handler>
    for (const method of ["GET", "POST"]) if (module[method]) handlers.set(`${method.toLowerCase()} ${address}`, module[method])
  }
  return handlers
}

/** The documented route of an address, and what is in it. */
export function routeOf(method: string, pathname: string): { route: RestRoute; params: Record<string, string> } {
  for (const route of restRoutes) {
    const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`)
    const match = route.method === method.toLowerCase() ? pattern.exec(pathname) : null
    // `rounds/prompt` is no `rounds/{roundId}`, and `join` no session.
    if (match) return { route, params: { ...match.groups } }
  }
  throw new Error(`the document does not know ${method} ${pathname}`)
}

/** A `fetch` that reaches the route files themselves, and checks every answer against the document. */
export async function restFetch(): Promise<(url: string | URL, init?: RequestInit) => Promise<Response>> {
  const handlers = new Map([...(await routeFiles("qf")), ...(await routeFiles("lan")), ...(await routeFiles("join")), ...(await routeFiles("realtime"))])
  return async (url, init = {}) => {
    const request = new Request(url, init)
    const { route, params } = routeOf(request.method, new URL(url).pathname)
    const handler = handlers.get(`${route.method} ${route.path}`)
    if (!handler) throw new Error(`no route file answers ${route.method} ${route.path}`)
    const response = await withHeaders(request.headers, () => handler(request, { params: Promise.resolve(asNext(params)) }))
    expectDocumented(route, response.status, await response.clone().json())
    return response
  }
}

/** Next hands over nothing where nothing is in the address. */
function asNext(params: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(params).length === 0 ? undefined : params
}

/** No field is missing, and none is there that the document does not know. */
function expectDocumented(route: RestRoute, status: number, body: unknown): void {
  const shape = status === 200 ? route.answer : refusalShape(route.errors)
  expect({ path: route.path, status, body: shape.parse(body) }).toEqual({ path: route.path, status, body })
}
