import fc from "fast-check"
import { expect, it } from "vitest"
import { bettingEvents } from "@/betting/events"
import { racingEvents } from "@/games/racing/events"
import { imposterEvents } from "@/games/imposter/events"
import { quipflipEvents } from "@/games/quipflip/events"
import { lanEvents } from "@/lan/events"
import { partyEvents } from "@/party/events"
import { parseEvent } from "./catalogue"

const subjects = [partyEvents, racingEvents, bettingEvents, imposterEvents, quipflipEvents, lanEvents]
const everyEvent = subjects.flatMap((events) => Object.entries(events).map(([kind, { topic, name }]) => ({ kind, topic, name })))

it("gives every event of every subject one key and one place on its channel", () => {
  expect(new Set(everyEvent.map(({ kind }) => kind)).size).toBe(everyEvent.length)
  expect(new Set(everyEvent.map(({ topic, name }) => `${topic}/${name}`)).size).toBe(everyEvent.length)
})

it("knows every one of them: nonsense is unreadable, not unknown", () => {
  for (const { topic, name } of everyEvent) {
    const { message, problem } = parseEvent(topic, name, { version: 3, previous: 2, payload: "nonsense" })
    expect(problem?.code, name).toBe("unreadable_payload")
    expect(message).toEqual({ topic, version: 3, previous: 2, event: null })
  }
})

it("takes an event only on its own channel", () => {
  const data = { version: 3, previous: 2, payload: { timestamp: "now" } }
  expect(parseEvent("guest", "guest-kicked", data).message?.event?.kind).toBe("guestKicked")
  expect(parseEvent("party-lobby", "guest-kicked", data).problem?.code).toBe("unknown_event")
})

it("never throws, whatever a channel brings", () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyEvent), fc.anything(), fc.anything(), ({ topic, name }, whole, payload) => {
      expect(parseEvent(topic, name, whole).message?.event ?? null).toBeNull()
      parseEvent(topic, name, { version: 1, previous: 0, payload })
      parseEvent(topic, "__proto__", { version: 1, previous: 0, payload })
    }),
  )
})
