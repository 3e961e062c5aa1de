import Pusher from "pusher"
import type { Environment, PusherAnswer } from "./probes"

const patienceMs = 5_000

/** Asks for the list of channels, which Pusher answers to right keys only. Changes nothing, and nobody sees it. */
export async function askPusher(env: Environment): Promise<PusherAnswer> {
  const account = { appId: env.PUSHER_APP_ID ?? "", key: env.PUSHER_KEY ?? "", secret: env.PUSHER_SECRET ?? "", timeout: patienceMs }
  const pusher = env.PUSHER_HOST
    ? new Pusher({ ...account, host: env.PUSHER_HOST, useTLS: false, ...(env.PUSHER_PORT ? { port: env.PUSHER_PORT } : {}) })
    : new Pusher({ ...account, cluster: env.PUSHER_CLUSTER ?? "eu", useTLS: true })
  try {
    await pusher.get({ path: "/channels" })
    return "accepted"
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : undefined
    if (status === 400 || status === 401 || status === 403 || status === 404) return "refused"
    if (typeof status === "number") return { trouble: `it answered with ${status}` }
    return { trouble: causeOf(error) }
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && "error" in error ? error.error : error
  return cause instanceof Error && "code" in cause ? String(cause.code) : "no answer"
}
