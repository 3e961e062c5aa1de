import "server-only"
import { readFile } from "node:fs/promises"
import path from "node:path"

// Made by the party's build (scripts/party/build-agent.mjs) beside the app that serves it.
const folder = path.join(/*turbopackIgnore: true*/ process.cwd(), ".next", "lan-agent")

const program = "text/javascript; charset=utf-8"
const bytes = "application/octet-stream"

/** The agent as one file, for the one line that a PC joins by. */
export function agentProgram(): Promise<Response> {
  return fileOr404("agent.mjs", program)
}

/** A native file beside it. A name that is none of the build's own finds nothing. */
export function agentNativeFile(name: string): Promise<Response> {
  return /^koffi-[a-z0-9_]+\.node$/.test(name) ? fileOr404(name, bytes) : Promise.resolve(notHere())
}

async function fileOr404(name: string, type: string): Promise<Response> {
  try {
    const content = await readFile(path.join(folder, name))
    return new Response(new Uint8Array(content), { headers: { "content-type": type, "cache-control": "no-cache" } })
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return notHere()
    throw error
  }
}

function notHere(): Response {
  return new Response("This party hands out no such file.\n", { status: 404, headers: { "content-type": "text/plain; charset=utf-8" } })
}
