import { createServer, type Server } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { CannotStart } from "./cannot-start"
import { listen } from "./listen"

const servers: Server[] = []

function server(): Server {
  const made = createServer()
  servers.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => new Promise((resolve) => each.close(resolve))))
})

describe("listen", () => {
  it("finds a free port when asked for any", async () => {
    const one = await listen(server(), { port: 0, isPortGiven: true })
    const other = await listen(server(), { port: 0, isPortGiven: true })
    expect(one).toBeGreaterThan(0)
    expect(other).not.toBe(one)
  })

  it("takes a later port when the default is taken", async () => {
    const taken = await listen(server(), { port: 0, isPortGiven: true })
    const found = await listen(server(), { port: taken, isPortGiven: false })
    expect(found).toBeGreaterThan(taken)
  })

  it("never takes another port than the one somebody asked for", async () => {
    const taken = await listen(server(), { port: 0, isPortGiven: true })
    const refusal = listen(server(), { port: taken, isPortGiven: true })
    await expect(refusal).rejects.toThrow(CannotStart)
    await expect(refusal).rejects.toThrow(`Port ${taken} is taken`)
  })
})
