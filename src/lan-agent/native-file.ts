import { createHash, randomBytes } from "node:crypto"
import { mkdir, open, readFile, rename } from "node:fs/promises"
import path from "node:path"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { boundedBody } from "./bounded-body"
import type { Fetch } from "./control-plane"
import type { NativeFile } from "./native-files"

export type NativeRefusal = Refusal<"native_unknown" | "native_wrong" | "native_unreachable">

/** The C library of this Node, on Linux. Node's own report knows it too, but looks up the names of all our peers first, for seconds. */
export async function libcOfThisPc(): Promise<"glibc" | "musl" | null> {
  if (process.platform !== "linux") return null
  const loaded = await readFile("/proc/self/maps", "utf8").catch(() => "")
  return /\/ld-musl-/.test(loaded) ? "musl" : "glibc"
}

type Pc = { readonly platform: string; readonly arch: string; readonly libc: "glibc" | "musl" | null }
type Order = { readonly party: string; readonly folder: string; readonly fetch: Fetch; readonly pc: Pc; readonly files: readonly NativeFile[] }

/**
 * [LANA-80] koffi's native file on this PC: the one fetched before, or from the party. It is run as root, so only bytes whose
 * SHA-256 stands in the agent itself are kept. @returns its path.
 */
export async function nativeFileFor({ party, folder, fetch, pc, files }: Order): Promise<Result<string, NativeRefusal>> {
  const wanted = files.find(({ platform, arch, libc }) => platform === pc.platform && arch === pc.arch && libc === pc.libc)
  if (!wanted) return refuse("native_unknown")
  const file = path.join(folder, `koffi-${wanted.sha256.slice(0, 16)}.node`)
  const kept = await readFile(file).catch(() => null)
  if (kept && isRight(kept, wanted)) return ok(file)
  let bytes: Buffer
  try {
    const response = await fetch(`${party}/lan/${wanted.name}`, { signal: AbortSignal.timeout(60_000) })
    if (!response.ok) return refuse("native_unreachable")
    const body = await boundedBody(response)
    if (body === null) return refuse("native_wrong")
    bytes = body
  } catch {
    return refuse("native_unreachable")
  }
  if (!isRight(bytes, wanted)) return refuse("native_wrong")
  await keep(folder, file, bytes)
  return ok(file)
}

function isRight(bytes: Buffer, { sha256 }: NativeFile): boolean {
  return createHash("sha256").update(bytes).digest("hex") === sha256
}

async function keep(folder: string, file: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = path.join(folder, `.${randomBytes(6).toString("hex")}`)
  const handle = await open(draft, "wx", 0o600)
  try {
    await handle.writeFile(bytes)
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}
