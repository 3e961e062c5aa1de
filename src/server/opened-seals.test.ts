import { describe, expect, it } from "vitest"
import type { ClaimKind, Claims } from "./identity"
import { rememberOpened } from "./opened-seals"

const partyId = "6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11"

function setUp() {
  const opened: string[] = []
  let at = Date.parse("2026-11-21T20:00:00Z")
  const open = rememberOpened(
    async (kind: ClaimKind, seal: string): Promise<Claims> => {
      opened.push(`${kind} ${seal}`)
      return seal.startsWith(kind) ? { [kind]: { partyId, guestId: seal, linkId: seal } } : {}
    },
    { now: () => new Date(at) },
  )
  return { open, opened, advance: (ms: number) => void (at += ms) }
}

describe("[PTY-5] opened seals", () => {
  it("are opened once a minute, and say the same all along", async () => {
    const { open, opened, advance } = setUp()
    const first = await open("guest", "guest-ann")
    advance(59_999)
    expect(await open("guest", "guest-ann")).toEqual(first)
    expect(opened).toHaveLength(1)
    advance(1)
    expect(await open("guest", "guest-ann")).toEqual(first)
    expect(opened).toHaveLength(2)
  })

  it("never speak for another seal or another kind", async () => {
    const { open } = setUp()
    expect(await open("guest", "guest-ann")).toMatchObject({ guest: { guestId: "guest-ann" } })
    expect(await open("guest", "guest-bo")).toMatchObject({ guest: { guestId: "guest-bo" } })
    expect(await open("host", "guest-ann")).toEqual({})
    expect(await open("guest", "guest-ann~")).toMatchObject({ guest: { guestId: "guest-ann~" } })
  })

  it("that were none are tried again, and crowd nobody out", async () => {
    const { open, opened } = setUp()
    await open("guest", "guest-ann")
    for (let attempt = 0; attempt < 3_000; attempt++) expect(await open("guest", `forged-${attempt}`)).toEqual({})
    expect(await open("guest", "forged-0")).toEqual({})
    expect(opened.filter((seal) => seal === "guest forged-0")).toHaveLength(2)
    await open("guest", "guest-ann")
    expect(opened.filter((seal) => seal === "guest guest-ann")).toHaveLength(1)
  })

  it("are forgotten, oldest first, when there are very many", async () => {
    const { open, opened } = setUp()
    for (let guest = 0; guest <= 2_000; guest++) await open("guest", `guest-${guest}`)
    await open("guest", "guest-2000")
    await open("guest", "guest-1")
    expect(opened).toHaveLength(2_001)
    await open("guest", "guest-0")
    expect(opened).toHaveLength(2_002)
  })
})
