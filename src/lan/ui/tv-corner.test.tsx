// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it } from "vitest"
import { LiveNightContext } from "@/live/use-night"
import { aLan, aLanPeer } from "@/testing/lan-views"
import { aLiveNight, aNight } from "@/testing/views"
import type { LanSummary } from "../view"
import { TvLanCorner, TvLanLine } from "./tv-corner"

afterEach(cleanup)

const tv = (lan: LanSummary | null) => render(<LiveNightContext value={aLiveNight(aNight({ lan }))}><TvLanLine /><TvLanCorner /></LiveNightContext>)

it.each([["no network", null], ["a network with nobody in it", aLan([])]])("[LAN-103] shows nothing of %s", (_, lan) => {
  expect(tv(lan).container.textContent).toBe("")
})

it("[LAN-71] [LAN-103] says who is on it and how many by which path, counted over all of them, and calls nobody out", () => {
  const peers = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus"].map((name) => aLanPeer(name, { name }))
  const { container } = tv(aLan(peers, { peerCount: 50, counts: { direct: 45, relayed: 4, failed: 1 } }))
  const [strip, corner] = [...container.children].map((part) => part.textContent)
  expect(strip).toBe("LAN50 PCs 45 direct, 4 relayedAnn, Bo, Cy, Di, Ed, Flo, Gus")
  expect(corner).toBe(strip)
  expect(screen.queryByText(/10\.66/)).toBeNull()
})
