import { expect, it } from "vitest"
import { secureRandom } from "@/kernel/secure-random"
import { drawLinkToken } from "@/party/host-link"
import { linkCodeOf, linkCodeText } from "./link-code"

it("loses no letter of any link's code, however it is typed", () => {
  for (const kind of ["TV", "CO_HOST", "ONE_TIME"] as const) {
    const token = drawLinkToken(kind, secureRandom)
    expect(linkCodeOf(linkCodeText(token).toLowerCase())).toBe(token)
  }
})

it("drops what no code has", () => {
  expect(linkCodeOf(" a-b_0O1IL2 é")).toBe("AB2")
})

it("shows groups of five", () => {
  expect(linkCodeText("ABCDEFGHJK")).toBe("ABCDE FGHJK")
  expect(linkCodeText("ABCDE")).toBe("ABCDE")
})
