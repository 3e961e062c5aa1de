import fc from "fast-check"
import { expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { ok } from "@/kernel/result"
import { readLink } from "@/lan-agent/link"
import { drawNetworkId, drawPeerId } from "./ids"
import { drawInvitation, invitationHash, invitationLink, readInvitation } from "./invitations"

it("[LAN-20] draws 26 signs of 32: at least 128 bits, every sign at every place", () => {
  const random = seededRandom(1)
  const drawn = Array.from({ length: 3_000 }, () => drawInvitation(random))
  expect(new Set(drawn).size).toBe(drawn.length)
  const seen = Array.from({ length: 26 }, (_, place) => new Set(drawn.map((invitation) => invitation[place])).size)
  expect(seen).toEqual(Array.from({ length: 26 }, () => 32))
  expect(26 * Math.log2(32)).toBeGreaterThanOrEqual(128)
})

it("[LAN-22] a link reads back as what it was made of, however it was copied", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom("http://192.168.1.20:3000", "https://party.example", "http://[2001:db8::1]:8080"), (seed, origin) => {
      const invitation = drawInvitation(seededRandom(seed))
      const link = invitationLink(origin, invitation)
      expect(readLink(link)).toEqual(ok({ party: origin, invitation }))
      expect(readLink(` ${link}\n`)).toEqual(ok({ party: origin, invitation }))
      expect(readLink(invitationLink(origin, invitation.toLowerCase()))).toEqual(ok({ party: origin, invitation }))
      const { pathname, search } = new URL(link)
      expect(pathname + search).not.toContain(invitation)
    }),
  )
})

it("[LAN-22] any text is read without a fall", () => {
  fc.assert(fc.property(fc.string(), (text) => void readInvitation(text) === undefined))
})

it("[LAN-21] the hash is of the one spelling, and does not show it", () => {
  const invitation = drawInvitation(seededRandom(3))
  expect(readInvitation(` ${invitation.toLowerCase()} `)).toBe(invitation)
  expect(invitationHash(invitation)).toMatch(/^[0-9a-f]{64}$/)
  expect(invitationHash(invitation)).not.toBe(invitationHash(drawInvitation(seededRandom(4))))
})

it("[LAN-1] [LAN-2] ids have their shapes", () => {
  const random = seededRandom(5)
  for (let draw = 0; draw < 200; draw++) {
    expect(drawNetworkId(random)).toMatch(/^[0-9a-f]{12}$/)
    expect(drawPeerId(random)).toMatch(/^[0-9a-f]{16}$/)
  }
})
