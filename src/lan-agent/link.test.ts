import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawInvitation, invitationLink } from "@/lan/invitations"
import { seededRandom } from "@/kernel/random"
import { readLink } from "./link"

const invitation = "0123456789ABCDEFGHJKMNPQRS"

describe("the line's link", () => {
  it("[LANA-1] is read with http and https, name, address and port", () => {
    for (const party of ["http://192.168.1.5:3000", "https://party.example", "http://[2001:db8::1]:3000", "http://localhost"]) {
      expect(readLink(`${party}/lan#${invitation}`)).toEqual({ ok: true, value: { party, invitation } })
    }
  })

  it("[LANA-1] is read however it was typed", () => {
    expect(readLink(`  HTTPS://Party.Example:443/lan/#${invitation.toLowerCase()} `)).toEqual({ ok: true, value: { party: "https://party.example", invitation } })
  })

  it("[LANA-1] reads every link the party makes", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["http", "https"] }), fc.integer(), (url, seed) => {
        const { origin } = new URL(url)
        const drawn = drawInvitation(seededRandom(seed))
        expect(readLink(invitationLink(origin, drawn))).toEqual({ ok: true, value: { party: origin, invitation: drawn } })
      }),
    )
  })

  it.each([
    [undefined, "link_missing"],
    ["", "link_missing"],
    [invitation, "link_no_address"],
    [`party.example/lan#${invitation}`, "link_no_address"],
    [`ftp://party.example/lan#${invitation}`, "link_not_http"],
    [`javascript:alert(1)//lan#${invitation}`, "link_not_http"],
    [`http://party.example/#${invitation}`, "link_other_page"],
    [`http://party.example/lan/more#${invitation}`, "link_other_page"],
    [`http://party.example/lan?x=1#${invitation}`, "link_other_page"],
    [`http://ann:secret@party.example/lan#${invitation}`, "link_other_page"],
    ["http://party.example/lan", "link_no_invitation"],
    ["http://party.example/lan#", "link_no_invitation"],
    ["http://party.example/lan#hello", "link_no_line"],
  ])("[LANA-1] refuses %s as %s", (text, code) => {
    expect(readLink(text)).toEqual({ ok: false, refusal: { code } })
  })
})
