type Write = (fields: object, message: string) => void

/** What the server tells its operator; a pino logger fits. Never given a secret, a signature or an event's data. */
export type LocalPusherLog = { readonly info: Write; readonly warn: Write; readonly error: Write }

const ignore: Write = () => undefined

/** Silent but for bugs, which nobody should have to ask for. */
export const defaultLog: LocalPusherLog = {
  info: ignore,
  warn: ignore,
  error: (fields, message) => console.error(message, fields),
}
