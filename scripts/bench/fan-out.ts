import { setTimeout as delay } from "node:timers/promises"
import { channelOf, partyTopics } from "@/realtime/channels"
import type { App } from "./app"
import type { BareFanOutAnswer, BareFanOutRequest } from "./bare-fan-out"
import { cookiesOf, doorsOf, type Tap } from "./doors"
import { flightAnswer } from "./flight-answer"
import { openClient } from "./http-client"
import type { ListenersAnswer, ListenersRequest } from "./listeners"
import { sharedNow, startHelper, type Helper } from "./processes"
import { atMost, percentilesText, timesText, type Line } from "./report"
import type { Subscription } from "./screen"
import { setStage, type Stage } from "./stage"
import { summarise, type Summary } from "./statistics"

export type FanOutPlan = { readonly taps: number; readonly screens: readonly number[] }

type Listener = Helper<ListenersRequest, ListenersAnswer>
type Sent = { readonly at: number; readonly version: number }

const gapMs = 60
const gapMsPerScreen = 0.2
const patienceMs = 10_000

/**
 * From the moment a tap is sent to the moment each screen holds what came of it, against a bare fan-out of the same bytes
 * to as many sockets. Screens live in two other processes.
 */
export async function measureFanOut(app: App, { taps, screens }: FanOutPlan): Promise<Line[]> {
  const listeners = [1, 2].map(() => startHelper<ListenersRequest, ListenersAnswer>("./listeners.ts"))
  const bare = startHelper<BareFanOutRequest, BareFanOutAnswer>("./bare-fan-out.ts")
  try {
    const { port } = await bare.ask({ page: "" })
    const stage = await setStage(app.runtime, { openRaces: 2, liveRaces: 2 })
    const subscription = await subscriptionOf(app, stage)
    const doors = await doorsOf(app, stage)
    const lines: Line[] = []
    let n = 0
    for (const count of screens) {
      await openScreens(listeners, count, `ws://127.0.0.1:${app.port}/app/${app.pusher.key}?protocol=7&client=bench&version=1`, subscription)
      const bets = await tapAndListen(listeners, count, taps, actionSender(app, () => doors.bet(n++)))
      const laps = await tapAndListen(listeners, count, taps, actionSender(app, () => doors.lap(n++)))
      await closeScreens(listeners)

      await openScreens(listeners, count, `ws://127.0.0.1:${port}`, undefined)
      const bareBets = await tapAndListen(listeners, count, taps, bareSender(port, bets.sample))
      const bareLaps = await tapAndListen(listeners, count, taps, bareSender(port, laps.sample))
      await closeScreens(listeners)
      lines.push(lineOf("bet", count, bets.summary, bareBets.summary), lineOf("lap", count, laps.summary, bareLaps.summary))
    }
    return lines
  } finally {
    await Promise.all([...listeners, bare].map((helper) => helper.stop()))
  }
}

function lineOf(what: string, screens: number, ours: Summary, bare: Summary): Line {
  const ratio = ours.p99 / bare.p99
  return {
    what: `tap to other screens, ${what}, ${screens} screens`,
    measured: percentilesText(ours),
    baseline: `bare WebSocket fan-out ${percentilesText(bare)}`,
    compared: `${timesText(ratio)} (p99)`,
    ...(screens === 100 ? { aim: atMost(ours.p99, 150, "p99 150 ms") } : {}),
    ...(screens >= 1000 ? { aim: atMost(ratio, 3, "3 × bare") } : {}),
  }
}

/** The party's channels, as every screen has them: one event arrives on each screen for each tap. */
async function subscriptionOf(app: App, stage: Stage): Promise<Subscription> {
  const { partyId, bettors: [guestId = ""] } = stage
  const cookies = await cookiesOf(stage)
  return {
    channels: partyTopics.map((topic) => channelOf({ kind: "party", topic, partyId })),
    account: app.pusher,
    auth: { url: `${app.url}/api/pusher/auth`, cookie: cookies.guest(guestId) },
  }
}

async function openScreens(listeners: readonly Listener[], count: number, url: string, subscribe: Subscription | undefined) {
  const shares = listeners.map((_, index) => Math.floor((count + index) / listeners.length))
  await Promise.all(listeners.map((listener, index) => listener.ask({ open: { url, sockets: shares[index] ?? 0, subscribe } })))
  // A thousand handshakes leave rubbish to collect; the first tap is not to pay for it.
  await delay(300)
}

async function closeScreens(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.ask({ report: { close: true } })))
  await delay(200)
}

type Sender = { send(): Promise<number>; close(): void }

async function tapAndListen(listeners: readonly Listener[], screens: number, taps: number, sender: Sender): Promise<{ summary: Summary; sample: string }> {
  const sent: Sent[] = []
  for (let tap = 0; tap < taps; tap++) {
    const at = sharedNow()
    sent.push({ at, version: await sender.send() })
    await delay(gapMs + gapMsPerScreen * screens)
  }
  sender.close()
  const { latencies, sample } = await collect(listeners, sent, screens)
  return { summary: summarise(latencies), sample }
}

/** Waits until every screen has heard every tap. Throws when that takes too long: a lost event has no latency. */
async function collect(listeners: readonly Listener[], sent: readonly Sent[], screens: number): Promise<{ latencies: number[]; sample: string }> {
  const sentAt = new Map(sent.map(({ version, at }) => [version, at]))
  const latencies: number[] = []
  let sample = ""
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    for (const { versions, times, sample: newest } of await Promise.all(listeners.map((listener) => listener.ask({ report: { close: false } })))) {
      versions.forEach((version, index) => {
        const at = sentAt.get(version)
        if (at !== undefined) latencies.push((times[index] ?? NaN) - at)
      })
      sample = newest || sample
    }
    if (latencies.length === sent.length * screens) return { latencies, sample }
    if (performance.now() > giveUpAt || latencies.length > sent.length * screens) {
      throw new Error(`${screens} screens heard ${latencies.length} of ${sent.length * screens} events`)
    }
    await delay(100)
  }
}

function actionSender(app: App, nextTap: () => Tap): Sender {
  const client = openClient(app.url, 1)
  return {
    async send() {
      const { text } = await client.post(nextTap())
      const { version } = flightAnswer(text)
      if (version === undefined) throw new Error(`the tap was refused: ${text.slice(0, 300)}`)
      return version
    },
    close: client.close,
  }
}

/** Posts the frame the app's screens got, with a version of its own each time. */
function bareSender(port: number, sample: string): Sender {
  const client = openClient(`http://127.0.0.1:${port}`, 1)
  let version = 1_000_000
  return {
    async send() {
      version += 1
      const { status, text } = await client.post({ path: "/", headers: {}, body: sample.replace(/version\\":\d+/, `version\\":${version}`) })
      if (status !== 200) throw new Error(`the bare fan-out answers ${status} ${text}`)
      return version
    },
    close: client.close,
  }
}
