import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { freePort } from "@/db/free-port"
import { launch, newDataDir, removeDataDir, startApp } from "./app"
import { postgresFootprint, processFootprint, type Footprint } from "./memory"
import { mbText, timesText, type Line } from "./report"
import { median } from "./statistics"

const pollMs = 10

type Start = { readonly seconds: number; readonly footprint: Footprint | undefined }

/** How long `npm run party` takes to the QR code, on a new folder and on the same again, against `next start` alone. */
export async function measureStarts({ runs, databaseUrl }: { runs: number; databaseUrl: string | undefined }): Promise<Line[]> {
  const first: number[] = []
  const second: number[] = []
  const bare: Start[] = []
  for (let run = 0; run < runs; run++) {
    const dataDir = await newDataDir()
    try {
      first.push(await secondsToQrCode(dataDir, databaseUrl))
      second.push(await secondsToQrCode(dataDir, databaseUrl))
    } finally {
      await removeDataDir(dataDir)
    }
    bare.push(await startNextAlone())
  }
  const bareSeconds = median(bare.map((start) => start.seconds))
  const baseline = `next start, no database ${spanText(bare.map((start) => start.seconds))}`
  const line = (what: string, seconds: readonly number[]): Line => ({
    what,
    measured: spanText(seconds),
    baseline,
    compared: timesText(median(seconds) / bareSeconds),
  })
  const lines = [
    line(`npm run party to the QR code, new folder (${runs} runs)`, first),
    line(`npm run party to the QR code, same folder again (${runs} runs)`, second),
  ]
  return [...lines, ...(await measureIdleMemory(databaseUrl, bare[0]?.footprint))]
}

async function secondsToQrCode(dataDir: string, databaseUrl: string | undefined): Promise<number> {
  const began = performance.now()
  const party = launch(["npm", "run", "party"], { dataDir, databaseUrl })
  try {
    await party.url
    return (performance.now() - began) / 1000
  } finally {
    await party.stop()
  }
}

/** The same build without anything of ours around it: from the command to the first answer. */
async function startNextAlone(): Promise<Start> {
  const port = await freePort(undefined)
  const next = path.join("node_modules", "next", "dist", "bin", "next")
  const began = performance.now()
  const child = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], { stdio: "ignore" })
  const ended = once(child, "exit")
  try {
    while (!(await answers(`http://127.0.0.1:${port}/manifest.webmanifest`))) {
      if (child.exitCode !== null) throw new Error("next start ended at once")
      await delay(pollMs)
    }
    const seconds = (performance.now() - began) / 1000
    await delay(1_000)
    return { seconds, footprint: await processFootprint(child.pid ?? 0) }
  } finally {
    child.kill()
    await ended
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel()
      return true
    },
    () => false,
  )
}

async function measureIdleMemory(databaseUrl: string | undefined, bare: Footprint | undefined): Promise<Line[]> {
  const dataDir = await newDataDir()
  try {
    const app = await startApp({ dataDir, databaseUrl })
    try {
      await delay(3_000)
      const node = await processFootprint(app.pid)
      const postgres = await postgresFootprint(path.join(dataDir, "database"))
      if (!node) return [{ what: "memory of the idle stack", measured: "this system does not tell", baseline: "" }]
      const parts = [`node ${mbText(node.bytes)}`, ...(postgres ? [`PostgreSQL ${mbText(postgres.bytes)} in ${postgres.processes} processes`] : [])]
      return [
        {
          what: "memory of the idle stack",
          measured: `${mbText(node.bytes + (postgres?.bytes ?? 0))} (${parts.join(", ")})`,
          baseline: bare ? `next start ${mbText(bare.bytes)}` : "",
          ...(bare ? { compared: `node ${timesText(node.bytes / bare.bytes)}` } : {}),
        },
      ]
    } finally {
      await app.stop()
    }
  } finally {
    await removeDataDir(dataDir)
  }
}

function spanText(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`
}
