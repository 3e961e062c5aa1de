import { createRequire } from "node:module"
import path from "node:path"
import { wordsOf } from "@/kernel/error-words"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"

type NativeFunction = {
  (...args: readonly unknown[]): number
  async(...args: readonly unknown[]): void
}

/** What is used of koffi; its native file alone offers as much as the package. */
export type Koffi = {
  load(library: string | null): { func(prototype: string): NativeFunction }
  errno(): number
  readonly os: { readonly errno: Readonly<Record<string, number>> }
}

const members = { load: "function", errno: "function", os: "object" } as const

function isKoffi(loaded: unknown): loaded is Koffi {
  if (typeof loaded !== "object" || loaded === null) return false
  return Object.entries(members).every(([name, type]) => typeof Reflect.get(loaded, name) === type)
}

/**
 * Loads koffi when it is needed and not before, so that an agent without it runs too.
 * @param nativeFile the path of koffi's `.node` file, for an agent that is one file; without it the installed package is taken.
 */
export async function loadKoffi(nativeFile?: string): Promise<Result<Koffi, Refusal<"no_koffi">>> {
  try {
    const loaded: unknown = nativeFile === undefined ? await installedKoffi() : fromFile(nativeFile)
    return isKoffi(loaded) ? ok(loaded) : refuse("no_koffi", { reason: "not koffi" })
  } catch (error) {
    return refuse("no_koffi", { reason: wordsOf(error) })
  }
}

async function installedKoffi(): Promise<unknown> {
  // The name is put together so that a bundler leaves it to Node: a PC without the package still starts.
  const name = ["ko", "ffi"].join("")
  const { default: koffi } = (await import(name)) as { default: unknown }
  return koffi
}

function fromFile(nativeFile: string): unknown {
  const file = path.resolve(nativeFile)
  return createRequire(file)(file)
}
