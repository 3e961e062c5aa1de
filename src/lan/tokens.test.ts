import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { drawToken, readToken, returnVerdict, tokenHash, tokenVerdict } from "./tokens"

const partyId = "6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11"
const at = (ms: number) => new Date(1_000_000 + ms)

describe("tokens", () => {
  it("[LAN-30] names its party and is looked up by its hash", () => {
    const token = drawToken(partyId, seededRandom(1))
    expect(readToken(token)).toEqual({ partyId, tokenHash: tokenHash(token) })
    expect(tokenHash(token)).toMatch(/^[0-9a-f]{64}$/)
    expect(drawToken(partyId, seededRandom(2))).not.toBe(token)
    // 43 signs of base64 are 256 bits and two to spare.
    expect(token).toMatch(/^lan_[0-9a-f]{32}_[\w-]{43}$/)
  })

  it.each(["", "lan_", "Fe26.2*1*seal", `lan_${"0".repeat(32)}_short`, `lan_${"g".repeat(32)}_${"a".repeat(43)}`, ` lan_${"0".repeat(32)}_${"a".repeat(43)}`])(
    "[LAN-31] %j is no token",
    (text) => expect(readToken(text)).toBeNull(),
  )

  const living = { tokenHash: "new", tokenExpiresAt: at(1000), formerTokenExpiresAt: at(100), leftReason: null, isGuestKicked: false, isNetworkEnded: false }

  it("[LAN-30] [LAN-32] each of the two is good until its own moment", () => {
    expect(tokenVerdict(living, "new", at(999)).ok).toBe(true)
    expect(tokenVerdict(living, "new", at(1000))).toMatchObject({ refusal: { code: "lan_token_expired" } })
    expect(tokenVerdict(living, "old", at(99)).ok).toBe(true)
    expect(tokenVerdict(living, "old", at(100))).toMatchObject({ refusal: { code: "lan_token_expired" } })
    expect(tokenVerdict({ ...living, formerTokenExpiresAt: null }, "old", at(0))).toMatchObject({ refusal: { code: "lan_token_expired" } })
  })

  it.each([
    ["KICKED", "lan_kicked"],
    ["SILENT", "lan_silent"],
    ["ENDED", "lan_network_ended"],
    ["LEFT", "lan_token_unknown"],
  ] as const)("[LAN-31] [LAN-33] who is out by %s is told %s, however fresh the token", (leftReason, code) => {
    expect(tokenVerdict({ ...living, leftReason }, "new", at(0))).toMatchObject({ refusal: { code } })
  })

  it("[LAN-83] who was silent may come back while the token is good and the network lives; nobody else may", () => {
    const silent = { ...living, leftReason: "SILENT" as const }
    expect(returnVerdict(silent, "new", at(999)).ok).toBe(true)
    expect(returnVerdict(living, "new", at(999)).ok).toBe(true)
    expect(returnVerdict(silent, "new", at(1000))).toMatchObject({ refusal: { code: "lan_token_expired" } })
    expect(returnVerdict({ ...silent, isNetworkEnded: true }, "new", at(0))).toMatchObject({ refusal: { code: "lan_network_ended" } })
    expect(returnVerdict({ ...silent, isGuestKicked: true }, "new", at(0))).toMatchObject({ refusal: { code: "kicked" } })
    for (const [leftReason, code] of [["KICKED", "lan_kicked"], ["LEFT", "lan_token_unknown"], ["ENDED", "lan_network_ended"]] as const) {
      expect(returnVerdict({ ...living, leftReason }, "new", at(0))).toMatchObject({ refusal: { code } })
    }
  })

  it("[PTY-10] the PC of a kicked guest is out before anybody takes it out", () => {
    expect(tokenVerdict({ ...living, isGuestKicked: true }, "new", at(0))).toMatchObject({ refusal: { code: "kicked" } })
  })
})
