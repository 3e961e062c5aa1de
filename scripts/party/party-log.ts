import pino, { type Logger } from "pino"
import { errorForLog } from "@/server/error-for-log"

/** The file that keeps what the terminal should not show between QR code and links. Written at once: a crash loses no line. */
export function openPartyLog(file: string, level: string): Logger {
  return pino({ level, serializers: { err: (error: unknown) => errorForLog(error) } }, pino.destination({ dest: file, append: true, mkdir: true, sync: true, mode: 0o600 }))
}
