import pino, { type Logger } from "pino"
import { errorForLog } from "@/server/error-for-log"
import { survivingTrouble } from "@/server/log"

/** The file that keeps what the terminal should not show between QR code and links. Written at once: a crash loses no line. */
export function openPartyLog(file: string, level: string): Logger {
  const destination = survivingTrouble(pino.destination({ dest: file, append: true, mkdir: true, sync: true, mode: 0o600 }))
  return pino({ level, serializers: { err: (error: unknown) => errorForLog(error) } }, destination)
}
