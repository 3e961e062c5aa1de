import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { channelOf, partyTopics } from "@/realtime/channels"
import type { App } from "./app"
import type { BareFanOutAnswer, BareFanOutRequest } from "./bare-fan-out"
import type { CardPhone, CardPhonesAnswer, CardPhonesRequest, HeldCard } from "./card-phones"
import { actionDoor, actionTap, cookiesFor, type Tap } from "./doors"
import { flightAnswer } from "./flight-answer"
import { openClient } from "./http-client"
import { sharedNow, startHelper, type Helper } from "./processes"
import { processorMs } from "./processor-time"
import { atMost, msText, timesText, type Line } from "./report"
import type { SilentModel } from "./silent-model"
import { fillHouse } from "./stage"
import { percentile } from "./statistics"

export type CardPlan = { readonly rounds: number; readonly phones: number; readonly model?: SilentModel }

type Phones = Helper<CardPhonesRequest, CardPhonesAnswer>
/** ms from the host's tap to each phone having heard of the round, and to its holding the card. */
type Round = { readonly heard: readonly number[]; readonly held: readonly number[] }

const gapMs = 200
const patienceMs = 10_000

/**
 * From the moment the host's Start is sent to the moment each phone holds its own card of Imposter, against the same bytes
 * fanned out and fetched without an app. With a model, it is one that never answers, and it is asked before the first round.
 */
export async function measureCard(app: App, { rounds, phones: count, model }: CardPlan): Promise<Line[]> {
  const phones = startHelper<CardPhonesRequest, CardPhonesAnswer>("./card-phones.ts")
  const bare = startHelper<BareFanOutRequest, BareFanOutAnswer>("./bare-fan-out.ts")
  try {
    const party = await openParty(app, count)
    if (model) await untilAsked(model)
    await phones.ask({ open: party.phones })
    let besideModel = 0
    const before = await processorMs(app.pid)
    const ours = await playRounds(phones, rounds, {
      async start() {
        if (model?.isWaitedFor()) besideModel += 1
        await party.start()
      },
      async end(cards) {
        checkDeal(cards)
        await party.callOff()
      },
    })
    const after = await processorMs(app.pid)
    const spent = before === undefined || after === undefined ? "" : `, ${msText((after - before) / rounds)} ms CPU a round`
    const barely = await playBarely(phones, bare, rounds, party.phones.phones)
    party.close()
    const modelText = model ? `; model asked ${model.asked()} ×, waited for in ${besideModel} of ${rounds} rounds` : ""
    const words = model ? "a model that never answers" : "no model key"
    return [lineOf(`Start to card, ${count} phones, ${words}`, ours, barely, `${spent}${modelText}`)]
  } finally {
    await Promise.all([phones.stop(), bare.stop()])
  }
}

type Host = { start(): Promise<unknown>; end(cards: readonly HeldCard[]): Promise<void> }

async function playRounds(phones: Phones, count: number, host: Host): Promise<Round[]> {
  const rounds: Round[] = []
  for (let round = 0; round < count; round++) {
    const at = sharedNow()
    await host.start()
    const { cards } = await phones.ask({ report: "cards" })
    rounds.push({ heard: cards.map(({ heardAt }) => heardAt - at), held: cards.map(({ heldAt }) => heldAt - at) })
    await host.end(cards)
    await delay(gapMs)
  }
  return rounds
}

/** The same again with the bytes of the rounds before, and nothing behind them. */
async function playBarely(
  phones: Phones,
  bare: Helper<BareFanOutRequest, BareFanOutAnswer>,
  rounds: number,
  guests: readonly CardPhone[],
): Promise<Round[]> {
  const { frame, page } = await phones.ask({ close: true })
  const { port } = await bare.ask({ page })
  const webUrl = `http://127.0.0.1:${port}`
  const open = { socketUrl: `ws://127.0.0.1:${port}`, webUrl, phones: guests.map(({ cookie }) => ({ cookie, subscription: undefined })) }
  await phones.ask({ open })
  const client = openClient(webUrl, 1)
  const start = () => client.post({ path: "/", headers: {}, body: frame })
  const played = await playRounds(phones, rounds, { start, end: async () => undefined })
  client.close()
  return played
}

