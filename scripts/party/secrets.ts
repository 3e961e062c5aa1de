import { randomBytes } from "node:crypto"
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import type { Random } from "@/kernel/random"
import { drawPasscode } from "@/server/create-party"
import { CannotStart } from "./cannot-start"

const secretsSchema = z.object({
  /** Seals the cookies: as long as it stays, everybody keeps their seat over a restart. */
  sessionSecret: z.string().min(32),
  pusher: z.object({ appId: z.string().regex(/^\d+$/), key: z.string().min(16), secret: z.string().min(32) }),
  hostPasscode: z.string().min(8),
})

export type Secrets = z.infer<typeof secretsSchema>

/**
 * The secrets of this data folder, drawn at the first start and kept in `secrets.json`, readable by its owner alone.
 * Throws CannotStart when the file is there but not whole: a new one would log everybody out without a word.
 */
export async function keepSecrets(dataDir: string, random: Random): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true })
  const file = path.join(dataDir, "secrets.json")
  const kept = await readFile(file, "utf8").catch(absent)
  if (kept !== undefined) return parse(file, kept)
  await writeOnce(file, drawSecrets(random))
  return parse(file, await readFile(file, "utf8"))
}

function drawSecrets(random: Random): Secrets {
  return {
    sessionSecret: randomBytes(32).toString("base64url"),
    pusher: {
      appId: String(random.int(100_000, 999_999)),
      key: randomBytes(10).toString("hex"),
      secret: randomBytes(24).toString("base64url"),
    },
    hostPasscode: drawPasscode(random),
  }
}

function parse(file: string, text: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text))
  } catch {
    throw new CannotStart(`${file} is damaged: restore it, or delete it to draw new secrets (everybody then joins again by PIN).`)
  }
}

// A hard link puts the whole file in its place in one step, and never over another start's secrets.
async function writeOnce(file: string, secrets: Secrets): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`
  const handle = await open(draft, "wx", 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await link(draft, file).then(
    () => rm(draft),
    (error: unknown) => (isTaken(error) ? rm(draft) : rename(draft, file)),
  )
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST"
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
  throw error
}
