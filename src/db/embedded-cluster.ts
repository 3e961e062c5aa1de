import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { access, chmod, chown, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import type { EmbeddedHome } from "./embedded-home"
import { postgresSpawnOptions } from "./postmaster-launch"

type Founding = { role: string; password: string; durable: boolean }

/** Whether there is a whole cluster: it gets its name only when initdb has finished. */
export function isInitialised(cluster: string): Promise<boolean> {
  return access(path.join(cluster, "PG_VERSION")).then(() => true, () => false)
}

/**
 * Creates the cluster beside its place and then renames it, so that an initdb cut short leaves only rubbish, which the
 * next start removes. Throws with initdb's words when it fails.
 */
export async function initialiseCluster(home: EmbeddedHome, founding: Founding): Promise<void> {
  await removeRubbish(home.cluster)
  await makeExecutable([home.binaries.initdb, home.binaries.postgres])
  const draft = `${home.cluster}.new-${randomBytes(6).toString("hex")}`
  const passwordFile = `${draft}.password`
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, founding.password, { mode: 0o600 })
    await handOver([draft, passwordFile], home)
    await runInitdb(home, draft, passwordFile, founding)
    await rename(draft, home.cluster)
    if (founding.durable) await syncFolder(path.dirname(home.cluster))
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

// An initdb whose parent was killed may still be writing for a moment. What cannot be removed now harms nobody.
async function removeRubbish(cluster: string): Promise<void> {
  const parent = path.dirname(cluster)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(cluster)}.new-`)) continue
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

// npm may have unpacked them without the bit. A read-only place is left alone: starting will tell.
async function makeExecutable(programs: string[]): Promise<void> {
  for (const program of programs) {
    const { mode } = await stat(program)
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555).catch(() => undefined)
  }
}

async function handOver(paths: string[], { account }: EmbeddedHome): Promise<void> {
  if (!account) return
  for (const each of paths) await chown(each, account.uid, account.gid)
}

// The C.UTF-8 of PostgreSQL itself: names sort the same on every laptop, whatever languages it has installed.
async function runInitdb(home: EmbeddedHome, draft: string, passwordFile: string, { role, durable }: Founding): Promise<void> {
  const flags = [
    `--pgdata=${draft}`,
    `--username=${role}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(durable ? [] : ["--no-sync"]),
  ]
  const child = spawn(home.binaries.initdb, flags, { ...postgresSpawnOptions(home), stdio: ["ignore", "pipe", "pipe"] })
  let words = ""
  child.stdout.on("data", (chunk: Buffer) => (words += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve))
  if (code !== 0) throw new Error(`the database could not be created (initdb ended with ${code}):\n${words.slice(-2_000)}`)
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
