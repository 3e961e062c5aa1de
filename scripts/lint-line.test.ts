import { ESLint } from "eslint"
import { describe, expect, it } from "vitest"
import typescript from "typescript-eslint"

// The rules that read types need files that exist; the import line does not.
const eslint = new ESLint({ overrideConfig: typescript.configs.disableTypeChecked })

async function complaints(filePath: string, code: string) {
  const [result] = await eslint.lintText(code, { filePath })
  return result?.messages.map((message) => message.ruleId ?? message.message)
}

const importing = (source: string) => `import { thing } from "${source}"\nexport const other = thing\n`
const importingType = (source: string) => `import type { Thing } from "${source}"\nexport type Other = Thing\n`
const inBrowser = (code: string) => `"use client"\n${code}`

describe("the import line lets", { timeout: 30_000 }, () => {
  it.each([
    ["src/wallet/steps.ts", "@/db/client"],
    ["src/betting/commands.ts", "@/party/steps"],
    ["src/games/racing/commands.ts", "@/betting/steps"],
    ["src/games/racing/board.ts", "./classification"],
    ["src/party/events.ts", "@/realtime/event"],
    ["src/server/outbox.ts", "@/betting/commands"],
    ["src/server/outbox.ts", "@/live/night-view"],
    ["src/live/catalogue.ts", "@/betting/events"],
    ["src/live/catalogue.ts", "@/games/racing/view"],
    ["src/app/actions/party-logic.ts", "@/betting/commands"],
    ["src/games/racing/ui/board.tsx", "@/ui/button"],
    ["src/games/racing/ui/board.tsx", "@/live/night-view"],
    ["src/games/racing/ui/board.tsx", "../lap-time"],
    ["src/games/racing/ui/board.tsx", "@/betting/odds"],
    ["src/app/party/page.tsx", "@/betting/queries"],
    ["src/proxy.ts", "@/party/actor"],
    ["src/wallet/steps.test.ts", "@/testing/postgres"],
    ["scripts/bench/bench.ts", "@/testing/postgres"],
  ])("%s import %s", async (file, source) => {
    expect(await complaints(file, importing(source))).toEqual([])
  })

  it("a pure rule know the types of what does I/O", async () => {
    expect(await complaints("src/betting/reversal.ts", importingType("@/wallet/steps"))).toEqual([])
    expect(await complaints("src/party/actor.ts", importingType("@/db/schema/party"))).toEqual([])
  })
})

describe("the import line keeps", { timeout: 30_000 }, () => {
  it.each([
    ["src/kernel/ids.ts", "@/db/client"],
    ["src/db/client.ts", "@/wallet/accounts"],
    ["src/wallet/steps.ts", "@/party/view"],
    ["src/party/commands.ts", "@/betting/odds"],
    ["src/games/imposter/commands.ts", "@/games/racing/view"],
    ["src/lan/commands.ts", "@/games/racing/view"],
    ["src/lan-agent/agent.ts", "@/party/view"],
    ["src/betting/commands.ts", "@/party/../server/guess-limits"],
    ["src/realtime/channels.ts", "@/party/view"],
    ["src/realtime/channels.ts", "./local-server/test-app"],
    ["src/live/catalogue.ts", "@/betting/commands"],
    ["src/server/outbox.ts", "@/ui/button"],
    ["src/app/actions/party-logic.ts", "../layout"],
    ["src/ui/button.tsx", "@/live/night-view"],
    ["src/ui/button.tsx", "@/betting/odds"],
    ["src/betting/ui/slip.tsx", "../commands"],
    ["src/betting/ui/slip.tsx", "@/party/queries"],
    ["src/betting/ui/slip.tsx", "@/db/client"],
    ["src/betting/ui/slip.tsx", "@/server/guess-limits"],
    ["src/betting/ui/slip.tsx", "@/games/racing/lap-time"],
    ["src/app/party/page.tsx", "@/testing/postgres"],
    ["src/app/party/page.tsx", "../../../playwright.config"],
    ["src/games/racing/board.ts", "./queries"],
    ["src/games/racing/board.ts", "@/db/client"],
  ])("%s from importing %s", async (file, source) => {
    expect(await complaints(file, importing(source))).toEqual(["boundaries/dependencies"])
  })

  it("a new folder from being on no row of the line", async () => {
    expect(await complaints("src/somewhere/thing.ts", "export const thing = 1\n")).toEqual(["boundaries/no-unknown-files"])
  })

  it("what a re-export or a late import smuggles", async () => {
    expect(await complaints("src/ui/button.tsx", `export { odds } from "@/betting/odds"\n`)).toEqual(["boundaries/dependencies"])
    expect(await complaints("src/ui/button.tsx", `export const late = () => import("@/betting/odds")\n`)).toEqual([
      "boundaries/dependencies",
    ])
  })
})

describe("outside the line", { timeout: 30_000 }, () => {
  it("keeps the server out of the browser, also where the folder may import it", async () => {
    const page = "src/app/party/page.tsx"
    for (const source of ["@/server/guess-limits", "../../db/client", "@/betting/commands", "@/betting/queries"]) {
      expect(await complaints(page, inBrowser(importing(source)))).toEqual(["no-restricted-syntax"])
      expect(await complaints(page, importing(source))).toEqual([])
    }
    expect(await complaints(page, inBrowser(importingType("@/betting/queries")))).toEqual([])
  })

  it.each(["Date.now()", "new Date()", "Date()", "performance.now()", "Math.random()", "process.env.TZ"])(
    "takes %s away from a subject, not from its tests and screens",
    async (expression) => {
      const code = `export const taken = () => ${expression}\n`
      for (const file of ["src/betting/odds.ts", "src/betting/commands.ts", "src/games/racing/board.ts"]) {
        expect(await complaints(file, code)).toEqual(["no-restricted-syntax"])
      }
      expect(await complaints("src/betting/odds.test.ts", code)).toEqual([])
      expect(await complaints("src/betting/ui/slip.ts", code)).toEqual([])
    },
  )

  it("leaves a subject the dates it is given", async () => {
    expect(await complaints("src/betting/odds.ts", "export const at = (ms: number) => new Date(ms)\n")).toEqual([])
  })

  it("keeps drivers out of pure rules", async () => {
    expect(await complaints("src/betting/odds.ts", importing("drizzle-orm"))).toEqual([
      "@typescript-eslint/no-restricted-imports",
    ])
    expect(await complaints("src/betting/queries.ts", importing("drizzle-orm"))).toEqual([])
  })

  it("heeds no comment that switches a rule off", async () => {
    const code = `// eslint-disable-next-line\n${importing("@/betting/odds")}`
    expect(await complaints("src/ui/button.tsx", code)).toContain("boundaries/dependencies")
  })
})
