import { Validator } from "@seriousme/openapi-schema-validator"
import { describe, expect, it, vi } from "vitest"
import { GET } from "@/app/api/v1/openapi.json/route"
import { routeFiles } from "@/testing/rest-fetch"
import { databaseOutages } from "./database-outage"
import { refusalStatus } from "./refusal-status"
import { restRoutes } from "./rest-document"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

type Operation = {
  security: object[]
  operationId: string
  parameters?: { name: string; in: string }[]
  requestBody?: object
  responses: Record<string, { content: Record<string, { schema: { properties?: { code?: { enum?: string[] } } } }> }>
}
type Paths = Record<string, Record<string, Operation>>

async function documentServed() {
  return (await GET().json()) as { openapi: string; paths: Paths; components: { schemas: Record<string, unknown> } }
}

describe("the API's document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator()
    const result = await validator.validate((await documentServed()) as unknown as Record<string, unknown>)
    expect(result).toMatchObject({ valid: true })
    expect(validator.version).toBe("3.1")
  })

  it("has an entry for every route file of Quipflip and of the LAN, and a route file for every entry", async () => {
    const files = [...(await routeFiles("qf")), ...(await routeFiles("lan")), ...(await routeFiles("join")), ...(await routeFiles("realtime")), ...(await routeFiles("openapi.json"))]
    const { paths } = await documentServed()
    const entries = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect(files.map(([address]) => address).sort()).toEqual(entries.filter((entry) => !entry.startsWith("post /api/pusher/")).sort())
    expect(files).toHaveLength(40)
  })

  it("says for every door who may come in, each code under its status, and each operation's name once", async () => {
    const { paths } = await documentServed()
    for (const route of restRoutes) {
      const operation = paths[route.path]?.[route.method]
      expect(operation?.security).toEqual(route.isOpen ? [] : [{ bearer: [] }])
      if (route.path.startsWith("/api/pusher/")) {
        expect(Object.keys(operation?.responses ?? {})).toEqual(["200", "403", "500", "503"])
        expect(operation?.responses["503"]?.content["application/json"]?.schema.properties?.code?.enum).toEqual(databaseOutages)
        continue
      }
      const listed = Object.entries(operation?.responses ?? {}).flatMap(([status, { content }]) =>
        (content["application/json"]?.schema.properties?.code?.enum ?? []).map((code) => `${status} ${code}`),
      )
      // Whoever asks the database may find it away.
      const outages = route.errors.length === 0 ? [] : databaseOutages.map((code) => `503 ${code}`)
      expect(listed.sort()).toEqual([...route.errors.map((code) => `${refusalStatus({ code })} ${code}`), ...outages].sort())
    }
    const names = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(new Set(names).size).toBe(names.length)
  })

  it("shows what is in the address, in the query and in the body", async () => {
    const { paths, components } = await documentServed()
    const submit = paths["/api/v1/qf/party/{sessionId}/rounds/{roundId}/submit"]?.post
    expect(submit?.parameters?.map((one) => `${one.in} ${one.name}`)).toEqual(["path sessionId", "path roundId", "header Idempotency-Key"])
    expect(submit?.requestBody).toMatchObject({ required: true, content: { "application/json": { schema: { required: ["phrase"] } } } })
    expect(paths["/api/v1/qf/party/{sessionId}/ready"]?.post?.requestBody).toMatchObject({ required: false })
    expect(paths["/api/v1/qf/party/list"]?.get?.parameters).toMatchObject([{ in: "query", name: "status" }])
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(["Session", "Participant", "Results", "PromptRound", "CopyRound", "VoteRound", "Submitted"]))
  })
})
