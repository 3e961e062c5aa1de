import { accessSync, constants } from "node:fs"
import path from "node:path"
import { runProgram } from "./run-program.mjs"

/** What the tests start beside Node and Chromium, and the Debian package it is in. */
const packageOf = {
  pgbouncer: "pgbouncer",
  ip: "iproute2",
  ping: "iputils-ping",
  nft: "nftables",
  "wireguard-go": "wireguard-go",
  wg: "wireguard-tools",
  conntrack: "conntrack",
  iperf3: "iperf3",
  mount: "mount",
  setpriv: "util-linux",
  "dbus-daemon": "dbus-daemon",
  "avahi-daemon": "avahi-daemon",
  "avahi-browse": "avahi-utils",
}

/** The Debian packages of programs that are not on the PATH. */
export function missingPackages(folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"]) {
  const isThere = (program) => folders.some((folder) => isExecutable(path.join(folder, program)))
  return Object.entries(packageOf).flatMap(([program, name]) => (isThere(program) ? [] : [name]))
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether we may install them: as root on Debian and its family. */
export const canInstallPackages = () => process.platform === "linux" && process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get")

/**
 * Installs each for itself when all together do not go: one that a release has no more must not cost the others.
 * @param {string[]} names
 * @param {number} limitMs
 */
export function installPackages(names, limitMs) {
  const install = "apt-get install -y -q --no-install-recommends"
  const oneByOne = names.map((name) => `${install} ${name}`).join("; ")
  const commands = `apt-get update -q; ${install} ${names.join(" ")} || { ${oneByOne}; }`
  return runProgram("sh", ["-c", commands], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, limitMs })
}
