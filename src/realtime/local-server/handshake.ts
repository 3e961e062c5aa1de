import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { closeCode } from "./codes"

export type HandshakeRefusal = Refusal<"bad_path" | "unknown_app" | "bad_version" | "unsupported_version">

/** How a refused handshake is told to the client: the same code in `pusher:error` and in the close frame. */
export const handshakeAnswers: Record<HandshakeRefusal["code"], { code: number; message: string }> = {
  bad_path: { code: closeCode.badPath, message: "The path is /app/ and an app key" },
  unknown_app: { code: closeCode.unknownApp, message: "No app has this key" },
  bad_version: { code: closeCode.badVersion, message: "The protocol version is not a number" },
  unsupported_version: { code: closeCode.unsupportedVersion, message: "Protocol versions 4 to 7 are supported" },
}

const oldestVersion = 4
const newestVersion = 7

/**
 * Reads the URL of an upgrade. Null means that it is somebody else's; a prefix before `/app` is allowed, as
 * clients may be given one (PSH-1 – PSH-5).
 */
export function readHandshake(url: string, appKey: string): Result<null, HandshakeRefusal> | null {
  const [path = "", query = ""] = url.split("?", 2)
  const match = /(?:^|\/)app(?:\/(.*))?$/.exec(path)
  if (!match) return null
  const key = match[1]
  if (!key || key.includes("/")) return refuse("bad_path")
  if (decodeText(key) !== appKey) return refuse("unknown_app")
  return checkVersion(new URLSearchParams(query).get("protocol"))
}

function checkVersion(version: string | null): Result<null, HandshakeRefusal> {
  if (version === null) return ok(null)
  if (!/^-?\d+$/.test(version)) return refuse("bad_version")
  const number = Number(version)
  return number >= oldestVersion && number <= newestVersion ? ok(null) : refuse("unsupported_version")
}

function decodeText(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
