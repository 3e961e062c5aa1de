import { expect, it } from "vitest"
import { createOpenedThings } from "./opened-things"

function house() {
  const closed: string[] = []
  const things = createOpenedThings()
  const open = (name: string, opening: Promise<string> = Promise.resolve(name)) => things.open(opening, async (thing) => void closed.push(thing))
  return { closed, things, open }
}

it("closes what was opened, the last first", async () => {
  const { closed, things, open } = house()
  expect(await open("folder")).toBe("folder")
  await open("app")
  await open("crowd")
  await things.closeAll()
  expect(closed).toEqual(["crowd", "app", "folder"])
})

it("closes the app when the crowd does not gather", async () => {
  const { closed, things, open } = house()
  await open("app")
  await expect(open("crowd", Promise.reject(new Error("no night")))).rejects.toThrow("no night")
  await things.closeAll()
  expect(closed).toEqual(["app"])
})

it("closes all the rest when one breaks, and says so", async () => {
  const { closed, things, open } = house()
  await open("folder")
  await things.open(Promise.resolve("crowd"), () => Promise.reject(new Error("the database is gone")))
  await things.open(Promise.resolve("line"), () => {
    throw new Error("the line is stuck")
  })
  await expect(things.closeAll()).rejects.toThrow("the line is stuck")
  expect(closed).toEqual(["folder"])
})

it("closes what opens too late, and does not wait for it with the others", async () => {
  const { closed, things, open } = house()
  let comesLate: (name: string) => void = () => undefined
  await open("app")
  void open("crowd", new Promise((resolve) => (comesLate = resolve)))
  const closing = things.closeAll()
  await expect.poll(() => closed).toEqual(["app"])
  comesLate("crowd")
  await closing
  expect(closed).toEqual(["app", "crowd"])
})
