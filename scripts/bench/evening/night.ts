import { setTimeout as delay } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"
import type { NightView } from "@/live/night-view"
import type { Random } from "@/kernel/random"
import { openBrowser, tapId, type Browser, type Hall } from "./browser"
import { openScreen, until, type Realtime, type Screen } from "./screen"

/** A party that is there already, with its people to come. */
export type NightOrder = {
  readonly partyId: string
  readonly joinPin: number
  readonly hostCookie: string
  /** How many scan the code, and in how many ms. */
  readonly guests: number
  readonly arriveWithinMs: number
}

export type Guest = { readonly id: string; readonly browser: Browser; readonly screen: Screen }

/** A night with everybody there: laptop, TV and phones. */
export type OpenNight = {
  readonly hall: Hall
  readonly random: Random
  readonly host: Browser
  readonly laptop: Screen
  readonly tv: Screen
  readonly guests: readonly Guest[]
  screens(): Screen[]
  /** Waits until every screen shows the same, and compares one of each kind with a fresh snapshot. Notes what differs. */
  agree(): Promise<void>
  close(): void
}

type Opening = { readonly hall: Hall; readonly realtime: Realtime; readonly random: Random }

/** Opens the laptop and the TV, then lets the guests in, each when they come. */
export async function openNight(order: NightOrder, { hall, realtime, random }: Opening): Promise<OpenNight> {
  const host = openBrowser(hall, order.hostCookie)
  await host.get("/admin/race-control")
  const laptop = await openScreen({ browser: host, realtime, surface: "host", notes: hall.notes })
  const wall = openBrowser(hall, order.hostCookie)
  await wall.get("/party/tv")
  const tv = await openScreen({ browser: wall, realtime, surface: "tv", notes: hall.notes })
  await Promise.all([laptop.ready(), tv.ready()])
  const arrivals = Array.from({ length: order.guests }, async (_, seat): Promise<Guest> => {
    await delay((order.arriveWithinMs * seat) / order.guests)
    const browser = openBrowser(hall)
    const path = `/party/join?pin=${order.joinPin}`
    await browser.get(path)
    await browser.act("joinPartyAction", `Guest ${seat + 1}`, order.joinPin, tapId())
    await browser.get("/party/dashboard")
    const screen = await openScreen({ browser, realtime, surface: "guest", notes: hall.notes })
    await screen.ready()
    const id = screen.night()?.me?.id
    if (!id) throw new Error("a guest has no seat")
    return { id, browser, screen }
  })
  const guests = await Promise.all(arrivals)
  const screens = () => [laptop, tv, ...guests.map(({ screen }) => screen)]
  return {
    hall,
    random,
    host,
    laptop,
    tv,
    guests,
    screens,
    async agree() {
      const newest = Number(JSON.parse((await host.get("/api/v1/night?as=host")).text).version)
      const isBehind = (screen: Screen) => (screen.night()?.version ?? 0) < newest
      await until(() => !screens().some(isBehind), `every screen shows version ${newest}`, 30_000).catch((error: Error) => {
        hall.notes.problems.push(`${error.message}; ${screens().filter(isBehind).length} do not`)
      })
      const [guest] = guests
      const shown = [
        { who: "laptop", screen: laptop, browser: host, surface: "host" },
        { who: "TV", screen: tv, browser: wall, surface: "tv" },
        ...(guest ? [{ who: "phone", screen: guest.screen, browser: guest.browser, surface: "guest" }] : []),
      ]
      for (const { who, screen, browser, surface } of shown) {
        const { night } = JSON.parse((await browser.get(`/api/v1/night?as=${surface}`)).text) as { night: NightView }
        const differing = await differences(screen, night)
        if (differing.length > 0) hall.notes.problems.push(`the ${who} shows another ${differing.join(" and ")} than the server tells`)
      }
    },
    close() {
      for (const screen of screens()) screen.close()
      for (const browser of [host, wall, ...guests.map((one) => one.browser)]) browser.close()
    },
  }
}

/** As it would have come over the wire: what is undefined is not there. */
const asTold = (shown: unknown): unknown => JSON.parse(JSON.stringify(shown ?? null))

const compared = ["party", "guests", "races", "markets", "imposter", "sessions"] as const

/** A snapshot that is under way may still bring what is missing; after that it is a difference. */
async function differences(screen: Screen, told: NightView): Promise<string[]> {
  const differing = () => {
    const shown = screen.night()
    return compared.filter((part) => !isDeepStrictEqual(asTold(shown?.[part]), told[part]))
  }
  await until(() => differing().length === 0, "the same", 3_000).catch(() => undefined)
  return differing()
}
