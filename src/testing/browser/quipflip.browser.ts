import { expect, test, type Page } from "@playwright/test"
import { and, eq } from "drizzle-orm"
import { fillerDeck } from "@/ai/filler-deck/filler-deck"
import { type Database, openDatabase } from "@/db/client"
import { partySessions, quipflipRounds } from "@/db/schema/quipflip"
import { startApp, type App } from "./app"
import { expectAccessible, joinByPhone, openRaceControl, openTv, type Phone } from "./people"
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
test.setTimeout(300_000)

test("a session of Quipflip: laptop, TV, four phones and an AI player; a reload, a sleep, a double tap, a refused phrase, and one who stops answering", async ({ browser }) => {
  const recorders = new Map<string, Recorder>()
  const control = await openRaceControl(browser, app)
  const tv = await openTv(browser, await control.makeTvLink())
  recorders.set("TV", recordEverything(tv))
  const join = (name: string) => joinByPhone(browser, app, name, (page) => recorders.set(name, recordEverything(page)))
  const [ann, bo, cy, di] = [await join("Ann"), await join("Bo"), await join("Cy"), await join("Di")]
  const phones = [ann, bo, cy, di]
  await tv.reload()

  await test.step("[QF-S1] [QF-S2] a lobby fills by list, by code and by its address", async () => {
    await ann.open("Quipflip")
    await ann.page.getByRole("button", { name: "Open a session" }).click()
    await ann.page.waitForURL("**/party/lobby/*")
    const { partyCode } = await session()
    await bo.open("Quipflip")
    await bo.page.getByRole("button", { name: "Join", exact: true }).first().click()
    await bo.page.waitForURL("**/party/lobby/*")
    await cy.open("Quipflip")
    await cy.page.getByLabel("Or type a code").fill(` ${partyCode.slice(0, 4).toLowerCase()} ${partyCode.slice(4)}`)
    await cy.page.getByLabel("Or type a code").press("Enter")
    await cy.page.waitForURL("**/party/lobby/*")
    await di.page.goto(ann.page.url())
    await di.page.getByRole("button", { name: "Join", exact: true }).click()
    for (const phone of [bo, cy, di]) await phone.page.getByRole("button", { name: "I am ready" }).click()
    await expect(tv.getByText(`Code ${partyCode}`)).toBeAttached()
    await ann.page.getByRole("button", { name: "Add AI" }).click()
    await expect(tv.getByRole("list", { name: "Players" })).toContainText("AI, ready")
    for (const screen of [ann.page, di.page, tv]) await expectAccessible(screen)
  })

  await test.step("[QF-S3] the host starts, and every phone goes to the play by itself", async () => {
    await ann.page.getByRole("button", { name: "Start", exact: true }).click()
    for (const { page } of phones) await page.waitForURL("**/party/play/*")
    for (const { page } of phones) await expect(page.getByLabel("Your words")).toBeVisible()
    await expectAccessible(ann.page)
    await expectAccessible(tv)
  })

  await test.step("[QF-P3] a refused phrase says why, and is still there", async () => {
    expect(await sent(ann, "OF THE AND")).toBe(false)
    await expect(refusalOf(ann.page)).toContainText("little words")
    await expect(ann.page.getByLabel("Your words")).toHaveValue("OF THE AND")
  })

  await test.step("a double tap on Send writes one phrase and is charged once", async () => {
    await ann.page.getByLabel("Your words").fill("PURPLE DINOSAUR")
    await ann.page.getByRole("button", { name: "Send it" }).dblclick()
    await expect(ann.page.getByRole("heading", { name: "Locked in!" })).toBeVisible()
    await ann.page.goto(ann.page.url())
    await expect(ann.page.getByRole("heading", { name: "Locked in!" })).toBeVisible()
    expect(await roundsOf("PROMPT", "PURPLE DINOSAUR")).toBe(1)
  })

  await test.step("what was typed before a reload is still there, in the same seat", async () => {
    const line = await taskOf(bo.page)
    await bo.page.getByLabel("Your words").fill("SLEEPY VOLCANO")
    await bo.page.reload()
    await expect(bo.page.getByLabel("Your words")).toHaveValue("SLEEPY VOLCANO")
    expect(await taskOf(bo.page)).toBe(line)
    await bo.page.getByRole("button", { name: "Send it" }).click()
    await expect(bo.page.getByRole("heading", { name: "Locked in!" })).toBeVisible()
  })

  await test.step("[QF-S6] Cy's phone sleeps; Di stops answering, and race control skips Di", async () => {
    await cy.context.setOffline(true)
    await control.page.getByRole("button", { name: /^Quipflip/ }).click()
    await expectAccessible(control.page)
    await skip(control.page, "Di")
    await expect(tv.getByText(/Write|Copy/).first()).toBeVisible()
    await cy.context.setOffline(false)
    await cy.page.evaluate(() => window.dispatchEvent(new Event("online")))
    await write(cy)
    for (const { page } of phones) await expect(page.getByLabel("Your copy")).toBeVisible({ timeout: 30_000 })
  })

  await test.step("[QF-S7] everybody copies two", async () => {
    for (const phone of phones) {
      await write(phone)
      await expect(phone.page.getByText("2 of 2")).toBeVisible()
      await write(phone)
    }
    for (const { page } of phones) await expect(choices(page)).toHaveCount(3, { timeout: 30_000 })
    await expectAccessible(ann.page)
    await expectAccessible(tv)
  })

  await test.step("[QF-S13] until here no browser was told who wrote what, nor which came first", async () => {
    for (const [who, recorder] of recorders) {
      const text = await recorder.received()
      expect([who, text.includes("session-changed")]).toEqual([who, true])
      expect([who, /ORIGINAL|COPY_1|COPY_2|isByHouse|"writer"/.test(text)]).toEqual([who, false])
    }
    const tvText = (await recorders.get("TV")?.received()) ?? ""
    for (const phrase of ["PURPLE DINOSAUR", "SLEEPY VOLCANO"]) expect(tvText).not.toContain(phrase)
  })

  await test.step("[QF-S9] [QF-S11] everybody votes three times; Di stops answering again, and the session's host skips Di", async () => {
    for (const phone of [bo, cy, ann]) for (let vote = 0; vote < 3; vote++) await voteOnce(phone, vote === 2)
    await ann.page.getByText("Somebody stuck?").click()
    await ann.page.getByRole("button", { name: "Skip Di" }).click()
    await confirmed(ann.page, "The house plays for Di")
  })

  await test.step("[QF-S14] results on every phone, and told on the TV", async () => {
    for (const { page } of phones) await page.waitForURL("**/party/results/*", { timeout: 30_000 })
    for (const { page } of phones) await expect(page.getByRole("heading", { name: "Look at the TV!" })).toBeVisible()
    await expectAccessible(bo.page)
    for (const { page } of phones) await page.getByRole("button", { name: "Show me now" }).click()
    for (const { page } of phones) await expect(page.getByRole("region", { name: "Set by set" })).toContainText("PURPLE DINOSAUR")
    await expect(tv.getByRole("heading", { name: /Reveal \d of \d/ })).toBeVisible()
    await expectAccessible(ann.page)
    await expectAccessible(tv)
    expect((await session()).status).toBe("COMPLETED")
  })

  await test.step("[QF-S18] again: one tap, and the same people are there", async () => {
    await ann.page.getByRole("button", { name: "Play again" }).click()
    await ann.page.waitForURL("**/party/lobby/*")
    await expect(bo.page.getByText("wants to play again", { exact: false })).toBeVisible()
    await bo.page.getByRole("link", { name: "To the lobby" }).click()
    await bo.page.waitForURL("**/party/lobby/*")
    await expect(bo.page.getByRole("region", { name: "Players" }).getByRole("listitem")).toHaveCount(5)
    await expectAccessible(bo.page)
  })

  expect(phones.flatMap((phone) => phone.complaints).filter((complaint) => !/403 \(Forbidden\)|WebSocket|ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(complaint))).toEqual([])
})

