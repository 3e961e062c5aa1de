import { createHash, generateKeyPairSync, randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { chmod, mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

const membership = z.object({
  networkId: z.string(),
  networkName: z.string(),
  peerId: z.string(),
  virtualIp: z.string(),
  isHost: z.boolean(),
  token: z.string(),
  /** UTC, ISO 8601. */
  tokenExpiresAt: z.string(),
  /** SHA-256 of the invitation it came in with: the same line brings it back, and the file opens nothing else. */
  lineHash: z.string(),
  /** The number of the last signal sent (LAN-61). */
  signalSequence: z.int(),
})
/** What the party gave this PC. */
export type Membership = z.infer<typeof membership>

const identityFile = z.object({
  party: z.string(),
  /** X25519, 32 bytes as base64. */
  privateKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  membership,
})
/** A PC in a party's network: its key and what the party gave it. */
export type Identity = z.infer<typeof identityFile>

export type IdentityRefusal = Refusal<"identity_readable_by_others" | "identity_not_ours" | "identity_unreadable">

/** [LANA-11] Where identities are kept: root's for the machine, else the person's own. */
export function stateRoot(environment: Readonly<Record<string, string | undefined>>, isRoot: boolean): string {
  return environment.PARTY_LAN_STATE_DIR ?? (isRoot ? "/var/lib/party-lan" : path.join(os.homedir(), ".party-lan"))
}

/** [LANA-10] A key that nobody had before: 32 bytes. */
export function drawPrivateKey(): Buffer {
  return generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32)
}

/** [LANA-13] What is kept of a line: enough to know it again, and nothing to open a network with. */
export function lineHashOf(invitation: string): string {
  return createHash("sha256").update(`party-lan line ${invitation}`).digest("hex")
}

const fileName = "identity.json"

/** [LANA-10] [LANA-12] The identity of this PC at one party, on disk. */
export class IdentityFile {
  readonly folder: string
  readonly #file: string

  constructor(
    root: string,
    readonly party: string,
  ) {
    this.folder = path.join(root, folderNameOf(party))
    this.#file = path.join(this.folder, fileName)
  }

  /** The identity, or null when there is none. A file that others may read is refused: its key is no secret any more. */
  async read(): Promise<Result<Identity | null, IdentityRefusal>> {
    const opened = await openIfThere(this.#file)
    if (!opened.ok) return opened
    const handle = opened.value
    if (handle === null) return ok(null)
    try {
      const { mode, uid } = await handle.stat()
      // Windows keeps its rights elsewhere, and a profile is its owner's.
      if (process.platform !== "win32") {
        if ((mode & 0o077) !== 0) return refuse("identity_readable_by_others", { file: this.#file })
        if (uid !== process.getuid?.()) return refuse("identity_not_ours", { file: this.#file })
      }
      const parsed = identityFile.safeParse(jsonOf(await handle.readFile("utf8")))
      return parsed.success ? ok(parsed.data) : refuse("identity_unreadable", { file: this.#file })
    } finally {
      await handle.close()
    }
  }

  /** Replaces it in one step: whoever looks finds the old one or the new one, never half of one. */
  async write(identity: Identity): Promise<void> {
    await this.#ownFolder()
    const draft = path.join(this.folder, `.${fileName}.${randomBytes(6).toString("hex")}`)
    const handle = await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(identity, null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, this.#file)
  }

  /** Forgets key and token. */
  async remove(): Promise<void> {
    await rm(this.#file, { force: true })
  }

  async #ownFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    if (process.platform !== "win32" && ((await stat(this.folder)).mode & 0o077) !== 0) await chmod(this.folder, 0o700)
  }
}

/** A name that is a folder's everywhere and another one's for every party. */
export function folderNameOf(party: string): string {
  const { host } = new URL(party)
  return `${host.replace(/[^a-z0-9.-]/gi, "_")}-${createHash("sha256").update(party).digest("hex").slice(0, 12)}`
}

async function openIfThere(file: string): Promise<Result<FileHandle | null, IdentityRefusal>> {
  try {
    // A link in its place would have us trust what somebody else wrote.
    return ok(await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null
    if (code === "ENOENT") return ok(null)
    if (code === "ELOOP" || code === "EACCES") return refuse("identity_not_ours", { file })
    throw error
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
