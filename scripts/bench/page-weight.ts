import { readFile } from "node:fs/promises"
import { get } from "node:http"
import path from "node:path"
import { gunzipSync } from "node:zlib"
import { z } from "zod"
import { createSession } from "@/games/quipflip/lobby-commands"
import type { App } from "./app"
import { cookiesOf } from "./doors"
import { chunksNamedIn, filesOfPage } from "./page-files"
import { atMost, kbText, timesText, type Line } from "./report"
import { did, setStage } from "./stage"

const buildShape = z.object({ rootMainFiles: z.array(z.string()) })

type Loaded = { readonly status: number; readonly location: string | undefined; readonly bytes: number; readonly text: string }

/** Compressed bytes a phone loads for each of its pages, as the app sends them, against Next and React alone. */
export async function measurePageWeight(app: App): Promise<Line[]> {
  const stage = await setStage(app.runtime, { openRaces: 1, liveRaces: 1 })
  const cookies = await cookiesOf(stage)
  const guestId = stage.bettors[0] ?? ""
  const guest = cookies.guest(guestId)
  const { session } = await did(app.runtime, createSession, { guest: { partyId: stage.partyId, guestId } }, {})
  const framework = await frameworkBytes(app)
  const pages = [
    { path: "/", cookie: "", limit: 170 },
    { path: `/party/join?pin=${stage.joinPin}`, cookie: "", limit: 170 },
    { path: "/party/dashboard", cookie: guest, limit: 220 },
    ...["lobby", "play", "results"].map((page) => ({ path: `/party/${page}/${session.sessionId}`, cookie: guest, limit: 220 })),
  ]
  const lines: Line[] = []
  for (const page of pages) lines.push(await lineOf(app, page, framework))
  return lines
}

async function lineOf(app: App, page: { path: string; cookie: string; limit: number }, framework: number): Promise<Line> {
  const what = `JavaScript of ${page.path.split(/[?]|[/][0-9a-f-]{36}/)[0]}`
  const html = await loadPage(app, page.path, page.cookie)
  if (html.status !== 200) return { what, measured: `no such page (${html.status})`, baseline: "" }
  const { scripts, styles } = filesOfPage(html.text)
  const loaded = await Promise.all(scripts.map((script) => load(app, script, "")))
  const css = sum(await Promise.all(styles.map((style) => load(app, style, ""))))
  const later = await laterChunks(app, new Set(scripts), loaded)
  const bytes = sum(loaded)
  return {
    what,
    measured: `${kbText(bytes)} (CSS ${kbText(css)}, HTML ${kbText(html.bytes)}; later at most ${kbText(sum(later))} in ${later.length} chunks)`,
    baseline: `Next and React alone ${kbText(framework)}`,
    compared: timesText(bytes / framework),
    aim: atMost(bytes, page.limit * 1000, `${page.limit} kB`),
  }
}

/** Everything that these scripts, and those they load, may ever ask for. */
async function laterChunks(app: App, known: Set<string>, from: readonly Loaded[]): Promise<Loaded[]> {
  const named = [...new Set(from.flatMap(({ text }) => chunksNamedIn(text)))].filter((name) => !known.has(name))
  if (named.length === 0) return []
  const loaded = (await Promise.all(named.map((name) => load(app, name, "")))).filter(({ status }) => status === 200)
  return [...loaded, ...(await laterChunks(app, new Set([...known, ...named]), loaded))]
}

async function frameworkBytes(app: App): Promise<number> {
  const manifest = await readFile(path.join(process.cwd(), ".next", "build-manifest.json"), "utf8")
  const { rootMainFiles } = buildShape.parse(JSON.parse(manifest))
  return sum(await Promise.all(rootMainFiles.map((file) => load(app, `/_next/${file}`, ""))))
}

async function loadPage(app: App, address: string, cookie: string): Promise<Loaded> {
  const page = await load(app, address, cookie)
  if (page.status < 300 || page.status > 399 || !page.location) return page
  return loadPage(app, page.location.replace(app.url, ""), cookie)
}

/** Counts the bytes on the wire, which `fetch` would have unpacked. */
function load(app: App, address: string, cookie: string): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "gzip", ...(cookie ? { cookie } : {}) }
    get(new URL(address, app.url), { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.once("error", reject)
      response.once("end", () => {
        const body = Buffer.concat(chunks)
        const text = (response.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString()
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, bytes: body.length, text })
      })
    }).once("error", reject)
  })
}

function sum(files: readonly Loaded[]): number {
  return files.reduce((bytes, file) => bytes + file.bytes, 0)
}
