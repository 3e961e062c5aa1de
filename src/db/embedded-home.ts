import { randomBytes } from "node:crypto"
import { chmod, cp, lstat, mkdir, readFile, realpath, rename, rm, symlink } from "node:fs/promises"
import path from "node:path"
import { canReach, type PostgresAccount } from "./postgres-account"
import { binariesIn, findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries"

// Where root may write and every account may read.
const PUBLIC_HOME = "/var/lib/party-os"

/** Where an embedded database lives: our folder, the cluster (PGDATA), the programs, and whom they run as. */
export type EmbeddedHome = {
  folder: string
  cluster: string
  binaries: PostgresBinaries
  account: PostgresAccount | undefined
}

/**
 * Decides where cluster and programs are. Usually `<folder>/cluster` and the npm package. As root with the project in a
 * private folder (`/root/…`) the server's account cannot get to either: then the programs are copied to, and the
 * cluster is made in, `/var/lib/party-os`, and `<folder>/cluster` is a link to it.
 */
export async function settleEmbeddedHome(start: { folder: string; account: PostgresAccount | undefined }): Promise<EmbeddedHome> {
  const binaries = findPostgresBinaries()
  const cluster = path.join(start.folder, "cluster")
  if (!start.account) return { ...start, cluster, binaries }
  return {
    ...start,
    cluster: await reachableCluster(cluster, start.account),
    binaries: await reachableBinaries(binaries, start.account),
  }
}

async function reachableCluster(cluster: string, account: PostgresAccount): Promise<string> {
  const existing = await lstat(cluster).catch(() => undefined)
  if (existing?.isSymbolicLink()) return realpath(cluster)
  if (await canReach(cluster, account)) return cluster
  if (existing) {
    throw new Error(`the database in ${cluster} must run as ${account.name}, who cannot enter a folder above it: open the folders (chmod o+x) or move the project`)
  }
  const elsewhere = path.join(PUBLIC_HOME, `cluster-${randomBytes(8).toString("hex")}`)
  await makePublic(PUBLIC_HOME)
  await makePublic(elsewhere)
  await symlink(elsewhere, cluster)
  return realpath(cluster)
}

// The mode is set afterwards because mkdir takes away what the umask of a careful root forbids.
async function makePublic(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
}

async function reachableBinaries(binaries: PostgresBinaries, account: PostgresAccount): Promise<PostgresBinaries> {
  if (await canReach(binaries.postgres, account)) return binaries
  const copy = path.join(PUBLIC_HOME, `postgresql-${await versionOf(binaries)}`)
  if (await lstat(copy).catch(() => undefined)) return binariesIn(copy)
  await makePublic(PUBLIC_HOME)
  const draft = `${copy}.new-${randomBytes(6).toString("hex")}`
  await cp(binaries.root, draft, { recursive: true, verbatimSymlinks: true })
  // Another project may have been faster; its copy is as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  return binariesIn(copy)
}

async function versionOf(binaries: PostgresBinaries): Promise<string> {
  const description: unknown = JSON.parse(await readFile(path.join(binaries.root, "..", "package.json"), "utf8"))
  if (typeof description === "object" && description && "version" in description) return String(description.version)
  throw new Error(`no version beside ${binaries.root}`)
}