function lineOf(what: string, ours: readonly Round[], bare: readonly Round[], besides: string): Line {
  const held = ours.flatMap((round) => round.held)
  const bareHeld = bare.flatMap((round) => round.held)
  const heardP95 = percentile(ours.flatMap((round) => round.heard), 0.95)
  const p95 = percentile(held, 0.95)
  const first = Math.max(...(ours[0]?.held ?? []))
  return {
    what,
    measured: `${spreadText(held)} (round heard of p95 ${msText(heardP95)}; first round ${msText(first)})${besides}`,
    baseline: `bare fan-out, then bare GET ${spreadText(bareHeld)}`,
    compared: `${timesText(p95 / percentile(bareHeld, 0.95))} (p95)`,
    aim: atMost(p95, 200, "p95 200 ms"),
  }
}

function spreadText(samples: readonly number[]): string {
  return `p50 ${msText(percentile(samples, 0.5))} p95 ${msText(percentile(samples, 0.95))} max ${msText(Math.max(...samples))} ms`
}

/** A party with so many guests, their phones, and the host's two buttons. */
async function openParty(app: App, guestCount: number) {
  const { partyId, guests } = await fillHouse(app.runtime, guestCount)
  await app.runtime.publisher.settled()
  const cookies = await cookiesFor(partyId, guests)
  const [start, callOff] = await Promise.all([actionDoor("startImposterRoundAction"), actionDoor("callOffImposterRoundAction")])
  const client = openClient(app.url, 1)
  const tap = async (next: Tap) => {
    const { text } = await client.post(next)
    if (!flightAnswer(text).success) throw new Error(`the host was refused: ${text.slice(0, 300)}`)
  }
  const phones = guests.map((guestId): CardPhone => {
    const cookie = cookies.guest(guestId)
    return { cookie, subscription: subscriptionOf(app, partyId, guestId, cookie) }
  })
  const socketUrl = `ws://127.0.0.1:${app.port}/app/${app.pusher.key}?protocol=7&client=bench&version=1`
  return {
    phones: { socketUrl, webUrl: app.url, phones },
    start: () => tap(actionTap(app, start, cookies.host, [undefined, randomUUID()])),
    callOff: () => tap(actionTap(app, callOff, cookies.host, [])),
    close: client.close,
  }
}

function subscriptionOf(app: App, partyId: string, guestId: string, cookie: string): CardPhone["subscription"] {
  const shared = partyTopics.map((topic) => channelOf({ kind: "party", topic, partyId }))
  const channels = [...shared, channelOf({ kind: "guest", guestId })]
  return { channels, account: app.pusher, auth: { url: `${app.url}/api/pusher/auth`, cookie } }
}

// A card that is fast and wrong is not to be counted as one.
function checkDeal(cards: readonly HeldCard[]): void {
  const rounds = new Set(cards.map(({ roundId }) => roundId))
  const words = new Set(cards.filter(({ isImposter }) => !isImposter).map(({ word }) => word))
  const imposters = cards.filter(({ isImposter }) => isImposter)
  if (rounds.size !== 1 || words.size !== 1 || imposters.length !== 1) {
    throw new Error(`the cards do not belong together: ${rounds.size} rounds, ${words.size} words, ${imposters.length} imposters`)
  }
}

/** Rounds that no model could have slowed down would prove nothing about it. */
async function untilAsked(model: SilentModel): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  while (!model.isWaitedFor()) {
    if (performance.now() > giveUpAt) throw new Error("the app has a key and never asks the model")
    await delay(50)
  }
}
