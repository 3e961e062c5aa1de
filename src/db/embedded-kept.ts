import { open, readFile, rename } from "node:fs/promises"
import path from "node:path"

/** What outlives a run of the embedded database: its password and the port it had last. */
export type Kept = { password: string; port: number | undefined }

/** Reads keep.json of a database folder; undefined when there is none. Throws when it is not ours. */
export async function readKept(folder: string): Promise<Kept | undefined> {
  const text = await readFile(fileIn(folder), "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  const value: unknown = JSON.parse(text)
  if (typeof value !== "object" || value === null || !("password" in value) || typeof value.password !== "string") {
    throw new Error(`${fileIn(folder)} holds no password`)
  }
  return { password: value.password, port: "port" in value && typeof value.port === "number" ? value.port : undefined }
}

/** Writes keep.json for our eyes only, whole or not at all, even if the power goes. */
export async function writeKept(folder: string, kept: Kept): Promise<void> {
  const draft = `${fileIn(folder)}.new`
  const file = await open(draft, "w", 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(`${JSON.stringify(kept, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, fileIn(folder))
}

function fileIn(folder: string): string {
  return path.join(folder, "keep.json")
}