/** The newest session, as only the database knows it. */
async function session() {
  const rows = await database.db.select().from(partySessions).orderBy(partySessions.createdAt)
  const newest = rows.at(-1)
  if (!newest) throw new Error("no session was opened")
  return newest
}

async function roundsOf(roundType: "PROMPT" | "COPY", phrase: string): Promise<number> {
  const rows = await database.db.select().from(quipflipRounds).where(and(eq(quipflipRounds.roundType, roundType), eq(quipflipRounds.phrase, phrase)))
  return rows.length
}

const fieldOf = (page: Page) => page.getByLabel(/^Your (words|copy)$/)
/** Next has an alert of its own on every page. */
const refusalOf = (page: Page) => page.locator("main [role=alert]")
const choices = (page: Page) => page.getByRole("list", { name: "Which one came first?" }).getByRole("button")

async function taskOf(page: Page): Promise<string> {
  return (await page.getByText("Finish this line").locator("..").textContent()) ?? ""
}

/** @returns whether it was taken; a refusal leaves it in the field. */
async function sent({ page }: Phone, text: string): Promise<boolean> {
  const field = fieldOf(page)
  await field.fill(text)
  await page.getByRole("button", { name: "Send it" }).click()
  const isRefused = () => refusalOf(page).isVisible()
  // Another round has an empty field, another phase has none.
  const isTaken = async () => !(await field.evaluateAll((fields) => fields.map((one) => (one as HTMLTextAreaElement).value))).includes(text)
  await expect.poll(async () => (await isRefused()) || (await isTaken())).toBe(true)
  return isTaken()
}

// Phrases of ready sets, each about something else: the one that is too close to a text of this session gives way to the next.
const phrases = fillerDeck.map(({ original }) => original).values()

/** Writes what a player might, until one is taken. */
async function write(phone: Phone): Promise<void> {
  await expect(fieldOf(phone.page)).toBeEditable({ timeout: 15_000 })
  for (const phrase of phrases) if (await sent(phone, phrase)) return
  throw new Error(`${phone.name} has nothing left to write`)
}

/** A tap on one of the three; what comes next is another set, or the wait. */
async function voteOnce({ page }: Phone, isLast: boolean): Promise<void> {
  const list = choices(page)
  await expect(list).toHaveCount(3)
  const before = await list.allTextContents()
  await expect(async () => {
    if ((await list.count()) === 3 && (await list.allTextContents()).join() === before.join()) await list.first().click({ timeout: 1_000 })
    if (isLast) await expect(list).toHaveCount(0, { timeout: 2_000 })
    else expect((await list.allTextContents()).join()).not.toBe(before.join())
  }).toPass({ timeout: 15_000 })
}

/** A dangerous button asks once, and takes no double tap for an answer. */
async function skip(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Skip ${name}` }).click()
  await confirmed(page, "House plays?")
}

async function confirmed(page: Page, question: string): Promise<void> {
  const asked = page.getByRole("button", { name: question })
  await expect(async () => {
    if (await asked.isVisible()) await asked.click({ timeout: 500 })
    await expect(asked).toBeHidden({ timeout: 1_500 })
  }).toPass({ timeout: 10_000 })
}
