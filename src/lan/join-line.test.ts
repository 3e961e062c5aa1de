import fc from "fast-check"
import { expect, it } from "vitest"
import { lanGames } from "./games"
import { invitationLink } from "./invitations"
import { joinLine, partsOfLink, pcSystems, systemOfBrowser } from "./join-line"

const invitation = "0123456789ABCDEFGHJKMNPQRS"
const origin = "http://192.168.1.20:3000"

it("[LAN-100] fetches the agent from the party and joins by the link, in one line", () => {
  expect(joinLine({ origin, invitation, system: "linux" })).toBe(
    `curl -fsSo party-lan.mjs ${origin}/lan/agent.mjs && sudo node party-lan.mjs join '${invitationLink(origin, invitation)}'`,
  )
  expect(joinLine({ origin, invitation, system: "macos" })).toBe(joinLine({ origin, invitation, system: "linux" }))
  expect(joinLine({ origin, invitation, system: "windows", games: ["warcraft-3"] })).toBe(
    `curl.exe -fsSo party-lan.mjs ${origin}/lan/agent.mjs; if ($?) { node party-lan.mjs join '${origin}/lan#${invitation}' --games warcraft-3 }`,
  )
})

it("names the games that were picked, and has a line for every game of the list", () => {
  const games = lanGames.map(({ id }) => id)
  for (const { id: system } of pcSystems) expect(joinLine({ origin, invitation, system, games })).toContain(` --games ${games.join(",")}`)
})

it("[LAN-100] says that only Linux is proven", () => {
  expect(pcSystems.filter(({ isProven }) => isProven).map(({ id }) => id)).toEqual(["linux"])
})

it.each([
  ["an origin with a command in it", { origin: "http://a.example;reboot" }],
  ["an origin with a quote", { origin: "http://a'b.example" }],
  ["an origin with a path", { origin: "http://a.example/x" }],
  ["another scheme", { origin: "javascript://a.example" }],
  ["a user in the origin", { origin: "http://me@a.example" }],
  ["a line break", { origin: "http://a.example\nreboot" }],
  ["a short invitation", { invitation: "0123" }],
  ["an invitation with a quote", { invitation: "0123456789ABCDEFGHJKMNPQR'" }],
  ["a game with a command in it", { games: ["warcraft-3;reboot"] }],
  ["a game that is an option", { games: ["--password"] }],
])("[LAN-100] gives no line for %s", (_, part) => {
  for (const { id: system } of pcSystems) expect(joinLine({ origin, invitation, system, ...part })).toBeNull()
})

it("[LAN-100] whatever the parts, a line has nothing in it that a shell takes for more than this one join", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab1.:-[]'\";$&|`\n /@#") }), fc.array(fc.string({ unit: fc.constantFrom(..."a1-,';$ ") }), { maxLength: 3 }), (host, games) => {
      const line = joinLine({ origin: `http://${host}`, invitation, system: "linux", games })
      if (line !== null) expect(line).toMatch(/^curl -fsSo party-lan\.mjs [\w:/.[\]-]+ && sudo node party-lan\.mjs join '[\w:/.[\]#-]+'( --games [a-z0-9,-]+)?$/)
    }),
  )
})

it("[LAN-22] reads the link back that the server wrote, and nothing else", () => {
  for (const at of [origin, "https://party.example", "http://[2001:db8::1]:8080"]) {
    expect(partsOfLink(invitationLink(at, invitation))).toEqual({ origin: at, invitation })
  }
  for (const link of ["", invitation, `${origin}/lan`, `${origin}/lan#`, `${origin}/lan#nonsense`, `${origin}/lan#${invitation}/lan#${invitation}`, `ftp://a/lan#${invitation}`]) {
    expect(partsOfLink(link)).toBeNull()
  }
})

it("tells the PC's system by its browser", () => {
  expect(systemOfBrowser("Mozilla/5.0 (Windows NT 10.0; Win64; x64)")).toBe("windows")
  expect(systemOfBrowser("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)")).toBe("macos")
  expect(systemOfBrowser("Mozilla/5.0 (X11; Linux x86_64)")).toBe("linux")
  expect(systemOfBrowser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148")).toBe("linux")
})
