import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Presence } from "./presence"

describe("presence", () => {
  it("[PSH-25] counts a person once, however many sockets", () => {
    const presence = new Presence()
    expect(presence.join("1.1", { userId: "ann", userInfo: { name: "Ann" } })).toBe(true)
    expect(presence.join("1.2", { userId: "ann", userInfo: { name: "Another" } })).toBe(false)
    expect(presence.roster()).toEqual({ ids: ["ann"], hash: { ann: { name: "Ann" } }, count: 1 })
    expect(presence.leave("1.1")).toBeNull()
    expect(presence.leave("1.1")).toBeNull()
    expect(presence.leave("1.2")).toEqual({ userId: "ann", userInfo: { name: "Ann" } })
    expect(presence.count).toBe(0)
  })

  it("[PSH-24] keeps numbers numbers, and a number and its text one person", () => {
    const presence = new Presence()
    presence.join("1.1", { userId: 10 })
    expect(presence.join("1.2", { userId: "10" })).toBe(false)
    expect(presence.roster()).toEqual({ ids: [10], hash: { "10": null }, count: 1 })
  })

  it("[PSH-24] takes a user called __proto__ for a user", () => {
    const presence = new Presence()
    presence.join("1.1", { userId: "__proto__", userInfo: { a: 1 } })
    expect(JSON.stringify(presence.roster())).toBe('{"ids":["__proto__"],"hash":{"__proto__":{"a":1}},"count":1}')
  })

  it("[PSH-25] agrees with a list of who holds which socket", () => {
    const moves = fc.array(fc.record({ socket: fc.nat({ max: 5 }), user: fc.nat({ max: 2 }), joins: fc.boolean() }))
    fc.assert(
      fc.property(moves, (steps) => {
        const presence = new Presence()
        const held = new Map<string, number>()
        for (const { socket, user, joins } of steps) {
          const socketId = `1.${socket}`
          const isThere = (id: number | undefined) => [...held.values()].some((other) => other === id)
          if (joins && !held.has(socketId)) {
            expect(presence.join(socketId, { userId: user })).toBe(!isThere(user))
            held.set(socketId, user)
          }
          if (!joins) {
            const left = held.get(socketId)
            held.delete(socketId)
            const isGone = left !== undefined && !isThere(left)
            expect(presence.leave(socketId)?.userId ?? null).toBe(isGone ? left : null)
          }
          expect(new Set(presence.userIds())).toEqual(new Set(held.values()))
        }
      }),
    )
  })
})
