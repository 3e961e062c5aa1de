import { randomBytes } from "node:crypto"
import { link, readFile, rm, stat, writeFile } from "node:fs/promises"
import { setTimeout as delay } from "node:timers/promises"
import { birthOf } from "./process-identity"

const POLL_MS = 20
const BREAKER_LIFETIME_MS = 5_000

type Owner = { pid: number; birth: string | undefined }

/**
 * Runs `work` while no other process holds the lock file. A lock whose owner has died, or whose process id now belongs
 * to another program, is taken over. Throws after `patienceMs` of waiting.
 */
export async function withStartLock<T>(file: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  await acquire(file, patienceMs)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function acquire(file: string, patienceMs: number): Promise<void> {
  const content = JSON.stringify({ pid: process.pid, birth: await birthOf(process.pid) } satisfies Owner)
  const giveUpAt = performance.now() + patienceMs
  while (!(await createWhole(file, content))) {
    if (await isAbandoned(file)) await removeAbandoned(file)
    else if (performance.now() > giveUpAt) throw new Error(`another process is still starting the database (${file})`)
    else await delay(POLL_MS)
  }
}

// A hard link appears at once with all its content; a file created in place could be seen half written.
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString("hex")}`
  await writeFile(draft, content)
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const content = await readFile(file, "utf8").catch(() => undefined)
  if (content === undefined) return false
  const owner = parseOwner(content)
  if (!owner) return true
  const birth = await birthOf(owner.pid)
  return birth === "" || (birth !== undefined && owner.birth !== undefined && birth !== owner.birth)
}

// Looking again under a second lock keeps two waiters from both removing: the slower would remove the faster one's
// fresh lock. The second lock is held for one removal only, so an old one is a leftover.
async function removeAbandoned(file: string): Promise<void> {
  const breaker = `${file}.breaker`
  if (!(await createWhole(breaker, ""))) {
    const age = await stat(breaker).then((seen) => Date.now() - seen.mtimeMs, () => 0)
    if (age > BREAKER_LIFETIME_MS) await rm(breaker, { force: true })
    await delay(POLL_MS)
    return
  }
  try {
    if (await isAbandoned(file)) await rm(file, { force: true })
  } finally {
    await rm(breaker, { force: true })
  }
}

function parseOwner(content: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number") return undefined
    return { pid: value.pid, birth: "birth" in value && typeof value.birth === "string" ? value.birth : undefined }
  } catch {
    return undefined
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}
