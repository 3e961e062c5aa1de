import { expect, test, type Locator } from "@playwright/test"
import { startApp, type App } from "./app"
import { expectAccessible, joinByPhone, openRaceControl, openStrangersPhone, openTv, type Phone } from "./people"

let app: App
test.beforeAll(async () => {
  app = await startApp()
})
test.afterAll(() => app.stop())
test.setTimeout(180_000)

test("an evening: laptop, TV and four phones join, race, bet, overtake, sleep, reload, are kicked and paid", async ({ browser }) => {
  const control = await openRaceControl(browser, app)
  const tv = await openTv(browser, await control.makeTvLink())

  await test.step("four guests join by the QR code's address, and the TV shows who is in", async () => {
    await expect(tv.getByText(`${app.partyPin}`.replace(/(...)(...)/, "$1 $2"))).toBeVisible()
  })
  const [ann, bo, cy, di] = (await joinAll(browser, ["Ann", "Bo", "Cy", "Di"])) as [Phone, Phone, Phone, Phone]
  const phones = [ann, bo, cy, di]
  await expect(tv.getByText("4 are in", { exact: false })).toBeVisible()
  await expectAccessible(tv)

  await test.step("[RAC-7] two guests enter themselves, the host enters the third", async () => {
    await control.makeRace()
    for (const phone of [ann, bo]) await phone.page.getByRole("button", { name: "I drive" }).click()
    await expect(ann.page.getByText("You are on the grid")).toBeVisible()
    await control.addDriver("Cy")
    await expect(cy.page.getByText("You are on the grid")).toBeVisible()
  })

  await test.step("[BET-5] betting opens on every phone; one tap bets 100, two any other amount", async () => {
    await control.press("Open betting")
    for (const phone of phones) await phone.open("Bets")
    await di.page.getByRole("button", { name: "Bet 100 on Bo" }).click()
    await di.expectCoins(900)
    await cy.page.getByRole("button", { name: "Another amount on Ann" }).click()
    await cy.page.getByLabel("Coins", { exact: true }).fill("250")
    await cy.page.getByRole("button", { name: "Bet 250" }).click()
    await cy.expectCoins(750)
    await ann.page.getByRole("button", { name: "Bet 100 on Ann" }).click()
    await ann.expectCoins(900)
    await expect(tv.getByText("450").first()).toBeVisible()
    await expectAccessible(tv)
    await expectAccessible(di.page)
  })

  await test.step("[RAC-4] [RAC-18] laps move every board at once, and the first one closes betting", async () => {
    for (const phone of phones) await phone.open("Racing")
    await control.enterLap("Ann", "1:25.000")
    for (const phone of phones) await expectOrder(phone.order(), ["Ann", "Bo", "Cy"])
    await control.enterLap("Bo", "1:24.500")
    for (const phone of phones) await expectOrder(phone.order(), ["Bo", "Ann", "Cy"])
    await expectOrder(tv.getByRole("list", { name: "Order" }).getByRole("listitem"), ["Bo", "Ann", "Cy"])
    await di.open("Bets")
    await expect(di.page.getByRole("button", { name: /Bet 100/ })).toHaveCount(0)
    await di.open("Racing")
  })

  await test.step("a phone sleeps through an overtake and is right again within two seconds of waking", async () => {
    await fallAsleep(di)
    await control.enterLap("Ann", "84.2")
    await expectOrder(bo.order(), ["Ann", "Bo", "Cy"])
    await expectOrder(di.order(), ["Bo", "Ann", "Cy"])
    await wakeUp(di)
    await expectOrder(di.order(), ["Ann", "Bo", "Cy"], 2_000)
  })

  await test.step("[PTY-5] a phone that is reloaded has the same seat and the right state", async () => {
    await cy.page.reload()
    await cy.expectCoins(750)
    await expectOrder(cy.order(), ["Ann", "Bo", "Cy"])
  })

  await test.step("[PTY-10] a kicked guest is out at once, and back when the host undoes it", async () => {
    await control.page.getByRole("list", { name: "Guests" }).getByRole("button", { name: /Bo/ }).click()
    await control.confirm("Throw out", /You can undo it/)
    await expect(bo.page.getByRole("heading", { name: "The host closed your seat" })).toBeVisible()
    await control.press("Let back in")
    await bo.page.getByRole("button", { name: "Try again" }).click()
    await expectOrder(bo.order(), ["Ann", "Bo", "Cy"])
  })

  await test.step("[RAC-17] a lap is voided with a reason and the boards follow; the undo too", async () => {
    await control.press("Take Ann's lap of 1:24.200 back")
    await control.press("Cut the track")
    for (const phone of phones) await expectOrder(phone.order(), ["Bo", "Ann", "Cy"])
    await control.press("Put Ann's lap of 1:24.200 back")
    for (const phone of phones) await expectOrder(phone.order(), ["Ann", "Bo", "Cy"])
    await expectAccessible(control.page)
    await expectAccessible(bo.page)
  })

  await test.step("[BET-11] the host settles: winners are paid, losers are told, the TV shows the result", async () => {
    await control.confirm("Chequered flag", /wins: pay out/)
    await cy.expectCoins(1250)
    await ann.expectCoins(1100)
    await di.expectCoins(900)
    await bo.expectCoins(1000)
    await expect(tv.getByText("Result", { exact: false }).first()).toBeVisible()
    await expectAccessible(tv)
  })

  await test.step("[PTY-19] the host pins what the TV shows, and lets it go again", async () => {
    await control.press("TV")
    await control.page.getByLabel("What all TVs show").selectOption("The invitation")
    await expect(tv.getByRole("heading", { name: /Scan/ })).toBeVisible()
    await expectAccessible(control.page)
    await control.page.getByLabel("What all TVs show").selectOption("What is on in the night")
    await expect(tv.getByText("Result", { exact: false }).first()).toBeVisible()
    await control.page.keyboard.press("Escape")
  })

  await test.step("[WAL-5] the receipt names every movement", async () => {
    await cy.open("Tonight")
    await expect(cy.page.getByText("On Ann", { exact: false })).toBeVisible()
    await expect(cy.page.getByText("Ann won", { exact: false })).toBeVisible()
    await expectAccessible(cy.page)
  })

  expect(phones.flatMap((phone) => phone.complaints).filter(isUnexpected)).toEqual([])
})

