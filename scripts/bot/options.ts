import { parseArgs } from "node:util"
import { z } from "zod"

export const usage = `Plays a session of Quipflip over the REST API and the party's WebSocket.

  npm run bot -- --url http://localhost:3000 --pin 123456 --bots 4

  --url      where the party is (http://localhost:3000)
  --pin      the party's PIN, as the TV shows it
  --name     what the bot is called; several are numbered (Bot)
  --code     the session to join; without it a new one is opened
  --create   opens a new session (as without --code)
  --bots     so many bots in this process (1)
  --players  starts once so many sit in the session (3, or as many as there are bots and AI players)
  --ai       so many AI players in a session of its own (0)
  --think    milliseconds to think over each phrase and each vote (500)
  --no-socket  asks again and again instead of listening`

const whole = (most: number) => z.coerce.number().int().min(0).max(most)

const given = z
  .object({
    url: z.url({ protocol: /^https?$/ }).default("http://localhost:3000"),
    pin: z.string("Say the party's PIN: --pin 123456").regex(/^\d{6}$/, "The party's PIN has six digits."),
    name: z.string().trim().min(1).default("Bot"),
    code: z.string().optional(),
    create: z.boolean().default(false),
    bots: whole(8).min(1).default(1),
    players: whole(8).min(3).optional(),
    ai: whole(7).default(0),
    think: whole(600_000).default(500),
    "no-socket": z.boolean().default(false),
    help: z.boolean().default(false),
  })
  .refine(({ code, create }) => code === undefined || !create, "Either --code or --create.")

export type BotOptions = {
  readonly url: string
  readonly pin: string
  readonly name: string
  readonly code: string | null
  readonly bots: number
  readonly players: number
  readonly aiPlayers: number
  readonly thinkMs: number
  readonly hasSocket: boolean
}

/** What the command line asks for; null for its help. Throws with words for people when it cannot be meant. */
export function readOptions(args: readonly string[]): BotOptions | null {
  const text = { type: "string" } as const
  const flag = { type: "boolean" } as const
  const options = { url: text, pin: text, name: text, code: text, create: flag, bots: text, players: text, ai: text, think: text, "no-socket": flag, help: flag }
  const { values } = parseArgs({ args: [...args], options })
  if (values.help) return null
  const parsed = given.safeParse(values)
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `--${path.join(".")}: ${message}`)).join("\n"))
  const { url, pin, name, code, bots, players, ai, think } = parsed.data
  return {
    url: url.replace(/\/+$/, ""),
    pin,
    name,
    code: code ?? null,
    bots,
    players: players ?? Math.max(3, bots + ai),
    aiPlayers: ai,
    thinkMs: think,
    hasSocket: !parsed.data["no-socket"],
  }
}
