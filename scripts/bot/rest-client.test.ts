import { describe, expect, it } from "vitest"
import { z } from "zod"
import { Refused, restClient } from "./rest-client"

const answer = z.object({ success: z.literal(true), coins: z.int() })
const yes = () => Response.json({ success: true, coins: 5 })
const no = (status: number, code: string) => () => Response.json({ success: false, code, error: "No." }, { status })

/** A server that answers in this order, and what it was asked. */
function server(...answers: (() => Response)[]) {
  const asked: { url: string; headers: Headers }[] = []
  const pauses: number[] = []
  const rest = restClient({
    url: "http://party",
    token: "seal",
    fetch: async (url, init) => {
      asked.push({ url, headers: new Headers(init?.headers) })
      const next = answers[asked.length - 1]
      if (!next) throw new Error("asked too often")
      return next()
    },
    pause: async (ms) => void pauses.push(ms),
  })
  return { rest, asked, pauses }
}

describe("a bot's requests", () => {
  it("[PTY-14] are sent again under the same key when the line or the server breaks", async () => {
    const broken = () => {
      throw new TypeError("fetch failed")
    }
    const { rest, asked, pauses } = server(broken, no(503, "party_busy"), () => new Response("<html>", { status: 502 }), yes)
    expect(await rest.post("/x", {}, answer)).toEqual({ success: true, coins: 5 })
    expect(new Set(asked.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1)
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer seal")
    expect(pauses).toEqual([200, 400, 800])
  })

  it("[PTY-14] each have a key of their own", async () => {
    const { rest, asked } = server(yes, yes)
    await rest.post("/x", {}, answer)
    await rest.post("/x", {}, answer)
    expect(new Set(asked.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(2)
  })

  it("are not repeated when they are refused", async () => {
    const { rest, asked } = server(no(409, "stale_version"))
    const refusal = await rest.get("/x", answer).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refused)
    expect(refusal).toMatchObject({ code: "stale_version", status: 409, message: "No." })
    expect(asked).toHaveLength(1)
  })

  it("give up after six attempts", async () => {
    const { rest, asked } = server(...Array.from({ length: 9 }, () => no(503, "party_busy")))
    await expect(rest.get("/x", answer)).rejects.toThrow("No.")
    expect(asked).toHaveLength(6)
  })

  it("take no answer of another shape", async () => {
    const { rest } = server(() => Response.json({ success: true }))
    await expect(rest.get("/x", answer)).rejects.toThrow(z.ZodError)
  })
})
