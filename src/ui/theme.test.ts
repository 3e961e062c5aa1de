import { readFileSync } from "node:fs"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { contrast } from "./contrast"

const css = readFileSync(path.resolve(import.meta.dirname, "../app/globals.css"), "utf8")
const night = tokensOf(/:root,\s*\[data-theme="dark"\] \{([^}]*)\}/)
const daylight = tokensOf(/\n\[data-theme="light"\] \{([^}]*)\}/)
const byDevice = tokensOf(/:root:not\(\[data-theme\]\) \{([^}]*)\}/)

const GROUNDS = ["ground", "surface", "raised", "sunken"]
const TEXTS = ["ink", "muted", "party-text", "racing-text", "imposter-text", "quipflip-text", "lan-text", "coins-text", "danger-text", "lap-purple", "lap-green", "lap-yellow"]
const FILLED = ["party", "racing", "imposter", "quipflip", "lan", "coins", "danger"]

it("knows contrast as WCAG defines it", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5)
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2)
})

it("gives the device's daylight and the chosen daylight the same colours", () => {
  expect(byDevice).toEqual(daylight)
})

it("defines the same tokens by night and by day", () => {
  expect(Object.keys(daylight).sort()).toEqual(Object.keys(night).sort())
})

describe.each([["night", night], ["daylight", daylight]] as const)("by %s", (_name, theme) => {
  const color = (token: string) => theme[token] ?? `no ${token}`

  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))("%s reads on %s", (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(FILLED)("text reads on filled %s", (accent) => {
    expect(contrast(color(`on-${accent}`), color(accent))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(["control", "focus"])("%s stands out from every ground", (edge) => {
    for (const ground of GROUNDS) expect(contrast(color(edge), color(ground))).toBeGreaterThanOrEqual(3)
  })
})

function tokensOf(rule: RegExp): Record<string, string> {
  const body = rule.exec(css)?.[1] ?? ""
  return Object.fromEntries(Array.from(body.matchAll(/--([\w-]+): ([^;]+);/g), ([, name = "", value = ""]) => [name, value]))
}
