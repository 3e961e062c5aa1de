import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { audienceOf, channelOf, partyTopics, userToEnd, type Audience } from "./channels"

const hex = (digits: number) => fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits })

const anyAudience: fc.Arbitrary<Audience> = fc.oneof(
  fc.record({ kind: fc.constant("party" as const), topic: fc.constantFrom(...partyTopics), partyId: fc.uuid() }),
  fc.record({ kind: fc.constant("guest" as const), guestId: fc.uuid() }),
  fc.record({ kind: fc.constant("host" as const), partyId: fc.uuid() }),
  fc.record({ kind: fc.constant("presence" as const), partyId: fc.uuid() }),
  fc.record({ kind: fc.constant("lan-network" as const), networkId: hex(12), epoch: fc.nat(999_999_999) }),
  fc.record({ kind: fc.constant("lan-peer" as const), peerId: hex(16) }),
)

describe("channels", () => {
  it("every audience has one channel, that only it has, and that reads back as it", () => {
    fc.assert(
      fc.property(anyAudience, anyAudience, (one, other) => {
        expect(audienceOf(channelOf(one))).toEqual(one)
        expect(channelOf(one) === channelOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })

  it("are private or presence and have names Pusher takes", () => {
    fc.assert(
      fc.property(anyAudience, (audience) => {
        expect(channelOf(audience)).toMatch(/^(private|presence)-[A-Za-z0-9_\-=@,.;]{1,155}$/)
      }),
    )
  })

  it("any other name is nobody's", () => {
    fc.assert(
      fc.property(anyAudience, fc.string({ maxLength: 5, minLength: 1 }), fc.nat(60), (audience, noise, place) => {
        const channel = channelOf(audience)
        const changed = channel.slice(0, place) + noise + channel.slice(place)
        const read = audienceOf(changed)
        // Only an insertion that makes another well-formed name may be read, and then as exactly that name.
        if (read !== null) expect(channelOf(read)).toBe(changed)
      }),
    )
    for (const name of ["", "private-", "private-betting@", "presence-betting@6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11"]) expect(audienceOf(name)).toBeNull()
  })

  it("[PTY-24] the end of a user's connections stands under a name that is no channel and that only it has", () => {
    fc.assert(
      fc.property(fc.uuid(), anyAudience, (userId, audience) => {
        const name = channelOf({ kind: "connections", userId })
        expect([userToEnd(name), audienceOf(name)]).toEqual([userId, null])
        // Neither to hear nor to say: the characters of a channel's name do not allow it.
        expect(name).not.toMatch(/^[A-Za-z0-9_\-=@,.;]+$/)
        expect(userToEnd(channelOf(audience))).toBeNull()
      }),
    )
  })
})
