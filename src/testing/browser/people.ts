import AxeBuilder from "@axe-core/playwright"
import { expect, type Browser, type BrowserContext, type Locator, type Page } from "@playwright/test"
import type { App } from "./app"

const phoneScreen = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const laptopScreen = { viewport: { width: 1440, height: 900 } }
const tvScreen = { viewport: { width: 1920, height: 1080 } }

/** A screen of its own: nothing is shared with the others but the party. */
async function newScreen(browser: Browser, options: Parameters<Browser["newContext"]>[0]): Promise<Page> {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" })
  // A button that is not there is missed soon, and by its name.
  context.setDefaultTimeout(30_000)
  await failOnViolations(context)
  return context.newPage()
}

declare global {
  interface Window {
    policyBroken(what: string): Promise<void>
  }
}

/** Whatever a screen loads or runs against its content security policy fails the test, whether or not anybody reads its complaints. */
async function failOnViolations(context: BrowserContext): Promise<void> {
  await context.exposeBinding("policyBroken", (_source, what: string) => {
    // Nobody waits for a screen's complaint: the runner takes a rejection that nobody handles for a failure of its test.
    void Promise.reject(new Error(`a screen broke its content security policy: ${what}`))
  })
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      void window.policyBroken(`${effectiveDirective} ${blockedURI} ${sample} at ${sourceFile}:${lineNumber} on ${location.pathname}`)
    })
  })
}

/** Everything a screen complained about in its console; a screen that works says nothing. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}

/** The host's laptop at race control, let in by the link that the start printed. */
export async function openRaceControl(browser: Browser, app: Pick<App, "baseUrl" | "hostToken">): Promise<RaceControl> {
  const page = await newScreen(browser, laptopScreen)
  await page.goto(`${app.baseUrl}/admin/login#${app.hostToken}`)
  await page.waitForURL("**/admin/race-control")
  await expect(page.getByRole("combobox", { name: "Who is driving" })).toBeVisible()
  return new RaceControl(page)
}

export class RaceControl {
  constructor(readonly page: Page) {}

  async makeRace(): Promise<void> {
    await this.page.getByRole("button", { name: "New race" }).first().click()
    await this.page.getByRole("button", { name: "Make the race" }).click()
    await expect(this.page.getByRole("heading", { name: "Race 1", exact: true })).toBeVisible()
  }

  async addDriver(name: string): Promise<void> {
    const field = this.page.getByRole("combobox", { name: "Add a driver" })
    await field.fill(name)
    await field.press("Enter")
    await expect(field).toHaveValue("")
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole("button", { name }).first().click()
  }

  async confirm(name: string | RegExp, question: string | RegExp): Promise<void> {
    await this.press(name)
    await answerYes(this.page, question)
  }

  /** Who drove, how long, Enter: by keyboard alone. */
  async enterLap(driver: string, time: string): Promise<void> {
    const who = this.page.getByRole("combobox", { name: "Who is driving" })
    const field = this.page.getByRole("textbox", { name: "Lap time" })
    await who.fill(driver)
    await who.press("Enter")
    await field.fill(time)
    await field.press("Enter")
    await expect(field).toHaveValue("")
  }

  async makeTvLink(): Promise<string> {
    await this.press("Links")
    await this.page.getByLabel("A link for").selectOption("TV")
    await this.page.getByLabel("Who or where").fill("Living room")
    await this.press("Make the link")
    const url = await this.page.getByText("/party/tv#").textContent()
    await this.page.keyboard.press("Escape")
    expect(url).toContain("/party/tv#")
    return url ?? ""
  }
}

/** A dangerous button asks once, and does not take a double tap for an answer: what comes too soon is said again. */
export async function answerYes(where: Page | Locator, question: string | RegExp): Promise<void> {
  const asked = where.getByRole("button", { name: question })
  await asked.waitFor()
  await expect(async () => {
    if (await asked.isVisible()) await asked.click({ timeout: 500 })
    await expect(asked).toBeHidden({ timeout: 1_500 })
  }).toPass({ timeout: 10_000 })
}

/** The big screen, let in by a TV link. */
export async function openTv(browser: Browser, link: string): Promise<Page> {
  const page = await newScreen(browser, tvScreen)
  await page.goto(link)
  return page
}

/** Somebody nobody has let in yet. */
export function openStrangersPhone(browser: Browser): Promise<Page> {
  return newScreen(browser, phoneScreen)
}

/** A guest who scans the QR code and types a name. `prepare` has the page before anything is opened in it. */
export async function joinByPhone(browser: Browser, app: Pick<App, "baseUrl" | "partyPin">, name: string, prepare: (page: Page) => void = () => undefined): Promise<Phone> {
  const page = await newScreen(browser, phoneScreen)
  prepare(page)
  const phone = new Phone(page, name)
  await page.goto(`${app.baseUrl}/party/join?pin=${app.partyPin}`)
  await page.getByLabel("Your name").fill(name)
  await page.getByRole("button", { name: "Let me in" }).click()
  await page.getByRole("link", { name: /Let.s go/ }).click()
  await page.waitForURL("**/party/dashboard")
  await phone.expectCoins(1000)
  return phone
}

export class Phone {
  readonly complaints: string[]

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.complaints = complaintsOf(page)
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  open(tab: "Racing" | "Bets" | "Imposter" | "Quipflip" | "LAN" | "Tonight"): Promise<void> {
    return this.page.getByRole("tab", { name: new RegExp(tab) }).click()
  }

  async expectCoins(coins: number): Promise<void> {
    await expect(this.page.locator("#purse")).toContainText(coins.toLocaleString("en-US"))
  }

  /** The order on this phone's leaderboard. */
  order(): Locator {
    return this.page.getByRole("list", { name: /Order of/ }).getByRole("listitem")
  }
}

/** What axe finds wrong with a screen, rule by rule: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(" ")) }))).toEqual([])
}
