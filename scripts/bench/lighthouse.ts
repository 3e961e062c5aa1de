import { parseArgs } from "node:util"
import { launch as launchChromium } from "chrome-launcher"
import lighthouse from "lighthouse"
import { findChromium } from "../test/find-chromium.mjs"
import { ensureBuilt, newDataDir, removeDataDir, startApp, type App } from "./app"
import { cookiesOf } from "./doors"
import { atLeast, msText, tableOf, type Line } from "./report"
import { setStage } from "./stage"
import { median } from "./statistics"

// `npx tsx scripts/bench/lighthouse.ts` lets Lighthouse's throttled phone open the two pages every guest opens.

const aims = { performance: 90, accessibility: 100, "best-practices": 95 } as const
type Category = keyof typeof aims
const categories = Object.keys(aims) as Category[]

const timings = {
  "first-contentful-paint": "FCP",
  "largest-contentful-paint": "LCP",
  "total-blocking-time": "TBT",
  "speed-index": "SI",
} as const

type Visit = { scores: Record<Category, number>; timings: Record<string, number>; layoutShift: number; complaints: string[] }

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "3" }, throttling: { type: "string", default: "simulate" } },
})
const runs = Number(options.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs is a number of visits to each page, at least 1")

// "simulate" computes the slow line from a quick visit, as Lighthouse does by itself; "devtools" really slows the visit.
const throttlingMethod = throttlingOf(options.throttling)

await ensureBuilt()
const dataDir = await newDataDir()
try {
  const app = await startApp({ dataDir, databaseUrl: undefined })
  try {
    const lines = await visitPages(app)
    console.log(`\nLighthouse, mobile, throttling: ${throttlingMethod}; median of ${runs}\n\n${tableOf(lines, "details")}`)
  } finally {
    await app.stop()
  }
} finally {
  await removeDataDir(dataDir)
}

function throttlingOf(text: string): "simulate" | "devtools" {
  if (text !== "simulate" && text !== "devtools") throw new Error("--throttling is simulate or devtools")
  return text
}

async function visitPages(app: App): Promise<Line[]> {
  const stage = await setStage(app.runtime, { openRaces: 1, liveRaces: 1 })
  const cookies = await cookiesOf(stage)
  const chromePath = findChromium()
  if (!chromePath) throw new Error("Lighthouse needs Chromium; CHROMIUM_PATH says where it is")
  // Chromium does not sandbox itself for root, the usual user of a container.
  const flags = ["--headless=new", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])]
  const chromium = await launchChromium({ chromePath, chromeFlags: flags })
  try {
    const lines: Line[] = []
    for (const page of [
      { path: `/party/join?pin=${stage.joinPin}`, cookie: "" },
      { path: "/party/dashboard", cookie: cookies.guest(stage.bettors[0] ?? "") },
    ]) {
      const visits: Visit[] = []
      for (let run = 0; run < runs; run++) visits.push(await visit(app.url + page.path, page.cookie, chromium.port))
      lines.push(...linesOf(page.path.split("?")[0] ?? "", visits))
    }
    return lines
  } finally {
    chromium.kill()
  }
}

async function visit(url: string, cookie: string, port: number): Promise<Visit> {
  const result = await lighthouse(url, {
    port,
    onlyCategories: categories,
    throttlingMethod,
    logLevel: "error",
    ...(cookie ? { extraHeaders: { cookie } } : {}),
  })
  if (!result) throw new Error(`Lighthouse says nothing about ${url}`)
  const { lhr } = result
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`)
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`)
  const scoreOf = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100)
  return {
    scores: Object.fromEntries(categories.map((category) => [category, scoreOf(category)])) as Record<Category, number>,
    timings: Object.fromEntries(Object.keys(timings).map((id) => [id, lhr.audits[id]?.numericValue ?? NaN])),
    layoutShift: lhr.audits["cumulative-layout-shift"]?.numericValue ?? NaN,
    complaints: categories.filter((category) => category !== "performance").flatMap((category) => failedAudits(lhr, category)),
  }
}

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>["lhr"]

function failedAudits(lhr: Report, category: Category): string[] {
  const counted = lhr.categories[category]?.auditRefs.filter((ref) => ref.weight > 0) ?? []
  return counted.map((ref) => lhr.audits[ref.id]).flatMap((audit) => (audit && audit.score !== null && audit.score < 1 ? [audit.title] : []))
}

function linesOf(page: string, visits: readonly Visit[]): Line[] {
  const timingTexts = Object.entries(timings).map(([id, name]) => `${name} ${msText(median(visits.map((each) => each.timings[id] ?? NaN)))} ms`)
  const layoutShift = median(visits.map((each) => each.layoutShift)).toFixed(3)
  return categories.map((category) => {
    const score = median(visits.map((each) => each.scores[category]))
    const complaints = [...new Set(visits.flatMap((each) => each.complaints))].join("; ")
    const details = category === "performance" ? `${timingTexts.join(", ")}, CLS ${layoutShift}` : complaints
    return { what: `${page}, ${category}`, measured: String(score), baseline: details, aim: atLeast(score, aims[category], String(aims[category])) }
  })
}
