import { pino, type DestinationStream, type Logger } from "pino"
import { errorForLog } from "./error-for-log"

export type Log = Logger

// Never logged in the first place; this is the second lock on the same door [PTY-15].
const secrets = ["pin", "pinCode", "partyPin", "personalPin", "joinPin", "passcode", "token", "secret", "cookie", "authorization"]

/** One JSON line per happening, to standard error unless told otherwise. */
export function createLog(level: string, destination: DestinationStream = pino.destination({ dest: 2, sync: true })): Log {
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