test("every door is accessible, and refuses in one sentence", async ({ browser }) => {
  const page = await openStrangersPhone(browser)
  await page.goto(`${app.baseUrl}/party/join`)
  await expectAccessible(page)
  await page.goto(`${app.baseUrl}/party/join?pin=${app.partyPin}`)
  await expectAccessible(page)
  await page.goto(`${app.baseUrl}/party/dashboard`)
  await page.waitForURL("**/party/join**")
  await page.goto(`${app.baseUrl}/admin/race-control`)
  await page.waitForURL("**/admin/login**")
  await expectAccessible(page)
  await page.getByLabel("Passcode").fill("not the passcode")
  await page.keyboard.press("Enter")
  await expect(page.getByText("That passcode is not right", { exact: false })).toBeVisible()
  await page.goto(`${app.baseUrl}/party/tv`)
  await expectAccessible(page)
  await page.goto(`${app.baseUrl}/admin/login`)
  await page.getByLabel("Passcode").fill(app.passcode)
  await page.keyboard.press("Enter")
  await page.waitForURL("**/admin/race-control")
  await page.goto(`${app.baseUrl}/admin/invite`)
  await expectAccessible(page)
})

function joinAll(browser: Parameters<typeof joinByPhone>[0], names: readonly string[]): Promise<Phone[]> {
  return Promise.all(names.map((name) => joinByPhone(browser, app, name)))
}

async function expectOrder(rows: Locator, names: readonly string[], timeout = 5_000): Promise<void> {
  await expect(rows).toContainText([...names], { timeout })
}

/** As a phone in a pocket: out of sight, and off the air. */
async function fallAsleep({ page, context }: Phone): Promise<void> {
  await setVisibility(page, "hidden")
  await context.setOffline(true)
}

async function wakeUp({ page, context }: Phone): Promise<void> {
  await context.setOffline(false)
  await setVisibility(page, "visible")
}

async function setVisibility(page: Phone["page"], state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((wanted) => {
    Object.defineProperty(document, "visibilityState", { value: wanted, configurable: true })
    document.dispatchEvent(new Event("visibilitychange"))
  }, state)
}

// A phone that is off the air says so in its console, and a kicked one hears 403: that is how they find out.
function isUnexpected(complaint: string): boolean {
  return !/ERR_INTERNET_DISCONNECTED|403 \(Forbidden\)|WebSocket/.test(complaint)
}
