import { setTimeout as delay } from "node:timers/promises"
import type { WebSocket } from "ws"
import { openClient } from "./http-client"
import { answerTo, sharedNow } from "./processes"
import { openScreen, type Subscription } from "./screen"

/** Phones that hear of a round and at once fetch their own card, as a guest's page does. */
export type CardPhonesRequest =
  | { readonly open: { readonly socketUrl: string; readonly webUrl: string; readonly phones: readonly CardPhone[] } }
  /** Answered when every phone has its card of the round that was started; throws when one gets none. */
  | { readonly report: "cards" }
  | { readonly close: true }

export type CardPhone = { readonly cookie: string; readonly subscription: Subscription | undefined }

/** What one phone holds, and since when (ms on the shared clock) it has known of the round and had the card. */
export type HeldCard = {
  readonly heardAt: number
  readonly heldAt: number
  readonly roundId: string
  readonly isImposter: boolean
  readonly word: string
}

/** With the bytes of one event and of one answer, for a baseline to send the same. */
export type CardPhonesAnswer = { readonly cards: readonly HeldCard[]; readonly frame: string; readonly page: string }

const patienceMs = 10_000

let sockets: WebSocket[] = []
let cards: HeldCard[] = []
let problem: unknown
let frame = ""
let page = ""

answerTo<CardPhonesRequest, CardPhonesAnswer>(async (request) => {
  if ("report" in request) return cardsOfRound()
  if ("close" in request) {
    for (const socket of sockets) socket.terminate()
    sockets = []
    return { cards: [], frame, page }
  }
  const { socketUrl, webUrl, phones } = request.open
  sockets = await Promise.all(
    phones.map(({ cookie, subscription }) =>
      openScreen({ url: socketUrl, subscription, asksApp: true }, (heard) => onFrame(heard.toString(), webUrl, cookie)),
    ),
  )
  cards = []
  return { cards, frame, page }
})

async function cardsOfRound(): Promise<CardPhonesAnswer> {
  const giveUpAt = performance.now() + patienceMs
  while (cards.length < sockets.length && problem === undefined && performance.now() < giveUpAt) await delay(10)
  if (problem !== undefined) throw problem
  if (cards.length !== sockets.length) throw new Error(`${cards.length} cards on ${sockets.length} phones`)
  const answer = { cards, frame, page }
  cards = []
  return answer
}

function onFrame(text: string, webUrl: string, cookie: string): void {
  if (!text.includes('"event":"round-started"')) return
  const heardAt = sharedNow()
  frame = text
  fetchCard(text, webUrl, cookie).then(
    (card) => cards.push({ ...card, heardAt, heldAt: sharedNow() }),
    (error: unknown) => (problem = error),
  )
}

// A connection of its own each time: rounds are minutes apart, and no server keeps an idle one that long.
async function fetchCard(text: string, webUrl: string, cookie: string): Promise<Omit<HeldCard, "heardAt" | "heldAt">> {
  const client = openClient(webUrl, 1)
  const reply = await client.get({ path: "/api/v1/imposter", headers: { cookie } })
  client.close()
  const { card } = JSON.parse(reply.text) as { card?: { roundId: string; isImposter: boolean; word: string | null } | null }
  const { data } = JSON.parse(text) as { data: string }
  const { payload } = JSON.parse(data) as { payload: { round: { roundId: string } } }
  if (reply.status !== 200 || !card || card.roundId !== payload.round.roundId || typeof card.word !== "string") {
    throw new Error(`a phone got no card of the round it heard of: ${reply.status} ${reply.text.slice(0, 200)}`)
  }
  page = reply.text
  return { roundId: card.roundId, isImposter: card.isImposter, word: card.word }
}
