import { existsSync } from "node:fs"
import path from "node:path"

/** Reads .env.local and .env of a folder: the first that names a variable wins, and what is in the environment before both. */
export function readEnvFiles(folder: string): void {
  for (const file of [".env.local", ".env"].map((name) => path.join(folder, name))) {
    if (existsSync(file)) process.loadEnvFile(file)
  }
}
