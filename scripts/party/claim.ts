import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { birthOf } from "@/db/process-identity"
import { withStartLock } from "@/db/start-lock"
import { CannotStart } from "./cannot-start"

const PATIENCE_MS = 10_000

const ownerSchema = z.object({
  pid: z.number().int().positive(),
  /** When that process began, as the system says it: tells it from a later process with the same id. */
  birth: z.string().optional(),
  /** Unknown while the party is still starting. */
  url: z.string().optional(),
})

type Owner = z.infer<typeof ownerSchema>

export type Claim = {
  /** Writes down where the party is to be found, for whoever starts a second one. */
  announce(url: string): Promise<void>
  release(): Promise<void>
}

/**
 * Makes this process the one that runs the party of a data folder; two would run every deadline twice. Throws
 * CannotStart while another one lives. A claim whose owner was killed, or whose process id went to another program,
 * does not count.
 */
export async function claimParty(dataDir: string): Promise<Claim> {
  await mkdir(dataDir, { recursive: true })
  const self: Owner = { pid: process.pid, birth: await birthOf(process.pid) }
  await withStartLock(`${fileIn(dataDir)}.lock`, PATIENCE_MS, async () => {
    await refuseIfRunning(dataDir)
    await write(dataDir, self)
  })
  return {
    announce: (url) => write(dataDir, { ...self, url }),
    release: () => rm(fileIn(dataDir), { force: true }),
  }
}

/** Who else runs the party of this data folder now: process id, and address once it has one; undefined when nobody does. */
export async function otherOwner(dataDir: string): Promise<{ pid: number; url: string | undefined } | undefined> {
  const owner = parseOwner(await readFile(fileIn(dataDir), "utf8").catch(() => ""))
  if (!owner || owner.pid === process.pid || !(await isStillThere(owner))) return undefined
  return { pid: owner.pid, url: owner.url }
}

/** Throws CannotStart while another process runs the party of this data folder. */
export async function refuseIfRunning(dataDir: string): Promise<void> {
  const owner = await otherOwner(dataDir)
  if (!owner) return
  const where = owner.url ? `at ${owner.url}` : "and still starting"
  throw new CannotStart(
    `This party is running already, ${where} (process ${owner.pid}). Stop that one first, or give this one another PARTY_DATA_DIR.`,
  )
}

// A system that does not tell births (Windows) has only the process id to go by.
async function isStillThere(owner: Owner): Promise<boolean> {
  const birth = await birthOf(owner.pid)
  return birth !== "" && (birth === undefined || owner.birth === undefined || birth === owner.birth)
}

function parseOwner(text: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

async function write(dataDir: string, owner: Owner): Promise<void> {
  const draft = `${fileIn(dataDir)}.${process.pid}`
  await writeFile(draft, JSON.stringify(owner))
  await rename(draft, fileIn(dataDir))
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, "running.json")
}
