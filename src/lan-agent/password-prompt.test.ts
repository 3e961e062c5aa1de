import { PassThrough } from "node:stream"
import { expect, it } from "vitest"
import { typedPassword } from "./password-prompt"

async function typing(keys: string) {
  const [from, notice] = [new PassThrough(), new PassThrough()]
  const typed = typedPassword(from, notice)
  from.write(keys)
  const password = await typed
  return { password, shown: String(notice.read()) }
}

it("[LANA-22] takes what is typed and shows it to nobody", async () => {
  expect(await typing("secret word\r")).toEqual({ password: "secret word", shown: "The network's password: \n" })
})

it.each([["Ctrl-C", "\u0003"], ["Ctrl-D", "\u0004"]])("[LANA-22] %s gives none, and breaks nothing", async (_what, key) => {
  expect((await typing(key)).password).toBeNull()
})
