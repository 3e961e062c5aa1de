import { describe, expect, it } from "vitest"
import { EventCache } from "./event-cache"

const event = (data: string) => ({ frame: Buffer.from(data), data })

describe("event cache", () => {
  it("[PSH-28] keeps the last event of a channel until its time is over", () => {
    const cache = new EventCache(1_000, 10)
    cache.put("cache-a", event("first"), 0)
    cache.put("cache-a", event("second"), 500)
    expect(cache.get("cache-a", 1_499)?.data).toBe("second")
    expect(cache.get("cache-a", 1_500)).toBeNull()
    expect(cache.get("cache-b", 0)).toBeNull()
  })

  it("[PSH-28] forgets the channel that was quiet longest when there are too many", () => {
    const cache = new EventCache(1_000, 2)
    cache.put("cache-a", event("a"), 0)
    cache.put("cache-b", event("b"), 1)
    cache.put("cache-a", event("a again"), 2)
    cache.put("cache-c", event("c"), 3)
    expect(["cache-a", "cache-b", "cache-c"].map((name) => cache.get(name, 4)?.data)).toEqual(["a again", undefined, "c"])
  })
})
