import { readFile } from "node:fs/promises"
import path from "node:path"
import { expect, test } from "@playwright/test"
import { asc, desc } from "drizzle-orm"
import { wordKey } from "@/ai/pair-rule"
import { type Database, openDatabase } from "@/db/client"
import { partyImposterRounds, partyImposterWords } from "@/db/schema/imposter"
import { parties, partyEvents, partyUsers } from "@/db/schema/party"
import { factsOf } from "@/games/imposter/queries"
import { deckLanguage, topicKey } from "@/games/imposter/topic"
import { startApp, type App } from "./app"
import { answerYes, expectAccessible, joinByPhone, openRaceControl, openTv, type Phone } from "./people"
import { recordEverything, type Recorder } from "./recorder"

let app: App
let database: Database
test.beforeAll(async () => {
  app = await startApp()
  database = openDatabase(await app.databaseUrl())
})
test.afterAll(async () => {
  await database.close()
  await app.stop()
})
test.setTimeout(240_000)

test("a round of Imposter: five phones, TV and laptop; a reload, a latecomer, a tie, a leaver, a revote, the reveal and the last guess", async ({ browser }) => {
  const recorders = new Map<string, Recorder>()
  const control = await openRaceControl(browser, app)
  const tv = await openTv(browser, await control.makeTvLink())
  recorders.set("race control", recordEverything(control.page))
  recorders.set("TV", recordEverything(tv))
  const join = (name: string) => joinByPhone(browser, app, name, (page) => recorders.set(name, recordEverything(page)))
  const phones: Phone[] = []
  for (const name of ["Ann", "Bo", "Cy", "Di", "Ed"]) phones.push(await join(name))
  await Promise.all([control.page.reload(), tv.reload()])

  await stockWord()
  await test.step("[IMP-2] the host presses Start, and every phone has its card", async () => {
    await control.page.getByRole("button", { name: "Imposter", exact: true }).click()
    await control.press("Start")
    for (const phone of phones) await expect(cardOf(phone)).toBeVisible()
    await expect(tv.getByText("One of you is the imposter", { exact: false })).toBeVisible()
  })

  const { word, hint, imposterName, civilianNames } = await secrets()
  expect(word).toBe("Zwordolin")
  const byName = new Map(phones.map((phone) => [phone.name, phone]))
  const imposter = phoneOf(byName, imposterName)
  const [blamed, second, third, leaver] = civilianNames.map((name) => phoneOf(byName, name)) as [Phone, Phone, Phone, Phone]

  await test.step("[IMP-4] the card shows its face while it is held, after a reload too", async () => {
    await hold(imposter, async () => {
      await expect(cardOf(imposter)).toContainText(/You are the imposter/i)
      await expect(cardOf(imposter)).toContainText(hint)
    })
    await hold(blamed, () => expect(cardOf(blamed)).toContainText(word))
    await expect(blamed.page.getByText(word)).toHaveCount(0)
    await expectAccessible(blamed.page)
    await hold(second, async () => {
      await expect(cardOf(second)).toContainText(word)
      await second.page.reload()
    })
    await expect(cardOf(second)).toBeVisible()
    await expect(second.page.getByText(word)).toHaveCount(0)
    await hold(second, () => expect(cardOf(second)).toContainText(word))
  })

  const late = await join("Flo")
  await test.step("[IMP-2] who comes late watches", async () => {
    await late.open("Imposter")
    await expect(late.page.getByText("You play in the next round", { exact: false })).toBeVisible()
    await expect(cardOf(late)).toHaveCount(0)
  })

  await test.step("[IMP-9] more than half call for the vote", async () => {
    for (const phone of [imposter, second]) await phone.page.getByRole("button", { name: /Vote now/ }).click()
    await expect(tv.getByText("of 3")).toBeVisible()
    await expectAccessible(tv)
    await expectAccessible(second.page)
    await third.page.getByRole("button", { name: /Vote now/ }).click()
    for (const phone of phones) await expect(phone.page.getByRole("list", { name: "Who can be named" })).toBeVisible()
    await expectAccessible(tv)
    await expectAccessible(control.page)
  })

  await test.step("[IMP-11] [IMP-13] a tie, and one goes home before the revote", async () => {
    await vote(imposter, blamed)
    await vote(second, third)
    await vote(second, imposter)
    await expect(tv.getByText(/2 of 5|2\s*of\s*5/).first()).toBeVisible()
    await vote(third, imposter)
    await vote(leaver, blamed)
    await vote(blamed, third)
    for (const phone of [...phones, late]) await expect(phone.page.getByText(/Tie! Between/)).toBeVisible()
    await leaver.page.getByRole("button", { name: "Leave this round" }).click()
    await answerYes(leaver.page, /Leave\?/)
    await expect(leaver.page.getByText("You left this round", { exact: false })).toBeVisible()
    await expectAccessible(leaver.page)
  })

  await test.step("[IMP-4] until here nobody's browser was sent what it must not know", async () => {
    const sent = new Map(await Promise.all([...recorders].map(async ([who, recorder]) => [who, await recorder.received()] as const)))
    for (const name of civilianNames) {
      expect([name, "word", sent.get(name)?.includes(word)]).toEqual([name, "word", true])
      expect([name, "hint", sent.get(name)?.includes(hint)]).toEqual([name, "hint", false])
    }
    expect(sent.get(imposterName)?.includes(hint)).toBe(true)
    expect(sent.get(imposterName)?.includes(word)).toBe(false)
    for (const who of ["race control", "TV", "Flo"]) {
      expect(sent.get(who)?.length).toBeGreaterThan(10_000)
      expect([who, sent.get(who)?.includes(word), sent.get(who)?.includes(hint)]).toEqual([who, false, false])
    }
    // What came over the sockets was searched as well.
    for (const [who, text] of sent) expect([who, text.includes("round-changed")]).toEqual([who, true])
    for (const [who, text] of sent) expect([who, /imposterIds|misterWhiteId|CIVILIAN|(?:imposters|misterWhite)\\*":/.test(text)]).toEqual([who, false])
    const log = await readFile(path.join(app.dataDir, "party.log"), "utf8")
    const events = JSON.stringify(await database.db.select().from(partyEvents))
    for (const [where, text] of [["log", log], ["events", events], ["terminal", app.output()]]) {
      expect([where, text?.includes(word), text?.includes(hint)]).toEqual([where, false, false])
    }
  })

  await test.step("[IMP-12] [IMP-14] the imposter is caught, and who voted for them gets coins", async () => {
    await vote(imposter, blamed)
    for (const phone of [second, third, blamed]) await vote(phone, imposter)
    await expect(imposter.page.getByText("You are caught")).toBeVisible()
    await expect(tv.getByText("was the imposter!")).toBeVisible()
    for (const phone of [second, third, blamed]) await phone.expectCoins(1050)
    await leaver.expectCoins(1000)
    await expect(tv.getByText(word)).toHaveCount(0)
    await expectAccessible(imposter.page)
    await expectAccessible(tv)
  })

  await test.step("[IMP-16] a right last guess", async () => {
    await imposter.page.getByLabel("Your one guess").fill(` ${word.toUpperCase()}`)
    await imposter.page.getByRole("button", { name: "That is it" }).click()
    await imposter.expectCoins(1100)
    await expect(tv.getByText(word).first()).toBeVisible()
    for (const phone of [...phones, late]) await expect(phone.page.getByText(word).first()).toBeVisible()
    await expectAccessible(tv)
    await expectAccessible(second.page)
    await expectAccessible(control.page)
  })

  await test.step("[IMP-2] [IMP-5] again: the latecomer plays, and the word is another one", async () => {
    await control.press("Play again")
    for (const phone of [...phones, late]) await expect(cardOf(phone)).toBeVisible()
    expect((await secrets()).word).not.toBe(word)
  })

  expect([...phones, late].flatMap((phone) => phone.complaints).filter((complaint) => !/403 \(Forbidden\)|WebSocket/.test(complaint))).toEqual([])
})

/** A pair in the stock that stands nowhere else: a word of the deck may be in any page by chance. */
async function stockWord(): Promise<void> {
  const { db } = database
  const [party] = await db.select().from(parties)
  if (!party) throw new Error("there is no party")
  const pair = { word: "Zwordolin", hint: "Qhintolin" }
  const topic = topicKey({ category: null, theme: null, language: deckLanguage })
  await db.insert(partyImposterWords).values({ ...pair, partyId: party.id, source: "MODEL", topicKey: topic, wordKey: wordKey(pair.word), createdAt: new Date() })
}

/** What only the database knows. */
async function secrets(): Promise<{ word: string; hint: string; imposterName: string; civilianNames: string[] }> {
  const { db } = database
  const [round] = await db.select().from(partyImposterRounds).orderBy(desc(partyImposterRounds.round)).limit(1)
  if (!round) throw new Error("no round was started")
  const names = new Map((await db.select().from(partyUsers).orderBy(asc(partyUsers.createdAt))).map(({ id, name }) => [id, name]))
  const { players } = await factsOf(db, round)
  const nameOf = ({ userId }: { userId: string }) => names.get(userId) ?? userId
  return {
    word: round.secretWord,
    hint: round.imposterHint,
    imposterName: nameOf({ userId: round.imposterId }),
    civilianNames: players.filter(({ role }) => role === "CIVILIAN").map(nameOf),
  }
}

function phoneOf(phones: Map<string, Phone>, name: string): Phone {
  const phone = phones.get(name)
  if (!phone) throw new Error(`${name} has no phone`)
  return phone
}

const cardOf = ({ page }: Phone) => page.getByRole("button", { name: "Hold to see your card" })

/** Keeps a finger on the card meanwhile. */
async function hold(phone: Phone, meanwhile: () => Promise<void>): Promise<void> {
  await cardOf(phone).hover()
  await phone.page.mouse.down()
  await meanwhile()
  await phone.page.mouse.up()
}

async function vote(voter: Phone, target: Phone): Promise<void> {
  const button = voter.page.getByRole("list", { name: "Who can be named" }).getByRole("button", { name: new RegExp(target.name) })
  await button.click()
  await expect(button.or(voter.page.getByText(/Tie! Between|You are caught|Caught!|escaped/)).first()).toBeVisible()
}
