import { readFile, stat } from "node:fs/promises"
import path from "node:path"

/** Whom PostgreSQL runs as when we are root, which it refuses to be. */
export type PostgresAccount = { name: string; uid: number; gid: number }

/**
 * The account to hand the database to: undefined means "as we are". As root it is the user `postgres` if the machine
 * has one, else `nobody`: both exist already, so nothing is added to the machine. Throws when it has neither.
 */
export async function postgresAccount(): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = parseAccounts(await readFile("/etc/passwd", "utf8"))
  const chosen = accounts.get("postgres") ?? accounts.get("nobody")
  if (chosen) return chosen
  throw new Error("PostgreSQL refuses to run as root, and there is no user postgres or nobody: start as an ordinary user")
}

/** Accounts by name, from text in the form of /etc/passwd. Root is left out. */
export function parseAccounts(passwd: string): Map<string, PostgresAccount> {
  const accounts = new Map<string, PostgresAccount>()
  for (const line of passwd.split("\n")) {
    const [name, , uid, gid] = line.split(":")
    if (!name || !Number(uid) || gid === undefined) continue
    accounts.set(name, { name, uid: Number(uid), gid: Number(gid) })
  }
  return accounts
}

/** Whether the account may pass through every folder down to `target`, by the permission bits. */
export async function canReach(target: string, account: PostgresAccount): Promise<boolean> {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    if (!mayEnter(await stat(folder), account)) return false
    if (folder === path.dirname(folder)) return true
  }
}

/** The execute bit that counts for this account: its own, its group's or everyone's. */
export function mayEnter(folder: { uid: number; gid: number; mode: number }, account: PostgresAccount): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}
