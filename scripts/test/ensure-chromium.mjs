import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { findChromium } from "./find-chromium.mjs"
import { runProgram } from "./run-program.mjs"

/** A Chromium that starts, or undefined. Ubuntu's package is a script that only names the snap. */
export function workingChromium() {
  const path = findChromium()
  if (!path) return undefined
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0 ? path : undefined
}

/** Whether we may install one: as root on Debian and its family. */
export const canInstallChromium = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")

/** @param {number} limitMs */
export function installChromium(limitMs) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const commands = "apt-get update -q && apt-get install -y -q --no-install-recommends chromium"
  return runProgram("sh", ["-c", commands], { env, limitMs })
}
