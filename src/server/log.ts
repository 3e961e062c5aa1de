import { pino, type DestinationStream, type Logger } from "pino"
import { errorForLog } from "./error-for-log"

export type Log = Logger

// Never logged in the first place; this is the second lock on the same door [PTY-15].
const secrets = ["word", "hint", "apiKey", "pin", "pinCode", "partyPin", "personalPin", "joinPin", "passcode", "token", "secret", "cookie", "authorization"]

/** Where lines go: a file only we may read, or standard error. Written at once, so that a crash loses none. */
export function logDestination(file: string | undefined): DestinationStream {
  return survivingTrouble(pino.destination(file ? { dest: file, append: true, mode: 0o600, sync: true } : { dest: 2, sync: true }))
}

/** A disk without room takes no lines, and without a listener that would end the process: the night is worth more. Lines wait for room. */
export function survivingTrouble<Destination extends { on(event: "error", listener: () => void): unknown }>(destination: Destination): Destination {
  destination.on("error", () => undefined)
  return destination
}

/** One JSON line per happening. */
export function createLog(level: string, destination: DestinationStream = logDestination(undefined)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => errorForLog(error) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
    },
    destination,
  )
}
