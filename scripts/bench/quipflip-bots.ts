import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import type { WebSocket } from "ws"
import { seededRandom } from "@/kernel/random"
import { createBotTable, type BotTable, type SessionDoors, type TableReport, type ThinkTime } from "./bot-table"
import { actionTap, doorOfSession } from "./doors"
import { flightAnswer } from "./flight-answer"
import { openClient, type Client } from "./http-client"
import { answerTo, sharedNow } from "./processes"
import { openScreen, type Subscription } from "./screen"

/** Bots of whole sessions, and the same traffic with nothing behind it. */
export type QuipflipBotsRequest = { readonly play: Playing } | { readonly knock: Knocking } | { readonly fanOut: FanningOut }

export type Playing = Pace & {
  readonly socketUrl: string
  /** Each session's bots. All sessions begin at once. */
  readonly tables: readonly (readonly BotGuest[])[]
  readonly phrases: readonly string[]
}

type Pace = { readonly webUrl: string; readonly doors: SessionDoors; readonly think: ThinkTime; readonly seed: number }

export type BotGuest = { readonly cookie: string; readonly subscription: Subscription }

/** As many strangers who begin and submit at the same pace and are refused at the door. */
export type Knocking = Pace & { readonly bots: number; readonly rounds: number }

/** A frame from a bare server to as many sockets. */
export type FanningOut = { readonly port: number; readonly sockets: number; readonly heardBy: number; readonly frame: string; readonly times: number }

export type QuipflipBotsAnswer = {
  readonly tables: readonly TableReport[]
  /** ms: of a refused submission, or from a bare frame being posted until those who wait for it have it. */
  readonly latencies: readonly number[]
  /** One that told of a new phase. */
  readonly frame: string
}

const connectingAtOnce = 50
const gapMs = 50

answerTo<QuipflipBotsRequest, QuipflipBotsAnswer>(async (request) => {
  if ("play" in request) return play(request.play)
  const latencies = "knock" in request ? await knock(request.knock) : await fanOut(request.fanOut)
  return { tables: [], latencies, frame: "" }
})

async function play({ webUrl, socketUrl, doors, think, seed, tables, phrases }: Playing): Promise<QuipflipBotsAnswer> {
  const client = openClient(webUrl, tables.flat().length)
  const gather: ThinkTime = { min: 0, max: 0 }
  const hall = { webUrl, client, doors, gather, think, phrases, random: seededRandom(seed) }
  const playing = tables.map((guests, table) => createBotTable(hall, table, guests.map(({ cookie }) => cookie)))
  let frame = ""
  const sockets = await openSockets(
    tables.flatMap((guests, table) =>
      guests.map(({ subscription }, seat) => ({
        subscription,
        hear: (heard: Buffer) => {
          if (tableAt(playing, table).hear(seat, heard)) frame = heard.toString()
        },
      })),
    ),
    socketUrl,
  )
  const reports = await Promise.all(playing.map((table) => table.play()))
  client.close()
  for (const socket of sockets) socket.terminate()
  return { tables: reports, latencies: [], frame }
}

function tableAt(tables: readonly BotTable[], index: number): BotTable {
  const table = tables[index]
  if (!table) throw new Error(`there is no table ${index}`)
  return table
}

type Ear = { readonly subscription: Subscription | undefined; readonly hear: (frame: Buffer) => void }

/** The first asks the app for its signatures and so checks them; the others sign like it. */
async function openSockets(ears: readonly Ear[], url: string): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  for (let first = 0; first < ears.length; first += connectingAtOnce) {
    const some = ears.slice(first, first + connectingAtOnce)
    const opened = some.map(({ subscription, hear }, index) => openScreen({ url, subscription, asksApp: first + index === 0 }, hear))
    sockets.push(...(await Promise.all(opened)))
  }
  return sockets
}

async function knock({ webUrl, doors, think, seed, bots, rounds }: Knocking): Promise<number[]> {
  const client = openClient(webUrl, bots)
  const random = seededRandom(seed)
  const sessionId = randomUUID()
  const begin = doorOfSession(doors.begin, sessionId)
  const submit = doorOfSession(doors.submit, sessionId)
  const round = { sessionId, roundId: randomUUID(), phrase: "FROZEN PIZZA", lifecycleVersion: 1 }
  const latencies: number[] = []
  const one = async () => {
    for (let done = 0; done < rounds; done++) {
      await refused(client, actionTap({ url: webUrl }, begin, "", [sessionId, 1, randomUUID()]))
      if (think.max > 0) await delay(random.int(think.min, think.max))
      const sentAt = performance.now()
      await refused(client, actionTap({ url: webUrl }, submit, "", [round, randomUUID()]))
      latencies.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: bots }, one))
  client.close()
  return latencies
}

async function refused(client: Client, tap: ReturnType<typeof actionTap>): Promise<void> {
  const { status, text } = await client.post(tap)
  if (status !== 200 || flightAnswer(text).success) throw new Error(`a stranger was not refused: ${status} ${text.slice(0, 200)}`)
}

async function fanOut({ port, sockets: count, heardBy, frame, times }: FanningOut): Promise<number[]> {
  const step = Math.floor(count / heardBy)
  let lastHeardAt = 0
  let heard = 0
  const ears = Array.from({ length: count }, (_, place) => ({
    subscription: undefined,
    hear: () => {
      if (place % step !== 0 || place / step >= heardBy) return
      heard += 1
      lastHeardAt = sharedNow()
    },
  }))
  const sockets = await openSockets(ears, `ws://127.0.0.1:${port}`)
  const client = openClient(`http://127.0.0.1:${port}`, 1)
  const latencies: number[] = []
  for (let time = 0; time < times; time++) {
    heard = 0
    const sentAt = sharedNow()
    await client.post({ path: "/", headers: {}, body: frame })
    await delay(gapMs)
    if (heard !== heardBy) throw new Error(`${heard} of ${heardBy} sockets heard a bare frame within ${gapMs} ms`)
    latencies.push(lastHeardAt - sentAt)
  }
  client.close()
  for (const socket of sockets) socket.terminate()
  return latencies
}
